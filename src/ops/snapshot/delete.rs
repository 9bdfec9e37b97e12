//! `snapshot delete`: one, several or all of the user's own.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::{Client, Permit};
use crate::error::{Kind, Result};
use crate::ops::gate::Subject;
use crate::ops::removal::{How, Noun, Removals, Removed};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::{get, list};

const NOUN: Noun = Noun {
    one: "snapshot",
    many: "snapshots",
    list: "snapshot list",
};

const EXAMPLES: &str = "\
Examples:
  daytona snapshot delete base
  daytona snapshot delete --all --yes";

/// Delete snapshots
///
/// Sandboxes that were made from them keep their files.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = EXAMPLES)]
#[command(group = clap::ArgGroup::new("which").required(true).args(["names", "all"]))]
pub struct Delete {
    /// Name or id of a snapshot (can be repeated)
    #[arg(value_name = "SNAPSHOT")]
    pub names: Vec<String>,

    /// Delete all snapshots of yours, not those shared by the server
    #[arg(short, long)]
    pub all: bool,

    /// Treat a missing snapshot as deleted
    #[arg(long)]
    pub ignore_not_found: bool,

    /// Delete all without asking
    #[arg(short, long)]
    pub yes: bool,
}

/// Deletes those that are meant.
pub async fn run(ctx: &Ctx, delete: &Delete) -> Result<Removed> {
    let removals = meant(&*ctx.client().await?, delete).await?;
    let how = How {
        ignore_not_found: delete.ignore_not_found,
        yes: delete.yes,
    };
    apply(ctx, removals, how).await
}

async fn meant(client: &Client, delete: &Delete) -> Result<Removals> {
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

async fn apply(ctx: &Ctx, removals: Removals, how: How) -> Result<Removed> {
    let client = ctx.client().await?;
    let subject = |id, name| Subject::Snapshot { id, name };
    let deleting = removals.apply(ctx, how, subject, async |id: String, permit: Permit| {
        client.delete_snapshot(&id, &permit).await
    });
    deleting.await
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
        on: On::Snapshot,
        open_world: false,
    });

    const COMMAND: Option<&'static str> = Some("snapshot delete");

    async fn run(self, ctx: &Ctx) -> Result<Removed> {
        let client = ctx.client().await?;
        let snapshot = get::find(&client, &self.id).await?;
        let named = Removals::named(
            NOUN,
            std::slice::from_ref(&snapshot.name),
            &[(snapshot.name.clone(), snapshot.id)],
        );
        apply(ctx, named, How::default()).await
    }
}
