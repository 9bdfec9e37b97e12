//! `info` and `get_sandbox`: everything about one sandbox.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::Sandbox;
use crate::error::Result;
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::resolve;

/// Show details of a sandbox
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
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

    async fn run(self, ctx: &Ctx) -> Result<Sandbox> {
        resolve::find(ctx, &self.id).await
    }
}
