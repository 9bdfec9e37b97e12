//! `fork`: another sandbox that goes on from where one is now.

use std::time::Duration;

use clap::value_parser;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::check_name;
use crate::error::Result;
use crate::ops::gate::admit;
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

use super::view::{called, handle};
use super::{Changed, create, resolve};

const EXAMPLES: &str = "\
Examples:
  daytona fork demo --name attempt-2
  ID=$(daytona fork demo -q)";

/// Fork a sandbox: a new one with the same files
///
/// The fork has the same files, settings and limits, and processes of its own. One that runs is halted
/// for the moment that the copy takes.
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fork {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    pub id: String,

    /// Name of the fork [default: chosen by the server]
    #[arg(long)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub name: Option<String>,

    /// Seconds to wait until the sandbox runs [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub timeout: Option<u64>,
}

impl Operation for Fork {
    type Output = Changed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "fork_sandbox",
        title: "Fork sandbox",
        description: "Makes another sandbox with the files and settings of this one, to try something without risk. Its processes are not copied.",
        group: Group::Sandbox,
        default: false,
        effect: Effect::Adds,
        on: On::NewSandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Changed> {
        check_name(self.name.as_deref().unwrap_or_default())?;
        let client = ctx.client().await?;
        let timeout = self.timeout.map_or(create::TIMEOUT, Duration::from_secs);
        let parent = resolve::find(ctx, &self.id).await?;
        let wanted = admit::Name(self.name);
        let fork = admit::new_sandbox(ctx, &client, wanted, async |name| {
            client.fork_sandbox(&parent.id, name.0.as_deref()).await
        })
        .await?;
        let sandbox = create::settle(&client, fork, timeout).await?;
        let done = format!(
            "forked {} into {}, {}",
            handle(&parent),
            called(&sandbox),
            sandbox.state
        );
        Ok(Changed::new(sandbox, done))
    }
}

impl TerminalCommand for Fork {
    fn doing(&self) -> String {
        format!("forking `{}`", self.id)
    }
}
