//! A sandbox for one command, deleted afterwards whatever happens: also where this process is killed.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::api::types::{SESSION_LABEL, Sandbox};
use crate::error::Result;
use crate::ops::gate;
use crate::ops::lease;
use crate::ops::sandbox::create::Create;

use super::create::accepted;
use super::interrupt::winding_up;
use super::session::Session;

/// How long to wait for the lease before the sandbox is made.
const LEASE: Duration = Duration::from_secs(2);
/// How long the deletion may take.
const DELETION: Duration = Duration::from_secs(10);

/// The sandbox, and what makes the engine delete it where we cannot.
pub(super) struct Throwaway {
    sandbox: Sandbox,
    keeper: Option<JoinHandle<()>>,
}

impl Throwaway {
    /// Makes it. The local engine deletes it when this process is gone; elsewhere it goes when it stops.
    pub(super) async fn make(session: &Session, mut create: Create) -> Result<Self> {
        let lease = format!("run-{}", uuid::Uuid::new_v4());
        let keeper = keep(session, &lease).await?;
        create.labels.push((SESSION_LABEL.to_owned(), lease));
        if keeper.is_none() && create.auto_pause_interval.is_none() {
            create.auto_delete_interval = create.auto_delete_interval.or(Some(0));
        }
        Ok(Self {
            sandbox: Box::pin(accepted(session, create)).await?,
            keeper,
        })
    }

    /// As it was accepted.
    pub(super) fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// Deletes it, within bounds; says so where it could not.
    pub(super) async fn discard(mut self, session: &Session) {
        let deletion = async {
            let client = session.ctx.client().await?;
            client
                .delete_sandbox(&self.sandbox.id, false, &gate::undo())
                .await
        };
        let why = match winding_up(session, deletion, DELETION).await {
            Ok(Ok(_)) => None,
            Ok(Err(error)) => Some(error.text()),
            Err(cut) => Some(cut.to_string()),
        };
        if let Some(why) = why {
            let id = &self.sandbox.id;
            session.printer.warn(&format!(
                "the sandbox `{}` was not deleted: {why}; delete it: `daytona delete {id}`",
                self.sandbox.name
            ));
        }
        if let Some(keeper) = self.keeper.take() {
            keeper.abort();
        }
    }
}

/// Holds a lease of the local engine: before anything is made, so that a kill in the next moment leaves nothing.
async fn keep(session: &Session, id: &str) -> Result<Option<JoinHandle<()>>> {
    let client = session.ctx.client().await?;
    if client.endpoint().socket.is_none() {
        return Ok(None);
    }
    let (held, holding) = oneshot::channel();
    let (ctx, id) = (session.ctx.clone(), id.to_owned());
    let keeper = tokio::spawn(async move { lease::hold(&ctx, &id, held).await });
    if tokio::time::timeout(LEASE, holding).await.is_err() {
        tracing::warn!("the engine gave no lease");
    }
    Ok(Some(keeper))
}
