//! `stop` and `stop_sandbox`: brings a sandbox to rest, its files kept; fine where it rests already.

use std::time::Duration;

use clap::value_parser;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::Client;
use crate::api::types::{Sandbox, State};
use crate::error::{Kind, Result};
use crate::ops::gate::{self, How, Removal, Subject};
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

use super::view::called;
use super::{Changed, await_state, resolve};

const TIMEOUT: Duration = Duration::from_mins(1);

const EXAMPLES: &str = "\
Examples:
  daytona stop demo
  daytona stop demo --force";

/// Stop a sandbox, keeping its files
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stop {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    #[schemars(description = "")]
    pub id: String,

    /// Kill the processes instead of asking them to end
    #[arg(short = 'f', long)]
    #[serde(default)]
    #[schemars(description = "Kill")]
    pub force: bool,

    /// Seconds to wait until the sandbox has stopped [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", description = "Seconds")]
    pub timeout: Option<u64>,

    /// Return as soon as the server accepts, without waiting
    #[arg(long, conflicts_with = "timeout")]
    #[serde(skip)]
    pub no_wait: bool,
}

/// Stops it. One that goes when it stops passes the gate, also where it became so only now.
async fn stop(ctx: &Ctx, client: &Client, sandbox: Sandbox, force: bool) -> Result<Sandbox> {
    if sandbox.auto_delete_interval != Some(0) {
        match client.stop_sandbox(&sandbox.id, force).await {
            Err(error) if error.kind() == Kind::Unconfirmed => {}
            stopped => return stopped,
        }
    }
    let removal = Removal {
        subject: Subject::from(&sandbox),
        how: How::ByStopping,
    };
    gate::pass(ctx, removal, async |permit| {
        client.stop_for_good(&sandbox.id, force, permit).await
    })
    .await
}

impl Operation for Stop {
    type Output = Changed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "stop_sandbox",
        title: "Stop sandbox",
        description: "Stops a sandbox: processes end, files are kept; with autoDeleteInterval 0 it is deleted.",
        group: Group::Sandbox,
        default: true,
        effect: Effect::Destroys,
        on: On::Sandbox,
        open_world: false,
    });

    const COMMAND: Option<&'static str> = Some("stop");

    async fn run(self, ctx: &Ctx) -> Result<Changed> {
        let client = ctx.client().await?;
        let before = resolve::find(ctx, &self.id).await?;
        let timeout = self.timeout.map_or(TIMEOUT, Duration::from_secs);
        if matches!(
            before.state,
            State::Stopped | State::Archived | State::Archiving
        ) {
            let done = format!("{} is {} already", called(&before), before.state);
            return Ok(Changed::new(before, done));
        }
        // Of one that is gone servers may not tell the name.
        let name = called(&before);
        let mut sandbox = if before.state == State::Stopping && !self.force {
            before
        } else {
            stop(ctx, &client, before, self.force).await?
        };
        if sandbox.state != State::Stopped && !self.no_wait {
            // A sandbox that is deleted as soon as it stops is gone rather than stopped.
            let wanted = if sandbox.auto_delete_interval == Some(0) {
                State::Destroyed
            } else {
                State::Stopped
            };
            sandbox = await_state(&client, &sandbox.id, &wanted, timeout).await?;
        }
        let done = match sandbox.state {
            State::Stopped => format!("stopped {name}"),
            State::Destroyed | State::Destroying => {
                format!("deleted {name}: it goes when it stops")
            }
            ref state => format!("{name} is {state}"),
        };
        Ok(Changed::new(sandbox, done))
    }
}

impl TerminalCommand for Stop {
    fn doing(&self) -> String {
        format!("stopping `{}`", self.id)
    }

    fn underway(&self) -> Option<&str> {
        Some(&self.id)
    }
}
