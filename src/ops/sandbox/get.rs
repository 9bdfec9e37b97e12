//! `info` and `get_sandbox`: everything about one sandbox.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::Sandbox;
use crate::error::Result;
use crate::ops::{Ctx, Effect, Group, On, Operation, Role, TerminalCommand, Tool};

use super::resolve;

const EXAMPLES: &str = "\
Examples:
  daytona info demo
  daytona info demo --json=state,errorReason";

/// Show details of a sandbox
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct Get {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    #[schemars(description = "")]
    pub id: String,
}

impl Operation for Get {
    type Output = Sandbox;

    const TOOL: Option<Tool> = Some(Tool {
        name: "get_sandbox",
        title: "Get sandbox",
        description: "Everything about one sandbox.",
        group: Group::Sandbox,
        default: true,
        effect: Effect::Reads,
        on: On::Sandbox,
        open_world: false,
    });

    const COMMAND: Option<&'static str> = Some("info");

    const ROLES: &'static [Role] = &[Role::ViewsSandboxes];

    async fn run(self, ctx: &Ctx) -> Result<Sandbox> {
        resolve::find(ctx, &self.id).await
    }
}

impl TerminalCommand for Get {
    fn doing(&self) -> String {
        format!("asking for `{}`", self.id)
    }
}
