//! A look at what would go: what people are told of it, what must still be so when it goes, whose it is.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::Value;

use crate::api::Client;
use crate::api::types::{Protection, Sandbox};
use crate::error::{Error, Kind, Result};
use crate::ops::Ctx;
use crate::ops::sandbox::view;

use super::admit;
use super::subject::{How, Removal, Subject};

const FOLDER: &str = "the folder ";

/// What was seen of one thing.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// What it is, for people: `sandbox web (started, last used …) with all its files`.
    pub(super) what: String,
    /// What must still be so when it goes.
    pub(super) stamp: String,
    /// The server's own stamp, by which it compares itself.
    pub(super) revision: Option<String>,
    /// Whether the agent's own session made it.
    pub(super) made_here: bool,
    /// Whether the trash of its server keeps it for a while.
    pub(super) restorable: bool,
    /// Whether it counts as one of the deletions that a scope may bound.
    pub(super) counts: bool,
}

/// Looks at it, and refuses what is outside of the scope; none where nothing is there.
pub(super) async fn at(ctx: &Ctx, removal: &Removal) -> Result<Option<Seen>> {
    let client = ctx.client().await?;
    let seen = match &removal.subject {
        Subject::Sandbox { id, .. } => return sandbox(ctx, &client, id, &removal.how).await,
        Subject::Snapshot { id, .. } => {
            let snapshot = match client.get_snapshot(id).await {
                Err(error) if error.kind() == Kind::NotFound => return Ok(None),
                snapshot => snapshot?,
            };
            admit::snapshot(ctx, &snapshot.name)?;
            let (name, state) = (&snapshot.name, &snapshot.state);
            Seen {
                what: format!("snapshot `{name}` ({state}), made {}", snapshot.created_at),
                stamp: format!("{} {state} {}", snapshot.id, snapshot.updated_at),
                revision: None,
                made_here: ctx.has_made(&snapshot.id),
                restorable: false,
                counts: true,
            }
        }
        Subject::Volume { id, .. } => {
            let volumes = client.list_volumes().await?;
            let Some(volume) = volumes.into_iter().find(|volume| volume.id == *id) else {
                return Ok(None);
            };
            admit::volume(ctx, &volume.name)?;
            let used = volume.last_used_at.as_deref();
            let used = used.map_or("never used".to_owned(), |when| format!("last used {when}"));
            Seen {
                what: format!("volume `{}` ({used}) with all files in it", volume.name),
                stamp: format!("{id} {} {used}", volume.state),
                revision: None,
                made_here: ctx.has_made(id),
                restorable: false,
                counts: true,
            }
        }
        Subject::Path {
            sandbox,
            toolbox,
            path,
        } => {
            let Some((what, mut stamp)) = file(&client, toolbox, path).await? else {
                return Ok(None);
            };
            if what.starts_with(FOLDER) && client.is_engine() {
                // What is deep inside is not listed.
                stamp += &client.revision(&sandbox.id).await?;
            }
            Seen {
                what: format!("{what} in sandbox `{}`", view::handle(sandbox)),
                stamp: format!("{} {stamp}", sandbox.id),
                revision: None,
                made_here: ctx.has_made(&sandbox.id),
                restorable: false,
                counts: false,
            }
        }
        Subject::Recording {
            sandbox,
            toolbox,
            route,
        } => {
            let recording = client.desktop_get(toolbox, route, &[]).await?;
            let told = |name: &str| {
                recording
                    .get(name)
                    .map_or_else(String::new, Value::to_string)
            };
            let (name, size) = (told("fileName"), told("sizeBytes"));
            Seen {
                what: format!("the recording {name} ({size} bytes)"),
                stamp: format!("{} {route} {} {size}", sandbox.id, told("status")),
                revision: None,
                made_here: ctx.has_made(&sandbox.id),
                restorable: false,
                counts: false,
            }
        }
        Subject::Other { id, .. } => Seen {
            what: removal.subject.named(),
            stamp: id.clone(),
            revision: None,
            made_here: false,
            restorable: false,
            counts: false,
        },
    };
    Ok(Some(seen))
}

async fn sandbox(ctx: &Ctx, client: &Client, id: &str, how: &How) -> Result<Option<Seen>> {
    // The revision first: what is shown must not be older than what is compared.
    let now = match client.get_sandbox(id).await {
        Err(error) if error.kind() == Kind::NotFound => return Ok(None),
        sandbox => sandbox?,
    };
    let (sandbox, revision) = if client.is_engine() {
        match client.revision(&now.id).await {
            Err(error) if error.kind() == Kind::NotFound => return Ok(None),
            revision => (client.get_sandbox(&now.id).await?, Some(revision?)),
        }
    } else {
        (now, None)
    };
    admit::sandbox(ctx, &sandbox)?;
    unprotected(&sandbox)?;
    let last = sandbox.last_activity_at.as_deref();
    let last = last.or(sandbox.created_at.as_deref());
    let used = last.map_or(String::new(), |last| format!(", last used {last}"));
    let named = format!(
        "sandbox {} ({}{used})",
        view::called(&sandbox),
        sandbox.state
    );
    let what = match how {
        How::Now | How::Permanently => format!("{named} with all its files and processes"),
        How::ByStopping => format!("{named} with all its files: it goes when it stops"),
        How::Later(_) => format!("{named} with all its files"),
    };
    let made_here = ctx.has_made(&sandbox.id);
    Ok(Some(Seen {
        what,
        stamp: revision
            .clone()
            .unwrap_or_else(|| stamp(&sandbox, made_here)),
        revision: revision.filter(|_| !matches!(how, How::Later(_))),
        made_here,
        restorable: client.is_engine()
            && *how == How::Now
            && sandbox.auto_delete_interval != Some(0),
        counts: true,
    }))
}

/// Refuses a sandbox that is kept from being deleted, whoever asks. Agents cannot lift that.
pub(super) fn unprotected(sandbox: &Sandbox) -> Result<()> {
    let Some(protection) = Protection::of(&sandbox.labels, Timestamp::now()) else {
        return Ok(());
    };
    let message = format!(
        "sandbox {} is {protection}; nothing was deleted",
        view::called(sandbox)
    );
    Err(Error::new(Kind::Conflict, message).hint(format!(
        "its owner lifts that: `daytona unprotect {}`",
        view::handle(sandbox)
    )))
}

/// Refuses it where it is named by a person, and its server does not look itself.
pub(super) async fn unprotected_elsewhere(ctx: &Ctx, removal: &Removal) -> Result<()> {
    let Subject::Sandbox { id, .. } = &removal.subject else {
        return Ok(());
    };
    let client = ctx.client().await?;
    if client.endpoint().socket.is_some() || client.is_engine() {
        return Ok(());
    }
    match client.get_sandbox(id).await {
        Ok(sandbox) => unprotected(&sandbox),
        // What is wrong with it is told when it is deleted.
        Err(_) => Ok(()),
    }
}

/// What a sandbox is, as far as every server tells. The session that made it gives signs of life itself.
fn stamp(sandbox: &Sandbox, made_here: bool) -> String {
    let active = sandbox.last_activity_at.as_ref().filter(|_| !made_here);
    let intervals = [
        sandbox.auto_stop_interval,
        sandbox.auto_archive_interval,
        sandbox.auto_delete_interval,
    ];
    serde_json::json!([
        sandbox.id,
        sandbox.name,
        sandbox.state.to_string(),
        sandbox.labels,
        intervals,
        active,
    ])
    .to_string()
}

async fn file(client: &Client, toolbox: &str, path: &str) -> Result<Option<(String, String)>> {
    let info = match client.file_info(toolbox, path).await {
        // Nothing, or a link to nothing.
        Err(error) if error.kind() == Kind::NotFound => return Ok(None),
        info => info?,
    };
    let mut stamp = format!("{} {}", info.size, info.modified_at);
    let what = if info.is_dir {
        let inner = client.list_files(toolbox, path).await?;
        for entry in &inner {
            let _ = write!(
                stamp,
                " {}:{}:{}",
                entry.name, entry.size, entry.modified_at
            );
        }
        match inner.len() {
            0 => format!("the empty folder {path}"),
            1 => format!("{FOLDER}{path} with the one entry in it"),
            many => format!("{FOLDER}{path} with all of its {many} entries"),
        }
    } else {
        format!("the file {path} ({} bytes)", info.size)
    };
    Ok(Some((what, stamp)))
}
