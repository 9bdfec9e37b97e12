//! `template list`: which templates there are.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Result;
use crate::ops::{Ctx, Operation, TerminalCommand};

use super::view::Templates;

const EXAMPLES: &str = "\
Examples:
  daytona template list
  daytona template list -q";

/// List templates
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct List {}

impl Operation for List {
    type Output = Templates;

    async fn run(self, ctx: &Ctx) -> Result<Templates> {
        let items = ctx.templates().all()?;
        Ok(Templates { items })
    }
}

impl TerminalCommand for List {
    fn doing(&self) -> String {
        "listing templates".to_owned()
    }
}
