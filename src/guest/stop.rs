//! The end of a sandbox: asked by SIGTERM, its processes are asked in turn, then all end with us.

use std::io;
use std::time::Duration;

use rustix::process::Signal;

use crate::syscall::Terminations;

use super::others::others;

/// How long processes may take to end; the engine kills us a little later.
const GRACE: Duration = Duration::from_secs(8);

/// The engine's request to stop. It is not lost where it comes before we listen.
pub(super) struct Stop(Terminations);

impl Stop {
    pub(super) fn listen() -> io::Result<Self> {
        Terminations::listen().map(Self)
    }

    /// Resolves when the engine has asked and every other process has ended, or had its time.
    pub(super) async fn asked(&self) {
        if self.0.next().await.is_err() {
            return std::future::pending().await;
        }
        for pid in others() {
            let _ = rustix::process::kill_process(pid, Signal::TERM);
        }
        let mut waited = Duration::ZERO;
        while waited < GRACE && !others().is_empty() {
            let step = Duration::from_millis(5);
            tokio::time::sleep(step).await;
            waited += step;
        }
    }
}
