//! `snapshot activate` and `snapshot deactivate`: whether sandboxes can be made from a snapshot.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Result;
use crate::ops::gate::admit;
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

use super::create::TIMEOUT;
use super::get::find;
use super::{Made, await_active};

const ACTIVATE_EXAMPLES: &str = "\
Examples:
  daytona snapshot activate base
  daytona snapshot deactivate base";

/// Activate a snapshot for new sandboxes
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = ACTIVATE_EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct Activate {
    /// Id or name of the snapshot
    #[arg(value_name = "SNAPSHOT")]
    pub id: String,
}

impl Operation for Activate {
    type Output = Made;

    const TOOL: Option<Tool> = Some(Tool {
        name: "activate_snapshot",
        title: "Activate snapshot",
        description: "Lets sandboxes be made from a snapshot that was deactivated.",
        group: Group::Snapshot,
        default: false,
        effect: Effect::Sets,
        on: On::Snapshot,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Made> {
        let client = ctx.client().await?;
        let before = find(&client, &self.id).await?;
        admit::snapshot(ctx, &before.name)?;
        if before.state == "active" {
            let done = format!("`{}` is active already", before.name);
            return Ok(Made {
                snapshot: before,
                done,
            });
        }
        client.activate_snapshot(&before.id).await?;
        let snapshot = await_active(ctx, &client, &before.id, None, TIMEOUT).await?;
        let done = format!("activated `{}`", snapshot.name);
        Ok(Made { snapshot, done })
    }
}

impl TerminalCommand for Activate {
    fn doing(&self) -> String {
        format!("activating `{}`", self.id)
    }
}

const DEACTIVATE_EXAMPLES: &str = "\
Examples:
  daytona snapshot deactivate base
  daytona snapshot activate base";

/// Deactivate a snapshot: no new sandboxes from it
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = DEACTIVATE_EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct Deactivate {
    /// Id or name of the snapshot
    #[arg(value_name = "SNAPSHOT")]
    pub id: String,
}

impl Operation for Deactivate {
    type Output = Made;

    const TOOL: Option<Tool> = Some(Tool {
        name: "deactivate_snapshot",
        title: "Deactivate snapshot",
        description: "Lets no sandbox be made from a snapshot until it is activated again. Nothing is lost.",
        group: Group::Snapshot,
        default: false,
        effect: Effect::Sets,
        on: On::Snapshot,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Made> {
        let client = ctx.client().await?;
        let before = find(&client, &self.id).await?;
        admit::snapshot(ctx, &before.name)?;
        client.deactivate_snapshot(&before.id).await?;
        let snapshot = client.get_snapshot(&before.id).await?;
        let done = format!("deactivated `{}`", snapshot.name);
        Ok(Made { snapshot, done })
    }
}

impl TerminalCommand for Deactivate {
    fn doing(&self) -> String {
        format!("deactivating `{}`", self.id)
    }
}
