//! Who used which sandbox when: kept in memory, and written at most every five seconds per sandbox.

use super::{Service, lock};
use crate::error::Result;

/// The shortest time between two writes, in milliseconds.
const BETWEEN: i64 = 5_000;

/// What is known of one sandbox's use.
#[derive(Debug, Default)]
pub(super) struct Seen {
    written: Option<i64>,
    open: usize,
    /// How many requests may have changed something inside.
    pub(super) changes: u64,
}

impl Service {
    /// The sandbox was used now.
    pub(crate) async fn touch(&self, id: &str) {
        let now = self.now();
        let due = {
            let mut seen = lock(&self.0.seen);
            let seen = seen.entry(id.to_owned()).or_default();
            let due = seen.written.is_none_or(|written| now - written >= BETWEEN);
            if due {
                seen.written = Some(now);
            }
            due
        };
        if due && let Err(error) = self.0.store.touch(id, now).await {
            tracing::warn!(sandbox = id, "its activity was not stored: {error}");
        }
    }

    /// As [`Self::touch`] for a user who says so: at once, by id or name.
    pub(crate) async fn touch_now(&self, id_or_name: &str) -> Result<()> {
        let id = self.find(id_or_name).await?.id;
        let now = self.now();
        lock(&self.0.seen).entry(id.clone()).or_default().written = Some(now);
        self.0.store.touch(&id, now).await
    }

    /// The sandbox is in use until the value is dropped.
    pub(crate) fn hold(&self, id: &str) -> Held {
        lock(&self.0.seen).entry(id.to_owned()).or_default().open += 1;
        Held {
            service: self.clone(),
            id: id.to_owned(),
        }
    }

    /// How many connections to sandboxes are open.
    pub(crate) fn open(&self) -> usize {
        lock(&self.0.seen).values().map(|seen| seen.open).sum()
    }

    /// Touches every sandbox that is held.
    pub(super) async fn touch_held(&self) {
        let held: Vec<String> = lock(&self.0.seen)
            .iter()
            .filter(|(_, seen)| seen.open > 0)
            .map(|(id, _)| id.clone())
            .collect();
        for id in held {
            self.touch(&id).await;
        }
    }

    pub(super) fn forget(&self, id: &str) {
        let mut seen = lock(&self.0.seen);
        if seen.get(id).is_some_and(|seen| seen.open == 0) {
            seen.remove(id);
        }
    }
}

/// A sandbox in use: an open connection.
pub(crate) struct Held {
    service: Service,
    id: String,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(seen) = lock(&self.service.0.seen).get_mut(&self.id) {
            seen.open = seen.open.saturating_sub(1);
        }
    }
}
