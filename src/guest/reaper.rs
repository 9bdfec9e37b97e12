//! Takes the exit status of every process that ends: of ours, and of the orphans that fall to us.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustix::process::{Pid, WaitOptions, WaitStatus, wait};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{oneshot, watch};

/// How a process ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Status {
    /// The exit status, or none where a signal ended it.
    pub(super) code: Option<i32>,
    /// The signal that ended it.
    pub(super) signal: Option<i32>,
}

/// The one place that waits for processes.
pub(super) struct Reaper {
    waiting: Mutex<HashMap<u32, oneshot::Sender<Status>>>,
    childless: watch::Sender<bool>,
}

impl Reaper {
    /// Begins to reap. Must run on a runtime with one thread: see [`Self::expect`].
    pub(super) fn start() -> io::Result<Arc<Self>> {
        let mut ended = signal(SignalKind::child())?;
        let reaper = Arc::new(Self {
            waiting: Mutex::default(),
            childless: watch::Sender::new(true),
        });
        let own = Arc::clone(&reaper);
        tokio::spawn(async move {
            loop {
                own.reap();
                if ended.recv().await.is_none() {
                    return;
                }
            }
        });
        Ok(reaper)
    }

    /// The end of a process that was just spawned. There must be no `.await` in between: on the one
    /// thread of the guest nothing is reaped before that.
    pub(super) fn expect(&self, pid: u32) -> oneshot::Receiver<Status> {
        let (told, hear) = oneshot::channel();
        self.waiting().insert(pid, told);
        self.childless.send_replace(false);
        hear
    }

    fn reap(&self) {
        loop {
            match wait(WaitOptions::NOHANG) {
                Ok(Some((pid, status))) => self.tell(pid, status),
                Ok(None) => return,
                Err(_) => {
                    self.childless.send_replace(true);
                    return;
                }
            }
        }
    }

    fn tell(&self, pid: Pid, status: WaitStatus) {
        let pid = pid.as_raw_nonzero().get().cast_unsigned();
        if let Some(told) = self.waiting().remove(&pid) {
            let _ = told.send(Status {
                code: status.exit_status(),
                signal: status.terminating_signal(),
            });
        }
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<u32, oneshot::Sender<Status>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
