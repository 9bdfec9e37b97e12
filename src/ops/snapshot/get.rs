//! `snapshot info`: everything about one snapshot.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::Client;
use crate::api::types::Snapshot;
use crate::error::{Command, Error, Kind, Result};
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

const EXAMPLES: &str = "\
Examples:
  daytona snapshot info base
  daytona snapshot info base --json=state,errorReason";

/// Show details of a snapshot
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct Get {
    /// Id or name of the snapshot
    #[arg(value_name = "SNAPSHOT")]
    pub id: String,
}

/// The snapshot of that id or name.
pub(super) async fn find(client: &Client, id: &str) -> Result<Snapshot> {
    if matches!(id.trim(), "" | "." | "..") {
        return Err(Error::usage(format!(
            "`{id}` cannot be a snapshot's id or name"
        )));
    }
    match client.get_snapshot(id.trim()).await {
        Err(error) if error.kind() == Kind::NotFound => Err(Error::new(
            Kind::NotFound,
            format!("there is no snapshot `{id}`"),
        )
        .hint(Command::new("snapshot list").to("list them"))),
        other => other,
    }
}

impl Operation for Get {
    type Output = Snapshot;

    const TOOL: Option<Tool> = Some(Tool {
        name: "get_snapshot",
        title: "Get snapshot",
        description: "Returns everything about one snapshot: its state and why it failed, size, origin and resources.",
        group: Group::Snapshot,
        default: false,
        effect: Effect::Reads,
        on: On::Nothing,
        open_world: false,
    });

    const COMMAND: Option<&'static str> = Some("snapshot info");

    async fn run(self, ctx: &Ctx) -> Result<Snapshot> {
        find(&*ctx.client().await?, &self.id).await
    }
}

impl TerminalCommand for Get {
    fn doing(&self) -> String {
        format!("asking for the snapshot `{}`", self.id)
    }
}
