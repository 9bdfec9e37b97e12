//! The one place where programs are started: each has its three streams, and nothing else of the guest.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::FileExt as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command};
use std::sync::Arc;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::sync::oneshot;

use crate::guest_boot::GUEST_PROCESSES;
use crate::syscall::{Beginning, confine};

use super::environment::Environment;
use super::group::Group;
use super::reaper::{Reaper, Status};

/// Where the kernel notes whom it ends first when there is no memory (proc(5)).
const RANK: &str = "/proc/self/oom_score_adj";
/// What makes it end a program before the guest; no program can lower it below what the guest has.
const EXPENDABLE: &str = "900";

/// Starts programs.
pub(super) struct Spawner {
    reaper: Arc<Reaper>,
    environment: Arc<Environment>,
    /// The most processes and threads that programs may have together.
    processes: u64,
    rank: Option<Rank>,
}

/// A program that was started.
pub(super) struct Started {
    pub(super) child: Child,
    pub(super) ended: oneshot::Receiver<Status>,
    /// Ends it, and all that descends from it, when dropped.
    pub(super) group: Group,
}

/// Our own place among those that the kernel ends.
pub(super) struct Rank {
    file: File,
    own: String,
}

/// It is that of a program until this is dropped.
struct Raised<'a>(&'a Rank);

impl Rank {
    /// To be called while we may open it still: before nobody may look at us any more.
    pub(super) fn open() -> io::Result<Self> {
        let mut file = File::options().read(true).write(true).open(RANK)?;
        let mut own = String::new();
        file.read_to_string(&mut own)?;
        Ok(Self { file, own })
    }

    /// What is started now has the rank of a program from its beginning.
    fn raise(&self) -> Raised<'_> {
        let _ = self.file.write_at(EXPENDABLE.as_bytes(), 0);
        Raised(self)
    }
}

impl Drop for Raised<'_> {
    fn drop(&mut self) {
        let _ = self.0.file.write_at(self.0.own.trim().as_bytes(), 0);
    }
}

/// Our own limit of processes and threads, lower until this is dropped: programs that we start must
/// leave us our threads.
struct HeldBack(Rlimit);

impl HeldBack {
    fn at(most: u64) -> Self {
        let own = getrlimit(Resource::Nproc);
        let lower = Rlimit {
            current: Some(own.maximum.map_or(most, |own| own.min(most))),
            ..own
        };
        let _ = setrlimit(Resource::Nproc, lower);
        Self(own)
    }
}

impl Drop for HeldBack {
    fn drop(&mut self) {
        let _ = setrlimit(Resource::Nproc, self.0);
    }
}

impl Spawner {
    pub(super) fn new(
        reaper: Arc<Reaper>,
        environment: Arc<Environment>,
        processes: u64,
        rank: Option<Rank>,
    ) -> Arc<Self> {
        Arc::new(Self {
            reaper,
            environment,
            processes,
            rank,
        })
    }

    /// A program with the sandbox's environment as it is now.
    pub(super) fn program(&self, name: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(name);
        self.environment.apply(&mut command);
        command
    }

    /// Starts it as the leader of a group.
    pub(super) fn start(&self, mut command: Command) -> io::Result<Started> {
        command.process_group(0);
        self.begin(command, false)
    }

    /// Starts it as the leader of a session, which controls the terminal on its standard input.
    pub(super) fn start_in_terminal(&self, command: Command) -> io::Result<Started> {
        self.begin(command, true)
    }

    /// The command is taken, so that our copies of its streams are closed.
    fn begin(&self, mut command: Command, terminal: bool) -> io::Result<Started> {
        let beginning = Beginning {
            processes: self.processes,
            terminal,
        };
        confine(&mut command, beginning);
        let raised = self.rank.as_ref().map(Rank::raise);
        let held_back = HeldBack::at(self.processes + GUEST_PROCESSES / 2);
        let child = command
            .spawn()
            .map_err(|error| self.explain(&command, error))?;
        drop((raised, held_back));
        let ended = self.reaper.expect(child.id());
        let group = Group::led_by(child.id());
        Ok(Started {
            child,
            ended,
            group,
        })
    }

    /// A refusal with the limit that was hit, or the folder that is not there.
    fn explain(&self, command: &Command, error: io::Error) -> io::Error {
        if let Some(folder) = command.get_current_dir()
            && let Err(why) = std::fs::metadata(folder.join("."))
        {
            let why = format!("cannot start in {}: {why}", folder.display());
            return io::Error::new(error.kind(), why);
        }
        match error.raw_os_error() {
            Some(libc::EAGAIN) => io::Error::new(
                error.kind(),
                format!(
                    "the sandbox has as many processes and threads as it may have: {}",
                    self.processes
                ),
            ),
            Some(libc::ENOMEM) => io::Error::new(error.kind(), "the sandbox's memory is used up"),
            _ => error,
        }
    }
}
