//! `volume info`: everything about one volume.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::Volume;
use crate::error::Result;
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

use super::find;

const EXAMPLES: &str = "\
Examples:
  daytona volume info data
  daytona volume info data --json=id,lastUsedAt";

/// Show details of a volume
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct Get {
    /// Name or id of the volume
    #[arg(value_name = "VOLUME")]
    pub name: String,
}

impl Operation for Get {
    type Output = Volume;

    const TOOL: Option<Tool> = Some(Tool {
        name: "get_volume",
        title: "Get volume",
        description: "Returns everything about one volume: its state, why it failed, and when it was last used.",
        group: Group::Volume,
        default: false,
        effect: Effect::Reads,
        on: On::Nothing,
        open_world: false,
    });

    const COMMAND: Option<&'static str> = Some("volume info");

    async fn run(self, ctx: &Ctx) -> Result<Volume> {
        find(&*ctx.client().await?, &self.name).await
    }
}

impl TerminalCommand for Get {
    fn doing(&self) -> String {
        format!("asking for the volume `{}`", self.name)
    }
}
