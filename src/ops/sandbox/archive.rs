//! `archive`: puts the files of a stopped sandbox into cheaper storage; a start brings them back.

use std::time::Duration;

use clap::value_parser;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::State;
use crate::error::{Command, Error, Kind, Result};
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

use super::view::{called, handle};
use super::{Changed, await_state, resolve};

const TIMEOUT: Duration = Duration::from_mins(10);

const EXAMPLES: &str = "\
Examples:
  daytona stop demo && daytona archive demo";

/// Archive a stopped sandbox: its files are compressed until it starts again
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Archive {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    pub id: String,

    /// Seconds to wait until the sandbox is archived [default: 600]
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub timeout: Option<u64>,

    /// Return as soon as the server accepts, without waiting
    #[arg(long, conflicts_with = "timeout")]
    #[serde(skip)]
    pub no_wait: bool,
}

impl Operation for Archive {
    type Output = Changed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "archive_sandbox",
        title: "Archive sandbox",
        description: "Moves the files of a stopped sandbox into cheaper storage. start_sandbox brings them back, more slowly.",
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
        let name = handle(&before).to_owned();
        let mut sandbox = match before.state {
            State::Archived => {
                let done = format!("{} is archived already", called(&before));
                return Ok(Changed::new(before, done));
            }
            State::Archiving => before,
            State::Started | State::Paused => {
                let message = format!("sandbox `{name}` is {}, not stopped", before.state);
                return Err(Error::new(Kind::Conflict, message)
                    .hint(Command::new("stop").on(name).to("stop it first")));
            }
            _ => client.archive_sandbox(&before.id).await?,
        };
        if sandbox.state != State::Archived && !self.no_wait {
            sandbox = await_state(&client, &sandbox.id, &State::Archived, timeout).await?;
        }
        let done = match sandbox.state {
            State::Archived => format!("archived {}", called(&sandbox)),
            ref state => format!("{} is {state}", called(&sandbox)),
        };
        Ok(Changed::new(sandbox, done))
    }
}

impl TerminalCommand for Archive {
    fn doing(&self) -> String {
        format!("archiving `{}`", self.id)
    }

    fn underway(&self) -> Option<&str> {
        Some(&self.id)
    }
}
