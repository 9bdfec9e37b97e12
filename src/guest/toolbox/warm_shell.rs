//! A shell that was started before it is needed: starting one takes longer than most commands.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::run::Program;
use super::shell;
use crate::guest::spawn::Spawner;

/// How long after the last use the next one is started: not while that use has work to do.
const PAUSE: Duration = Duration::from_millis(3);
/// How long one waits for its use; a sandbox at rest holds none.
const KEPT_WARM: Duration = Duration::from_mins(1);

/// The shell that waits, if any. It reads what it is to do from its input.
pub(super) struct Spare {
    programs: Arc<Spawner>,
    waiting: Mutex<Option<(Instant, Program)>>,
}

impl Spare {
    pub(super) fn new(programs: Arc<Spawner>) -> Arc<Self> {
        Arc::new(Self {
            programs,
            waiting: Mutex::default(),
        })
    }

    fn waiting(&self) -> MutexGuard<'_, Option<(Instant, Program)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The one that waits, or a new one; another will wait for the next use.
    pub(super) fn take(self: &Arc<Self>) -> io::Result<Program> {
        let waiting = self.waiting().take();
        let own = Arc::clone(self);
        tokio::spawn(async move {
            tokio::time::sleep(PAUSE).await;
            own.refill().await;
        });
        if let Some((_, mut shell)) = waiting
            // Somebody in the sandbox may have ended it.
            && shell.ended.try_recv().is_err()
        {
            return Ok(shell);
        }
        self.start()
    }

    fn start(&self) -> io::Result<Program> {
        Program::start(&self.programs, self.programs.program(shell::path()))
    }

    /// Ends the one that waits: what it was started with is no longer true.
    pub(super) fn renew(&self) {
        self.waiting().take();
    }

    async fn refill(&self) {
        let born = Instant::now();
        {
            let mut waiting = self.waiting();
            if waiting.is_some() {
                return;
            }
            *waiting = self.start().ok().map(|shell| (born, shell));
        }
        tokio::time::sleep(KEPT_WARM).await;
        self.waiting().take_if(|(since, _)| *since == born);
    }
}
