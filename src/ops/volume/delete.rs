//! `volume delete`: one, several or all. A volume that a sandbox has is not deleted.

use crate::api::Client;
use crate::error::{Kind, Result};
use crate::ops::removal::{Removals, Removed};

use super::NOUN;

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
