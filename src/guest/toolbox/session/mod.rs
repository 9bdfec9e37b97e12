//! Sessions: a shell that lives on, and the commands run in it (toolbox API, sessions).

mod command;
mod dialect;
mod entrypoint;
mod follow;
mod log;
mod records;
mod respawn;
mod routes;
mod shell;
mod status;

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::fs::{CWD, FileType, Mode, mknodat};
use tokio::io::AsyncWriteExt as _;
use tokio::net::unix::pipe;
use tokio::sync::Notify;

use super::http::Toolbox;
use crate::guest::dirs::PIPES;
use crate::guest::group::Group;

use command::{Command, Word};
pub(in crate::guest) use entrypoint::begin as begin_entrypoint;
pub(super) use routes::routes;
use shell::State;

/// How long the processes of a session may take to end before they are killed (toolbox API, sessions).
const GRACE: Duration = Duration::from_secs(5);
/// The same for a session whose caller does not want to wait: it was cancelled, or is gone.
const SHORT_GRACE: Duration = Duration::from_millis(500);
/// How long commands may take to end after an interruption, before they are asked to.
const INTERRUPT_GRACE: Duration = Duration::from_secs(2);
/// How many shells may wait with nothing to do.
const MOST_WAITING: usize = 128;

/// How a session is ended.
#[derive(Clone, Copy, Default)]
pub(super) struct Deletion {
    /// What its commands left in the background lives on, if they have all ended.
    spare: bool,
    /// Its commands are interrupted first, as by Ctrl-C.
    interrupt: bool,
}

impl Deletion {
    const SPARING: Self = Self {
        spare: true,
        interrupt: false,
    };
}

/// All sessions of the sandbox, by id.
#[derive(Default)]
pub(super) struct Sessions {
    map: Mutex<HashMap<String, Arc<Session>>>,
}

/// One shell and what ran in it.
pub(super) struct Session {
    id: String,
    /// Its log passes to one follower, and it ends with that one.
    transient: bool,
    pipes: PathBuf,
    /// Of the shell, which is started when it is needed: at first, and after a command that ended it.
    stdin: tokio::sync::Mutex<Option<pipe::Sender>>,
    /// There is a shell, or it has just ended.
    begun: AtomicBool,
    /// The shell has said something.
    heard: AtomicBool,
    /// What the last shell left.
    state: Mutex<Option<State>>,
    /// There is something to run.
    stirred: Notify,
    /// Its shell was ended to make room for others.
    retired: AtomicBool,
    /// When it was last given something to run.
    used: Mutex<Instant>,
    /// Of its shells, as far as anything is left of them.
    groups: Mutex<Vec<Group>>,
    commands: Mutex<Vec<Arc<Command>>>,
    /// It was deleted: what its commands say now is not the end of them.
    cancelled: AtomicBool,
}

impl Sessions {
    fn map(&self) -> MutexGuard<'_, HashMap<String, Arc<Session>>> {
        self.map.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, id: &str) -> Option<Arc<Session>> {
        self.map().get(id).cloned()
    }

    fn all(&self) -> Vec<Arc<Session>> {
        let mut all: Vec<_> = self.map().values().cloned().collect();
        // One that passes is its caller's alone, and so is its log.
        all.retain(|session| session.id != entrypoint::ID && !session.transient);
        all.sort_by(|one, other| one.id.cmp(&other.id));
        all
    }

    /// `false` where the id is taken.
    fn create(&self, id: &str, transient: bool) -> bool {
        let mut map = self.map();
        if map.contains_key(id) {
            return false;
        }
        map.insert(id.to_owned(), Session::new(id, transient));
        true
    }

    /// Ends shells that have waited for long with nothing to do, so that at most `most` are left: callers
    /// may make a session for each command, and delete none.
    fn make_room(&self, most: usize) {
        let mut idle: Vec<_> = self.map().values().cloned().collect();
        idle.retain(|session| session.waits());
        let surplus = idle.len().saturating_sub(most);
        if surplus > 0 {
            idle.sort_by_key(|session| *session.used());
            for session in idle.iter().take(surplus) {
                session.retire();
            }
        }
    }

    /// Ends a session and forgets it; `false` where there is none.
    pub(super) async fn delete(&self, id: &str, how: Deletion) -> bool {
        let removed = self.map().remove(id);
        let Some(session) = removed else {
            return false;
        };
        session.cancelled.store(true, Ordering::Relaxed);
        // To its end also when the caller hangs up.
        let _ = tokio::spawn(async move { session.end(how).await }).await;
        true
    }
}

impl Session {
    fn new(id: &str, transient: bool) -> Arc<Self> {
        Arc::new(Self {
            id: id.to_owned(),
            transient,
            pipes: Path::new(PIPES).join(uuid::Uuid::new_v4().to_string()),
            stdin: tokio::sync::Mutex::default(),
            begun: AtomicBool::new(false),
            heard: AtomicBool::new(false),
            state: Mutex::default(),
            stirred: Notify::new(),
            retired: AtomicBool::new(false),
            used: Mutex::new(Instant::now()),
            groups: Mutex::default(),
            commands: Mutex::default(),
            cancelled: AtomicBool::new(false),
        })
    }

    fn used(&self) -> MutexGuard<'_, Instant> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether its shell runs and has nothing to do.
    fn waits(&self) -> bool {
        let flag = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        flag(&self.begun)
            && !flag(&self.retired)
            && !flag(&self.cancelled)
            && self.id != entrypoint::ID
            && self.is_idle()
    }

    fn groups(&self) -> MutexGuard<'_, Vec<Group>> {
        self.groups.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self) -> MutexGuard<'_, Option<State>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the shell; what its commands wrote stays. One with something in the background is spared.
    fn retire(&self) {
        // Somebody is about to use it.
        let Ok(mut stdin) = self.stdin.try_lock() else {
            return;
        };
        if self.is_idle() && self.groups().iter().all(Group::is_alone) {
            self.retired.store(true, Ordering::Relaxed);
            stdin.take();
        }
    }

    fn commands(&self) -> MutexGuard<'_, Vec<Arc<Command>>> {
        self.commands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn command(&self, id: &str) -> Option<Arc<Command>> {
        self.commands()
            .iter()
            .find(|command| command.id == id)
            .cloned()
    }

    /// Hands shell text to the shell, to run after what was given to it before.
    async fn run(
        self: &Arc<Self>,
        toolbox: &Toolbox,
        text: &str,
        input: bool,
        echo: bool,
    ) -> io::Result<Arc<Command>> {
        let id = uuid::Uuid::new_v4().to_string();
        self.run_as(toolbox, &id, text, input, echo).await
    }

    /// As [`Self::run`], under an id that no other command of the session has.
    async fn run_as(
        self: &Arc<Self>,
        toolbox: &Toolbox,
        id: &str,
        text: &str,
        input: bool,
        echo: bool,
    ) -> io::Result<Arc<Command>> {
        let echo = echo && !self.transient;
        let mut stdin = self.shell(toolbox).await?;
        fs::create_dir_all(&self.pipes)?;
        let command = Command::prepare(id, text, &self.pipes, input, echo, self.transient)?;
        let line = command.line(&self.pipes);
        let shell = stdin
            .as_mut()
            .ok_or_else(|| io::Error::other("session cancelled"))?;
        self.commands().push(Arc::clone(&command));
        self.stirred.notify_one();
        let told = shell.write_all(line.as_bytes()).await;
        told.or_else(respawn::unless_ended)?;
        Ok(command)
    }

    /// What the shell says of a command, each in a line: `<id> +` when it begins, `<id> <status>` when it has ended.
    fn hear(&self, line: &str) {
        let Some((id, word)) = line.split_once(' ') else {
            return;
        };
        let Some(command) = self.command(id) else {
            return;
        };
        self.heard.store(true, Ordering::Relaxed);
        match word.parse() {
            Ok(status) => command.say(Word::Ended(status)),
            Err(_) => command.say(Word::Began),
        }
    }

    fn is_idle(&self) -> bool {
        self.commands()
            .iter()
            .all(|command| command.exit_code().is_some())
    }

    /// Ends the shell. What a transient session left in the background lives on; of other sessions,
    /// unless they are to spare it, and of commands that still run, nothing does.
    async fn end(&self, how: Deletion) {
        let mut groups = std::mem::take(&mut *self.groups());
        for group in &mut groups {
            if (self.transient || how.spare) && self.is_idle() {
                group.let_go();
            } else {
                let grace = if self.transient { SHORT_GRACE } else { GRACE };
                if how.interrupt {
                    group.interrupt(INTERRUPT_GRACE).await;
                }
                group.end(grace).await;
            }
        }
        // The shell ends at the end of its input.
        let shell = self.stdin.lock().await.take();
        if shell.is_none() && !self.begun.load(Ordering::Relaxed) {
            let _ = fs::remove_dir_all(&self.pipes);
        }
    }
}

/// Makes a named pipe that is opened at both ends: opening does not wait for the other side then.
fn make_pipe(path: &Path) -> io::Result<pipe::OpenOptions> {
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)?;
    let mut options = pipe::OpenOptions::new();
    options.read_write(true);
    Ok(options)
}
