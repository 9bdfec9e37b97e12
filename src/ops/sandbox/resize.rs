//! `resize`: other limits for a sandbox.

use std::time::Duration;

use clap::value_parser;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::{Resize as Sizes, State};
use crate::error::{Error, Result};
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

use super::view::called;
use super::{Changed, await_state, resolve};

const TIMEOUT: Duration = Duration::from_mins(1);

const EXAMPLES: &str = "\
Examples:
  daytona resize demo --cpu 2 --memory 4
  daytona stop demo && daytona resize demo --disk 20";

/// Change the CPU cores, memory and disk of a sandbox
///
/// One that runs can only be given more cores and memory; the disk can only grow, while it is stopped.
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[command(group = clap::ArgGroup::new("sizes").required(true).multiple(true).args(["cpu", "memory", "disk"]))]
pub struct Resize {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    pub id: String,

    /// CPU cores
    #[arg(long, value_name = "CORES", value_parser = value_parser!(u32).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub cpu: Option<u32>,

    /// Memory in GiB
    #[arg(long, value_name = "GIB", value_parser = value_parser!(u32).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub memory: Option<u32>,

    /// Disk in GiB
    #[arg(long, value_name = "GIB", value_parser = value_parser!(u32).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub disk: Option<u32>,
}

impl Operation for Resize {
    type Output = Changed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "resize_sandbox",
        title: "Resize sandbox",
        description: "Changes the CPU cores, memory or disk of a sandbox. A running one can only grow, its disk only while it is stopped.",
        group: Group::Sandbox,
        default: false,
        effect: Effect::Sets,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Changed> {
        if [self.cpu, self.memory, self.disk]
            .iter()
            .all(Option::is_none)
        {
            return Err(Error::usage("one of cpu, memory and disk is needed"));
        }
        let client = ctx.client().await?;
        let before = resolve::find(ctx, &self.id).await?;
        let sizes = Sizes {
            cpu: self.cpu,
            memory: self.memory,
            disk: self.disk,
        };
        let mut sandbox = client.resize_sandbox(&before.id, sizes).await?;
        if sandbox.state == State::Resizing {
            sandbox = await_state(&client, &before.id, &before.state, TIMEOUT).await?;
        }
        let done = format!(
            "resized {} to {} CPU, {} GiB memory, {} GiB disk",
            called(&sandbox),
            sandbox.cpu,
            sandbox.memory,
            sandbox.disk
        );
        Ok(Changed::new(sandbox, done))
    }
}

impl TerminalCommand for Resize {
    fn doing(&self) -> String {
        format!("resizing `{}`", self.id)
    }

    fn underway(&self) -> Option<&str> {
        Some(&self.id)
    }
}
