//! `snapshot delete`: one, several or all of the user's own.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::Client;
use crate::error::{Kind, Result};
use crate::ops::removal::{Noun, Removals, Removed};
use crate::ops::{Ctx, Effect, Group, Loss, Operation, Tool};

use super::{get, list};

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

/// Delete one snapshot
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remove {
    /// Id or name of the snapshot
    pub id: String,
}

impl Operation for Remove {
    type Output = Removed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "delete_snapshot",
        title: "Delete snapshot",
        description: "Deletes a snapshot for good. Sandboxes that were made from it keep their files.",
        group: Group::Snapshot,
        default: false,
        effect: Effect::Destroys,
    });

    async fn run(self, ctx: &Ctx) -> Result<Removed> {
        let client = ctx.client().await?;
        let snapshot = get::find(&client, &self.id).await?;
        ctx.check_scope("snapshot", &snapshot.name)?;
        ctx.count_deletion()?;
        let named = Removals::named(
            NOUN,
            std::slice::from_ref(&snapshot.name),
            &[(snapshot.name.clone(), snapshot.id)],
        );
        apply(&client, named, false).await
    }

    async fn loss(&self, ctx: &Ctx) -> Result<Option<Loss>> {
        let snapshot = get::find(&*ctx.client().await?, &self.id).await?;
        ctx.check_scope("snapshot", &snapshot.name)?;
        let (name, id, state) = (&snapshot.name, &snapshot.id, &snapshot.state);
        Ok(Some(Loss {
            what: format!("snapshot `{name}` ({state}), made {}", snapshot.created_at),
            state: format!("{id} {state} {}", snapshot.updated_at),
            made_here: ctx.has_made(&format!("snapshot {name}")),
        }))
    }
}
