//! `volume delete`: one, several or all. A volume that a sandbox has is not deleted.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::Permit;
use crate::error::{Command, Kind, Result};
use crate::ops::gate::Subject;
use crate::ops::removal::{How, Removals, Removed};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::{NOUN, find};

const EXAMPLES: &str = "\
Examples:
  daytona volume delete data
  daytona volume delete data cache --ignore-not-found
  daytona volume delete --all --yes

A volume that a sandbox has is not deleted.";

/// Delete volumes with their files
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = EXAMPLES)]
#[command(group = clap::ArgGroup::new("which").required(true).args(["names", "all"]))]
pub struct Delete {
    /// Name or id of a volume (can be repeated)
    #[arg(value_name = "VOLUME")]
    pub names: Vec<String>,

    /// Delete all
    #[arg(short, long)]
    pub all: bool,

    /// Treat a missing volume as deleted
    #[arg(long)]
    pub ignore_not_found: bool,

    /// Delete all without asking
    #[arg(short, long)]
    pub yes: bool,
}

/// Deletes those that are meant.
pub async fn run(ctx: &Ctx, delete: &Delete) -> Result<Removed> {
    let volumes = ctx.client().await?.list_volumes().await?.into_iter();
    let there: Vec<(String, String)> = volumes.map(|volume| (volume.name, volume.id)).collect();
    let removals = if delete.all {
        Removals::all(NOUN, there)
    } else {
        Removals::named(NOUN, &delete.names, &there)
    };
    let how = How {
        ignore_not_found: delete.ignore_not_found,
        yes: delete.yes,
    };
    apply(ctx, removals, how).await
}

async fn apply(ctx: &Ctx, removals: Removals, how: How) -> Result<Removed> {
    let client = ctx.client().await?;
    let subject = |id, name| Subject::Volume { id, name };
    let deleting = removals.apply(ctx, how, subject, async |id: String, permit: Permit| {
        client.delete_volume(&id, &permit).await.map_err(|error| {
            if error.kind() == Kind::Conflict {
                error.hint(
                    Command::new("delete")
                        .example("SANDBOX")
                        .to("a volume goes after its sandboxes"),
                )
            } else {
                error
            }
        })
    });
    deleting.await
}

/// Delete one volume with its files
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remove {
    /// Name or id of the volume
    pub name: String,
}

impl Operation for Remove {
    type Output = Removed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "delete_volume",
        title: "Delete volume",
        description: "Deletes a volume with all files in it, for good. Refused while a sandbox has it.",
        group: Group::Volume,
        default: false,
        effect: Effect::Destroys,
        on: On::Volume,
        open_world: false,
    });

    const COMMAND: Option<&'static str> = Some("volume delete");

    async fn run(self, ctx: &Ctx) -> Result<Removed> {
        let client = ctx.client().await?;
        let volume = find(&client, &self.name).await?;
        let named = Removals::named(
            NOUN,
            std::slice::from_ref(&volume.name),
            &[(volume.name.clone(), volume.id)],
        );
        apply(ctx, named, How::default()).await
    }
}
