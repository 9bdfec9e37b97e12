//! Running sandboxes that end unasked: one task waits for each.

use crate::engine::store::Row;

use super::Service;

impl Service {
    /// Says so of a sandbox that ended while it was on its way through another state: whoever waited for
    /// it has left that to whom it was on its way for.
    pub(super) fn watch_if_ended(&self, row: &Row) {
        if let Some(handle) = &row.handle
            && !self.0.runtime.alive(&row.id, handle)
        {
            self.watch(&row.id, handle.clone());
        }
    }

    /// Waits in the background until the processes of that handle have ended, and says so in the store.
    pub(super) fn watch(&self, id: &str, handle: String) {
        let (service, id) = (self.clone(), id.to_owned());
        tokio::spawn(async move {
            let why = service.0.runtime.ended(&id, &handle).await;
            // Whoever stops or deletes it has stored so before: then this changes nothing.
            match service
                .0
                .store
                .ended(&id, &handle, &why, service.now())
                .await
            {
                Ok(Some(changed)) => {
                    tracing::info!(sandbox = id, "it ended unasked: {why}");
                    service.tell_changed(&changed);
                }
                Ok(None) => {}
                Err(error) => tracing::warn!(sandbox = id, "it ended, unrecorded: {error}"),
            }
        });
    }
}
