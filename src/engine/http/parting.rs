//! The look that older SDKs take at a sandbox which they have just deleted: they fail where it is gone
//! already. They are known by `?force=true` at the deletion, which later ones do not send.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::api::types::Sandbox;

/// How long that look is waited for, and the most sandboxes that are kept for it.
const KEPT: Duration = Duration::from_secs(10);
const MOST_PARTED: usize = 64;

/// Sandboxes that were deleted just now, by their ids.
#[derive(Debug, Default)]
pub(crate) struct Parting(Mutex<HashMap<String, (Instant, Sandbox)>>);

impl Parting {
    /// Keeps a sandbox for one look at it.
    pub(super) fn keep(&self, sandbox: &Sandbox) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, (since, _)| since.elapsed() < KEPT);
        if kept.len() < MOST_PARTED {
            kept.insert(sandbox.id.clone(), (Instant::now(), sandbox.clone()));
        }
    }

    /// What was kept, once.
    pub(super) fn take(&self, id: &str) -> Option<Sandbox> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, sandbox) = kept.remove(id)?;
        (since.elapsed() < KEPT).then_some(sandbox)
    }
}
