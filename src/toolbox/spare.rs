//! A shell that was started before it is needed: starting one takes longer than most commands.

use std::collections::BTreeMap;
use std::io::{self, PipeReader};
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::net::unix::pipe;
use tokio::sync::oneshot;

use super::group::Group;
use super::reaper::{Reaper, Status};
use super::shell;

/// How long after the last use the next one is started: not while that use has work to do.
const PAUSE: Duration = Duration::from_millis(3);
/// How long one waits for its use; a sandbox at rest holds none.
const PATIENCE: Duration = Duration::from_mins(1);

/// A shell that reads what it is to do from `stdin`, and writes both its outputs to `output`.
pub(super) struct Shell {
    pub(super) stdin: pipe::Sender,
    pub(super) output: PipeReader,
    pub(super) ended: oneshot::Receiver<Status>,
    /// Ends it when dropped.
    pub(super) group: Group,
}

impl Shell {
    /// Starts one, in a folder of its own and with variables of its own where they are given.
    pub(super) fn start(
        reaper: &Reaper,
        cwd: Option<&str>,
        envs: &BTreeMap<String, String>,
    ) -> io::Result<Self> {
        let (output, writer) = io::pipe()?;
        let mut command = Command::new(shell::path());
        if let Some(cwd) = cwd {
            command.current_dir(cwd);
        }
        let mut child = command
            .envs(envs)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(writer.try_clone()?)
            .stderr(writer)
            .spawn()?;
        let ended = reaper.expect(child.id());
        let group = Group::led_by(child.id());
        let stdin = child
            .stdin
            .take()
            .ok_or_else(|| io::Error::other("the shell has no input"))?;
        Ok(Self {
            stdin: pipe::Sender::from_owned_fd(stdin.into())?,
            output,
            ended,
            group,
        })
    }
}

/// The shell that waits, if any.
pub(super) struct Spare {
    reaper: Arc<Reaper>,
    waiting: Mutex<Option<(Instant, Shell)>>,
}

impl Spare {
    pub(super) fn new(reaper: Arc<Reaper>) -> Arc<Self> {
        Arc::new(Self {
            reaper,
            waiting: Mutex::default(),
        })
    }

    fn waiting(&self) -> MutexGuard<'_, Option<(Instant, Shell)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The one that waits, or a new one; another will wait for the next use.
    pub(super) fn take(self: &Arc<Self>) -> io::Result<Shell> {
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

    fn start(&self) -> io::Result<Shell> {
        Shell::start(&self.reaper, None, &BTreeMap::new())
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
        tokio::time::sleep(PATIENCE).await;
        self.waiting().take_if(|(since, _)| *since == born);
    }
}
