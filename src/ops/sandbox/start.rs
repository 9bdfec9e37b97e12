//! `start` and `start_sandbox`: brings a sandbox to run; fine where it runs already.

use std::time::Duration;

use clap::value_parser;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::Client;
use crate::api::types::{Sandbox, State};
use crate::error::{Kind, Result};
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

use super::view::called;
use super::{Changed, await_state, resolve};

/// How long a start may take, unless said otherwise.
pub const TIMEOUT: Duration = Duration::from_mins(1);

const EXAMPLES: &str = "\
Examples:
  daytona start demo
  daytona start demo --timeout 300";

/// Start a sandbox
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Start {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    #[schemars(description = "")]
    pub id: String,

    /// Seconds to wait until the sandbox runs [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", description = "Seconds")]
    pub timeout: Option<u64>,

    /// Return as soon as the server accepts, without waiting
    #[arg(long, conflicts_with = "timeout")]
    #[serde(skip)]
    pub no_wait: bool,
}

/// Starts a sandbox that was seen at rest, and waits until it runs.
pub(super) async fn start(
    client: &Client,
    sandbox: &Sandbox,
    timeout: Duration,
) -> Result<Sandbox> {
    let settling = match sandbox.state {
        State::Stopping => Some(State::Stopped),
        State::Pausing => Some(State::Paused),
        _ => None,
    };
    if let Some(state) = settling {
        await_state(client, &sandbox.id, &state, timeout).await?;
    }
    let accepted = client.start_sandbox(&sandbox.id).await?;
    if accepted.state == State::Started {
        return Ok(accepted);
    }
    await_state(client, &sandbox.id, &State::Started, timeout).await
}

impl Operation for Start {
    type Output = Changed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "start_sandbox",
        title: "Start sandbox",
        description: "Starts a sandbox at rest; tools that act inside one do so by themselves.",
        group: Group::Sandbox,
        default: true,
        effect: Effect::Sets,
        on: On::Sandbox,
        open_world: false,
    });

    const COMMAND: Option<&'static str> = Some("start");

    async fn run(self, ctx: &Ctx) -> Result<Changed> {
        let client = ctx.client().await?;
        let timeout = self.timeout.map_or(TIMEOUT, Duration::from_secs);
        let before = resolve::find(ctx, &self.id).await?;
        let sandbox = if before.state == State::Started {
            before
        } else if self.no_wait {
            client.start_sandbox(&before.id).await?
        } else {
            match start(&client, &before, timeout).await {
                // Somebody else was faster: then it is on its way.
                Err(error) if error.kind() == Kind::Conflict && before.state.is_transitional() => {
                    await_state(&client, &before.id, &State::Started, timeout).await?
                }
                other => other?,
            }
        };
        let done = match sandbox.state {
            State::Started => format!("started {}", called(&sandbox)),
            ref state => format!("{} is {state}", called(&sandbox)),
        };
        Ok(Changed::new(sandbox, done))
    }
}

impl TerminalCommand for Start {
    fn doing(&self) -> String {
        format!("starting `{}`", self.id)
    }

    fn underway(&self) -> Option<&str> {
        Some(&self.id)
    }
}
