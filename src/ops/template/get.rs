//! `template info`: everything about a template.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Result;
use crate::ops::{Ctx, Operation};

use super::Template;

/// Show details of a template
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
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
