//! What a server was seen not to have: asked for once, and from then on gone around.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::error::{Error, Kind};

/// Routes that the server of one client lacks.
#[derive(Debug, Default)]
pub(super) struct Lacking(Mutex<BTreeSet<&'static str>>);

impl Lacking {
    /// Whether the server was seen to lack that route.
    pub(super) fn lacks(&self, route: &'static str) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.contains(route)
    }

    /// Whether a failure says that the server lacks that route, which is remembered.
    pub(super) fn learnt(&self, route: &'static str, error: &Error) -> bool {
        let lacks = error.kind() == Kind::Unsupported;
        if lacks {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            known.insert(route);
        }
        lacks
    }
}
