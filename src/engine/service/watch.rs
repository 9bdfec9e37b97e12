//! Running sandboxes that end unasked: one task waits for each.

use std::time::Duration;

use crate::engine::runtime::contract::Liveness;
use crate::engine::store::Row;

use super::Service;

/// How soon a runtime that could not tell of a run is asked again at first, and at most.
const AGAIN: (Duration, Duration) = if cfg!(test) {
    (Duration::from_millis(5), Duration::from_millis(20))
} else {
    (Duration::from_millis(200), Duration::from_secs(5))
};

impl Service {
    /// Watches a sandbox that ended while it was on its way through another state: the task that watched it
    /// before has left its end to whoever changed the state.
    pub(super) async fn watch_if_ended(&self, row: &Row) {
        if let Some(handle) = &row.handle
            && matches!(self.inspect(row).await, Liveness::Ended(_))
        {
            self.watch(row, handle.clone());
        }
    }

    /// Waits in the background until the run of that handle has ended, and says so in the store. A runtime
    /// that cannot tell is asked again: an end that was not seen is none.
    pub(super) fn watch(&self, row: &Row, handle: String) {
        let (service, id) = (self.clone(), row.id.clone());
        let Ok(runtime) = self.runtime_of(row).cloned() else {
            return;
        };
        tokio::spawn(async move {
            let mut pause = AGAIN.0;
            let why = loop {
                match runtime.wait(&id, &handle).await {
                    Ok(why) => break why,
                    Err(error) => {
                        service.note_unreachable(&id, &error.text());
                        // The run of another handle is another task's.
                        match service.0.store.find(&id).await {
                            Ok(Some(row)) if row.handle.as_ref() == Some(&handle) => {}
                            Ok(_) => return,
                            Err(_) => {}
                        }
                    }
                }
                tokio::time::sleep(pause).await;
                pause = AGAIN.1.min(pause * 2);
            };
            service.note_reachable(&id);
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
