//! `template info`: everything about a template.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Result;
use crate::ops::{Ctx, Operation, TerminalCommand};

use super::Template;

const EXAMPLES: &str = "\
Examples:
  daytona template info web
  daytona template info web --json=create";

/// Show details of a template
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct Get {
    /// Name of the template
    #[arg(value_name = "TEMPLATE")]
    pub name: String,
}

impl Operation for Get {
    type Output = Template;

    async fn run(self, ctx: &Ctx) -> Result<Template> {
        ctx.templates().get(&self.name)
    }
}

impl TerminalCommand for Get {
    fn doing(&self) -> String {
        format!("reading the template `{}`", self.name)
    }
}
