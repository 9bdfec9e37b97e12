//! `resume`: lets a paused sandbox go on; fine where it runs already.

use std::time::Duration;

use clap::value_parser;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::State;
use crate::error::{Command, Error, Kind, Result};
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

use super::start::{TIMEOUT, start};
use super::view::{called, handle};
use super::{Changed, resolve};

const EXAMPLES: &str = "\
Examples:
  daytona resume demo
  daytona pause demo";

/// Resume a paused sandbox
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Resume {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    pub id: String,

    /// Seconds to wait until the sandbox runs [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub timeout: Option<u64>,
}

impl Operation for Resume {
    type Output = Changed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "resume_sandbox",
        title: "Resume sandbox",
        description: "Lets the processes of a paused sandbox go on where they were.",
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
        let (sandbox, verb) = match before.state {
            State::Started => (before, "runs already:"),
            State::Paused | State::Pausing | State::Resuming => {
                (start(&client, &before, timeout).await?, "resumed")
            }
            ref state => {
                let name = handle(&before);
                let message = format!("sandbox `{name}` is {state}, not paused");
                return Err(Error::new(Kind::Conflict, message)
                    .hint(Command::new("start").on(name).to("start it")));
            }
        };
        let done = format!("{verb} {}", called(&sandbox));
        Ok(Changed::new(sandbox, done))
    }
}

impl TerminalCommand for Resume {
    fn doing(&self) -> String {
        format!("resuming `{}`", self.id)
    }

    fn underway(&self) -> Option<&str> {
        Some(&self.id)
    }
}
