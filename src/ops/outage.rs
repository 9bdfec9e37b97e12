//! Servers that cannot be reached while something is waited for: they restart, and then go on.

use std::time::{Duration, Instant};

use crate::api::Client;
use crate::error::{Error, Kind};

/// How long a server may be away within a wait.
const LONGEST_OUTAGE: Duration = Duration::from_secs(30);
/// The same of the engine on this machine, which restarts in milliseconds or not by itself.
const LONGEST_HERE: Duration = Duration::from_secs(3);

/// The outages of one wait.
#[derive(Debug)]
pub(super) struct Outage {
    since: Option<Instant>,
    longest: Duration,
}

impl Outage {
    pub(super) fn of(client: &Client) -> Self {
        let here = client.endpoint().socket.is_some();
        Self {
            since: None,
            longest: if here { LONGEST_HERE } else { LONGEST_OUTAGE },
        }
    }

    /// The server has answered.
    pub(super) fn over(&mut self) {
        self.since = None;
    }

    /// Whether a failure is one that may pass, and has not lasted too long.
    pub(super) fn may_pass(&mut self, error: &Error) -> bool {
        let away = matches!(error.kind(), Kind::Unavailable | Kind::Timeout);
        away && self.since.get_or_insert_with(Instant::now).elapsed() < self.longest
    }
}
