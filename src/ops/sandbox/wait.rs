//! `wait`: until a sandbox is in a state.

use std::time::Duration;

use clap::value_parser;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::State;
use crate::error::{Error, Result};
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

use super::view::called;
use super::{Changed, await_state, choices, resolve};

const EXAMPLES: &str = "\
Examples:
  daytona wait demo
  daytona wait demo --for stopped --timeout 300";

/// Wait until a sandbox reaches a state
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Wait {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    pub id: String,

    /// State to wait for [default: started]
    #[arg(id = "states", long = "for", value_name = "STATE", value_parser = choices::state(), hide_possible_values = true)]
    #[serde(
        default,
        rename = "for",
        deserialize_with = "choices::states",
        skip_serializing_if = "Vec::is_empty"
    )]
    #[schemars(schema_with = "choices::states_schema")]
    pub states: Vec<State>,

    /// Seconds to wait [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub timeout: Option<u64>,
}

impl Operation for Wait {
    type Output = Changed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "wait_for_sandbox",
        title: "Wait for sandbox",
        description: "Waits until a sandbox is in a state, e.g. started, and fails when the time is over.",
        group: Group::Sandbox,
        default: false,
        effect: Effect::Reads,
        on: On::Sandbox,
        open_world: false,
    });

    const COMMAND: Option<&'static str> = Some("wait");

    async fn run(self, ctx: &Ctx) -> Result<Changed> {
        let wanted = match self.states.as_slice() {
            [] => State::Started,
            [state] => state.clone(),
            _ => return Err(Error::usage("wait for one state at a time")),
        };
        let client = ctx.client().await?;
        let id = resolve::find(ctx, &self.id).await?.id;
        let timeout = Duration::from_secs(self.timeout.unwrap_or(60));
        let sandbox = await_state(&client, &id, &wanted, timeout).await?;
        let done = format!("{} is {}", called(&sandbox), sandbox.state);
        Ok(Changed::new(sandbox, done))
    }
}

impl TerminalCommand for Wait {
    fn doing(&self) -> String {
        format!("waiting for `{}`", self.id)
    }

    fn underway(&self) -> Option<&str> {
        Some(&self.id)
    }
}
