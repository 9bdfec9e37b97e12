//! A snapshot of a root file system that is sent: an extension of the local engine.

use crate::api::Client;
use crate::api::types::{CreateSnapshot, Snapshot};
use crate::error::{Command, Error, Kind, Result};
use crate::ops::Ctx;

use super::Made;
use super::await_active;
use super::create::{Create, made};

/// Sends the archive, and waits until it is a snapshot. Other servers take none.
pub async fn import(ctx: &Ctx, create: &Create, archive: reqwest::Body) -> Result<Made> {
    let request = create.request()?;
    let client = ctx.client().await?;
    let sent = send(&client, &request, archive).await?;
    await_active(ctx, &client, &sent.id, None, create.patience())
        .await
        .map(made)
}

async fn send(
    client: &Client,
    request: &CreateSnapshot,
    archive: reqwest::Body,
) -> Result<Snapshot> {
    // Any reply tells who it is.
    client.health().await?;
    if client.is_engine() {
        // Before much is sent for nothing.
        if client.get_snapshot(&request.name).await.is_ok() {
            let message = format!("Snapshot with name {} already exists", request.name);
            return Err(Error::new(Kind::Conflict, message).hint(
                Command::new("snapshot delete")
                    .on(&request.name)
                    .to("delete it first"),
            ));
        }
        return client.import_snapshot(request, archive).await;
    }
    let message = "this server takes no archives; only the local engine does";
    Err(Error::new(Kind::Unsupported, message)
        .hint(
            Command::new("snapshot create")
                .example("NAME")
                .flags("--image IMAGE:TAG")
                .to("push the image to a registry, then"),
        )
        .hint("on this machine: `daytona --local snapshot create NAME --from PATH`"))
}
