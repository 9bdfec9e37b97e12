//! `recover`: brings a failed sandbox back to rest, and starts it.

use std::time::Duration;

use clap::value_parser;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::State;
use crate::error::{Command, Error, Kind, Result};
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

use super::view::{called, handle};
use super::{Changed, await_state, resolve, start};

const EXAMPLES: &str = "\
Examples:
  daytona recover demo
  daytona recover demo --skip-start";

/// Bring a failed sandbox back, and start it
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Recover {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    pub id: String,

    /// Leave the sandbox stopped
    #[arg(long)]
    #[serde(default)]
    pub skip_start: bool,

    /// Seconds to wait until the sandbox runs [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub timeout: Option<u64>,
}

impl Operation for Recover {
    type Output = Changed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "recover_sandbox",
        title: "Recover sandbox",
        description: "Brings a sandbox back whose state is error, and starts it. get_sandbox says why it failed, and whether this is possible.",
        group: Group::Sandbox,
        default: false,
        effect: Effect::Sets,
        on: On::Sandbox,
        open_world: false,
    });

    const COMMAND: Option<&'static str> = Some("recover");

    async fn run(self, ctx: &Ctx) -> Result<Changed> {
        let client = ctx.client().await?;
        let timeout = self.timeout.map_or(start::TIMEOUT, Duration::from_secs);
        let before = resolve::find(ctx, &self.id).await?;
        let name = handle(&before);
        if before.state != State::Error {
            let message = format!("sandbox `{name}` is {}, it did not fail", before.state);
            return Err(Error::new(Kind::Conflict, message));
        }
        if before.recoverable != Some(true) {
            let message = format!("sandbox `{name}` cannot be recovered");
            return Err(Error::new(Kind::Conflict, message)
                .hint(Command::new("info").on(name).to("see what happened"))
                .hint(Command::new("delete").on(name).to("delete it")));
        }
        let wanted = if self.skip_start {
            State::Stopped
        } else {
            State::Started
        };
        let mut sandbox = client.recover_sandbox(&before.id, self.skip_start).await?;
        if sandbox.state != wanted {
            sandbox = await_state(&client, &sandbox.id, &wanted, timeout).await?;
        }
        let done = format!("recovered {}, {}", called(&sandbox), sandbox.state);
        Ok(Changed::new(sandbox, done))
    }
}

impl TerminalCommand for Recover {
    fn doing(&self) -> String {
        format!("recovering `{}`", self.id)
    }

    fn underway(&self) -> Option<&str> {
        Some(&self.id)
    }
}
