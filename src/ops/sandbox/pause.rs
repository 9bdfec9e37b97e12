//! `pause`: halts a sandbox's processes where they are; fine where it is paused already.

use std::time::Duration;

use clap::value_parser;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::State;
use crate::error::Result;
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

use super::view::called;
use super::{Changed, await_state, resolve};

const TIMEOUT: Duration = Duration::from_mins(1);

const EXAMPLES: &str = "\
Examples:
  daytona pause demo
  daytona resume demo";

/// Pause a sandbox, keeping its memory
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pause {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    pub id: String,

    /// Seconds to wait until the sandbox is paused [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub timeout: Option<u64>,
}

impl Operation for Pause {
    type Output = Changed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "pause_sandbox",
        title: "Pause sandbox",
        description: "Halts the processes of a sandbox where they are, memory included. resume_sandbox lets them go on.",
        group: Group::Sandbox,
        default: false,
        effect: Effect::Sets,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Changed> {
        let client = ctx.client().await?;
        let timeout = self.timeout.map_or(TIMEOUT, Duration::from_secs);
        let before = resolve::find(ctx, &self.id).await?;
        if before.state == State::Paused {
            let done = format!("{} is paused already", called(&before));
            return Ok(Changed::new(before, done));
        }
        let mut sandbox = client.pause_sandbox(&before.id).await?;
        if sandbox.state != State::Paused {
            sandbox = await_state(&client, &sandbox.id, &State::Paused, timeout).await?;
        }
        let done = format!("paused {}", called(&sandbox));
        Ok(Changed::new(sandbox, done))
    }
}

impl TerminalCommand for Pause {
    fn doing(&self) -> String {
        format!("pausing `{}`", self.id)
    }

    fn underway(&self) -> Option<&str> {
        Some(&self.id)
    }
}
