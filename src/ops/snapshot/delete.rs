//! `snapshot delete`: one, several or all of the user's own.

use crate::api::Client;
use crate::error::{Kind, Result};
use crate::ops::removal::{Noun, Removals, Removed};

use super::list;

const NOUN: Noun = Noun {
    one: "snapshot",
    many: "snapshots",
    list: "daytona snapshot list",
};

/// Delete snapshots
///
/// Sandboxes that were made from them keep their files.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(group = clap::ArgGroup::new("which").required(true).args(["names", "all"]))]
pub struct Delete {
    /// Name or id of a snapshot (can be repeated)
    #[arg(value_name = "SNAPSHOT")]
    pub names: Vec<String>,

    /// Delete all of yours; those that everybody may use stay
    #[arg(short, long)]
    pub all: bool,

    /// Count a snapshot that is not there as deleted
    #[arg(long)]
    pub ignore_not_found: bool,

    /// Do not ask before deleting all
    #[arg(short, long)]
    pub yes: bool,
}

/// Finds out what is to be deleted, and deletes nothing.
pub async fn plan(client: &Client, delete: &Delete) -> Result<Removals> {
    if delete.all {
        let own = list::all(client, None, None).await?.into_iter();
        let own = own.filter(|snapshot| !snapshot.general);
        return Ok(Removals::all(
            NOUN,
            own.map(|one| (one.name, one.id)).collect(),
        ));
    }
    // A snapshot is found by name and deleted by id.
    let mut there = Vec::new();
    for name in &delete.names {
        match client.get_snapshot(name).await {
            Ok(snapshot) => there.push((snapshot.name, snapshot.id)),
            Err(error) if error.kind() == Kind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Removals::named(NOUN, &delete.names, &there))
}

/// Deletes them.
pub async fn apply(client: &Client, plan: Removals, ignore_not_found: bool) -> Result<Removed> {
    plan.apply(ignore_not_found, async |id: String| {
        client.delete_snapshot(&id).await
    })
    .await
}
