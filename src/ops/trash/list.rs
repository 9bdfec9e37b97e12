//! `trash list`: which deleted sandboxes can be had back.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Result;
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

use super::view::Trash;

const EXAMPLES: &str = "\
Examples:
  daytona trash list
  daytona trash list --json=name,deletedAt,expiresAt";

/// List deleted sandboxes that can be restored
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct List {}

impl Operation for List {
    type Output = Trash;

    const TOOL: Option<Tool> = Some(Tool {
        name: "list_trash",
        title: "List trash",
        description: "Lists deleted sandboxes that restore_sandbox can bring back: name, when deleted, until when kept. \
            Only the local engine keeps them.",
        group: Group::Sandbox,
        default: false,
        effect: Effect::Reads,
        on: On::Nothing,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Trash> {
        let items = super::all(&*super::client(ctx).await?).await?;
        Ok(Trash { items })
    }
}

impl TerminalCommand for List {
    fn doing(&self) -> String {
        "looking into the trash".to_owned()
    }
}
