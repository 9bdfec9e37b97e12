//! Asks the server for a new sandbox: within the bounds of an agent, with a word on how far it is.

use std::time::Duration;

use tokio::sync::oneshot;

use crate::api::Client;
use crate::api::types::CreateSandbox;
use crate::error::{Command, Error, Kind, Result};
use crate::ops::Ctx;
use crate::ops::gate;
use crate::ops::session::{ClientSession, is_reserved, reserved};

use super::create::{Create, TIMEOUT, planned, settle};
use super::make::{Made, make};
use super::pattern::is_sized;

/// How many snapshots are named where one is unknown.
const SHOWN: u32 = 30;
/// How often to look how far an image is that is fetched.
const LOOK: Duration = Duration::from_millis(300);

/// Asks the server for the sandbox. Once this returns it exists, though it may not run yet.
pub async fn submit(ctx: &Ctx, create: Create) -> Result<Made> {
    let client = ctx.client().await?;
    let mut body = Box::pin(planned(ctx, create)).await?;
    body.target = body.target.or_else(|| ctx.target().map(str::to_owned));
    if body.secrets.is_some() && client.endpoint().socket.is_none() {
        // A server that has none would make a sandbox without them.
        client.list_secrets(None).await?;
    }
    if ctx.session().is_some() {
        bounded(ctx, &client, &body).await?;
    }
    gate::admit::new_sandbox(ctx, &client, body, async |body| {
        Box::pin(sent(ctx, &client, &body)).await
    })
    .await
}

/// Refuses what a session may not have in a sandbox, and asks for what its user has to agree to.
async fn bounded(ctx: &Ctx, client: &Client, body: &CreateSandbox) -> Result<()> {
    if let Some(key) = body
        .labels
        .iter()
        .flatten()
        .map(|(key, _)| key)
        .find(|key| is_reserved(key))
    {
        return Err(reserved(key));
    }
    for volume in body.volumes.iter().flatten() {
        enter(ctx, client, &volume.volume_id).await?;
    }
    Ok(())
}

/// A volume is shared: a sandbox that has it changes it.
async fn enter(ctx: &Ctx, client: &Client, volume: &str) -> Result<()> {
    if !ctx
        .session()
        .is_some_and(|session| session.confirm().asks_inside())
    {
        return Ok(());
    }
    let volumes = client.list_volumes().await?;
    let found = volumes
        .iter()
        .find(|one| one.id == volume || one.name == volume);
    match found {
        Some(found) => gate::enter_volume(ctx, &found.name, &found.id).await,
        None => Ok(()),
    }
}

async fn sent(ctx: &Ctx, client: &Client, body: &CreateSandbox) -> Result<Made> {
    let making = async {
        let made = make(client, body).await;
        made.map_err(|error| with_size(client, body, error))
    };
    let Some(snapshot) = &body.snapshot else {
        return making.await;
    };
    // An image that has to be fetched first takes its time: say how far it is.
    tokio::pin!(making);
    loop {
        tokio::select! {
            made = &mut making => return match made {
                Err(error) => Err(with_snapshots(client, snapshot, error).await),
                made => made,
            },
            () = tokio::time::sleep(LOOK) => {
                if let Ok(Some(progress)) = client.get_snapshot(snapshot).await.map(|one| one.progress) {
                    ctx.tell(&format!("making `{snapshot}`: {progress}"));
                }
            }
        }
    }
}

/// A failure over what may be a size that cannot be asked for, with how else to have it.
fn with_size(client: &Client, body: &CreateSandbox, error: Error) -> Error {
    let sized = is_sized(body) && body.build_info.is_none();
    if !sized || client.is_engine() || error.kind() != Kind::Other {
        return error;
    }
    error
        .hint("servers such as this one take the size from the snapshot: leave out `--cpu`, `--memory` and `--disk`")
        .hint(Command::new("snapshot create").example("NAME").flags("--image IMAGE:TAG --cpu 2").to("or make a snapshot of that size").words(", then ").step(Command::new("create").flags("--snapshot NAME")))
}

/// A failure over what may be an unknown snapshot, with the names of those that there are.
async fn with_snapshots(client: &Client, snapshot: &str, error: Error) -> Error {
    if !matches!(error.kind(), Kind::NotFound | Kind::Usage | Kind::Other) {
        return error;
    }
    let there = client.get_snapshot(snapshot).await;
    let error = match there {
        Err(unknown) if unknown.kind() == Kind::NotFound && says_so(&error, snapshot) => {
            Error::new(Kind::NotFound, format!("there is no snapshot `{snapshot}`"))
        }
        _ => error,
    };
    let listed = client.list_snapshots(1, SHOWN, None, None).await;
    let names: Vec<String> = match listed {
        Ok(page) => page.items.into_iter().map(|one| one.name).collect(),
        Err(_) => return error,
    };
    if names.is_empty() {
        return error.hint("there are no snapshots: leave it out for the default");
    }
    error.hint(format!(
        "the snapshots that there are: {}",
        names.join(", ")
    ))
}

/// Whether a failure is about a snapshot that is not there: servers answer 400 or 404.
fn says_so(error: &Error, snapshot: &str) -> bool {
    let text = error.text().to_lowercase();
    text.contains(&snapshot.to_lowercase()) && text.contains("not found")
}

/// Makes a sandbox that nobody is left with who does not hear of it: a call that is dropped on the way
/// deletes what it made, also where the server's reply comes after that.
pub(super) async fn for_agent(ctx: &Ctx, session: &ClientSession, create: Create) -> Result<Made> {
    let client = ctx.client().await?;
    let (made, making) = oneshot::channel();
    let (heard, hearing) = oneshot::channel::<()>();
    let inner = ctx.clone();
    session.track(gate::inherited(async move {
        let sandbox = submit(&inner, create).await;
        let id = sandbox.as_ref().ok().map(|made| made.sandbox.id.clone());
        let _ = made.send(sandbox);
        if let (Some(id), Err(_)) = (id, hearing.await)
            && let Err(error) = client.delete_sandbox(&id, false, &gate::undo()).await
        {
            tracing::warn!(
                sandbox = id,
                "a sandbox that nobody waits for was not deleted: {error}"
            );
        }
    }));
    let Made { sandbox, notes } = making
        .await
        .unwrap_or_else(|_| Err(Error::internal("the creation broke off")))?;
    let settled = settle(&*ctx.client().await?, sandbox.clone(), TIMEOUT).await;
    // One that failed is kept in its state, and named by the error.
    let _ = heard.send(());
    settled.map(|sandbox| Made { sandbox, notes })
}
