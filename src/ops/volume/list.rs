//! `volume list`: which volumes there are.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Result;
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

use super::view::Volumes;

const EXAMPLES: &str = "\
Examples:
  daytona volume list
  daytona volume list --json=name,state";

/// List volumes
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct List {}

impl Operation for List {
    type Output = Volumes;

    const TOOL: Option<Tool> = Some(Tool {
        name: "list_volumes",
        title: "List volumes",
        description: "Lists the volumes: folders that outlive sandboxes and can be mounted by several, in create_sandbox.",
        group: Group::Volume,
        default: false,
        effect: Effect::Reads,
        on: On::Nothing,
        open_world: false,
    });

    const COMMAND: Option<&'static str> = Some("volume list");

    async fn run(self, ctx: &Ctx) -> Result<Volumes> {
        let items = ctx.client().await?.list_volumes().await?;
        Ok(Volumes { items })
    }
}

impl TerminalCommand for List {
    fn doing(&self) -> String {
        "listing volumes".to_owned()
    }
}
