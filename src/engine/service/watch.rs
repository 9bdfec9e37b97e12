//! Running sandboxes that end unasked: one task waits for each.

use super::Service;

impl Service {
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
                Ok(Some(_)) => tracing::info!(sandbox = id, "it ended unasked: {why}"),
                Ok(None) => {}
                Err(error) => tracing::warn!(sandbox = id, "it ended, unrecorded: {error}"),
            }
        });
    }
}
