//! A session of the toolbox, a shell in a sandbox, that is always deleted: its commands end with it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::api::Client;
use crate::api::types::SessionNew;
use crate::error::Result;

const CLEAN_UP: Duration = Duration::from_secs(2);
/// How long an interrupted command may take to end.
const INTERRUPTION: Duration = Duration::from_secs(4);

/// A session, until [`ToolboxSession::end`] or, at the latest, until it is dropped.
pub(super) struct ToolboxSession {
    client: Arc<Client>,
    toolbox: String,
    id: String,
    open: bool,
    ended: AtomicBool,
}

impl ToolboxSession {
    /// A session that is about to be opened: from here on it is cleaned up.
    pub(super) fn new(client: &Arc<Client>, toolbox: String) -> Self {
        Self {
            client: Arc::clone(client),
            toolbox,
            id: uuid::Uuid::new_v4().to_string(),
            open: true,
            ended: AtomicBool::new(false),
        }
    }

    pub(super) async fn open(&self, transient: bool) -> Result<()> {
        let session = SessionNew {
            session_id: self.id.clone(),
            transient,
        };
        self.client.create_session(&self.toolbox, &session).await
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn toolbox(&self) -> &str {
        &self.toolbox
    }

    /// The server has deleted it already.
    pub(super) fn ended(&self) {
        self.ended.store(true, Ordering::Relaxed);
    }

    /// Interrupts its command, as Ctrl-C would, and deletes it; in the meantime the command may still say something.
    pub(super) async fn interrupt(&self) {
        let interruption = self.client.interrupt_session(&self.toolbox, &self.id);
        if let Ok(Ok(())) = tokio::time::timeout(INTERRUPTION, interruption).await {
            self.ended();
        }
    }

    /// Deletes it, which ends its command. That it may fail is no news: the command's result stands.
    pub(super) async fn end(mut self) {
        self.open = false;
        if self.ended.load(Ordering::Relaxed) {
            return;
        }
        let deletion = self.client.delete_session(&self.toolbox, &self.id);
        match tokio::time::timeout(CLEAN_UP, deletion).await {
            Ok(Ok(())) => {}
            outcome => tracing::warn!(?outcome, session = self.id, "the session was not deleted"),
        }
    }
}

impl Drop for ToolboxSession {
    /// A cancelled call drops everything at once: the deletion goes on without it.
    fn drop(&mut self) {
        if !self.open {
            return;
        }
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let (client, toolbox, id) = (
                Arc::clone(&self.client),
                std::mem::take(&mut self.toolbox),
                std::mem::take(&mut self.id),
            );
            runtime.spawn(async move {
                let deletion = client.delete_session(&toolbox, &id);
                let _ = tokio::time::timeout(CLEAN_UP, deletion).await;
            });
        }
    }
}
