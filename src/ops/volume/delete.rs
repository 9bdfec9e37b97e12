//! `volume delete`: one, several or all. A volume that a sandbox has is not deleted.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::Client;
use crate::error::{Kind, Result};
use crate::ops::removal::{Removals, Removed};
use crate::ops::{Ctx, Effect, Group, Loss, Operation, Tool};

use super::{NOUN, find};

/// Delete volumes with their files
#[derive(Clone, Debug, Default, clap::Args)]
#[command(group = clap::ArgGroup::new("which").required(true).args(["names", "all"]))]
pub struct Delete {
    /// Name or id of a volume (can be repeated)
    #[arg(value_name = "VOLUME")]
    pub names: Vec<String>,

    /// Delete all of them
    #[arg(short, long)]
    pub all: bool,

    /// Count a volume that is not there as deleted
    #[arg(long)]
    pub ignore_not_found: bool,

    /// Do not ask before deleting all
    #[arg(short, long)]
    pub yes: bool,
}

/// Finds out what is to be deleted, and deletes nothing.
pub async fn plan(client: &Client, delete: &Delete) -> Result<Removals> {
    let volumes = client.list_volumes().await?.into_iter();
    let there: Vec<(String, String)> = volumes.map(|volume| (volume.name, volume.id)).collect();
    Ok(if delete.all {
        Removals::all(NOUN, there)
    } else {
        Removals::named(NOUN, &delete.names, &there)
    })
}

/// Deletes them.
pub async fn apply(client: &Client, plan: Removals, ignore_not_found: bool) -> Result<Removed> {
    plan.apply(ignore_not_found, async |id: String| {
        client.delete_volume(&id).await.map_err(|error| {
            if error.kind() == Kind::Conflict {
                error.hint("a volume goes after its sandboxes: `daytona delete SANDBOX`")
            } else {
                error
            }
        })
    })
    .await
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
    });

    async fn run(self, ctx: &Ctx) -> Result<Removed> {
        let client = ctx.client().await?;
        let volume = find(&client, &self.name).await?;
        ctx.check_scope("volume", &volume.name)?;
        ctx.count_deletion()?;
        let named = Removals::named(
            NOUN,
            std::slice::from_ref(&volume.name),
            &[(volume.name.clone(), volume.id)],
        );
        apply(&client, named, false).await
    }

    async fn loss(&self, ctx: &Ctx) -> Result<Option<Loss>> {
        let volume = find(&*ctx.client().await?, &self.name).await?;
        ctx.check_scope("volume", &volume.name)?;
        let used = volume.last_used_at.as_deref();
        let used = used.map_or("never used".to_owned(), |when| format!("last used {when}"));
        Ok(Some(Loss {
            what: format!("volume `{}` ({used}) with all files in it", volume.name),
            state: format!("{} {} {used}", volume.id, volume.state),
            made_here: ctx.has_made(&format!("volume {}", volume.name)),
        }))
    }
}
