//! Sessions: a shell that lives on, and the commands run in it (toolbox API, sessions).

mod command;
mod dialect;
mod entrypoint;
mod follow;
mod log;
mod records;
mod routes;

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use rustix::fs::{CWD, FileType, Mode, mknodat};
use tokio::io::AsyncWriteExt as _;
use tokio::net::unix::pipe;
use tokio_util::codec::{FramedRead, LinesCodec, LinesCodecError};

use super::dirs::PIPES;
use super::group::Group;
use super::http::Agent;
use super::run::Program;

use command::{Command, Word};
pub(super) use entrypoint::begin as begin_entrypoint;
pub(super) use routes::routes;

/// How long the processes of a session may take to end before they are killed (toolbox API, sessions).
const GRACE: Duration = Duration::from_secs(5);
/// The same for a session whose caller does not want to wait: it was cancelled, or is gone.
const SHORT_GRACE: Duration = Duration::from_millis(500);

/// How many shells may wait with nothing to do.
const MOST_WAITING: usize = 128;
/// How long a shell may take to end when it is told to.
const MOMENT: Duration = Duration::from_millis(50);
/// The longest line in which a shell tells of a command: its id and its status.
const LONGEST_WORD: usize = 128;

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
    /// Of the shell, which is started when it is first needed.
    stdin: tokio::sync::Mutex<Option<pipe::Sender>>,
    begun: AtomicBool,
    /// Its shell was ended to make room for others.
    retired: AtomicBool,
    /// When it was last given something to run.
    used: Mutex<Instant>,
    group: tokio::sync::Mutex<Group>,
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
    async fn make_room(&self, most: usize) {
        let mut idle: Vec<_> = self.map().values().cloned().collect();
        idle.retain(|session| session.waits());
        let surplus = idle.len().saturating_sub(most);
        if surplus > 0 {
            idle.sort_by_key(|session| *session.used());
            for session in idle.iter().take(surplus) {
                session.retire().await;
            }
        }
    }

    /// Ends a session and forgets it; `false` where there is none. With `spare`, what its commands left
    /// in the background lives on, if they have all ended.
    pub(super) async fn delete(&self, id: &str, spare: bool) -> bool {
        let removed = self.map().remove(id);
        let Some(session) = removed else {
            return false;
        };
        session.cancelled.store(true, Ordering::Relaxed);
        // To its end also when the caller hangs up.
        let _ = tokio::spawn(async move { session.end(spare).await }).await;
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
            retired: AtomicBool::new(false),
            used: Mutex::new(Instant::now()),
            group: tokio::sync::Mutex::default(),
            commands: Mutex::default(),
            cancelled: AtomicBool::new(false),
        })
    }

    /// The input of the shell, which is started if it was not yet.
    async fn shell(
        self: &Arc<Self>,
        agent: &Agent,
    ) -> io::Result<tokio::sync::MutexGuard<'_, Option<pipe::Sender>>> {
        let mut stdin = self.stdin.lock().await;
        *self.used() = Instant::now();
        if self.retired.load(Ordering::Relaxed) {
            return Err(io::Error::new(
                io::ErrorKind::NotConnected,
                format!(
                    "the shell of this session was ended: more than {MOST_WAITING} sessions had nothing to do, or the sandbox had as many processes as it may have; make a new session, and delete those that are done"
                ),
            ));
        }
        if !self.begun.load(Ordering::Relaxed) && !self.cancelled.load(Ordering::Relaxed) {
            agent.sessions.make_room(MOST_WAITING).await;
            let mut program = agent.spare.take();
            if program
                .as_ref()
                .is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
            {
                agent.sessions.make_room(0).await;
                tokio::time::sleep(MOMENT).await;
                program = agent.spare.take();
            }
            *stdin = Some(self.begin(program?).await?);
        }
        Ok(stdin)
    }

    /// Listens to a shell that was started.
    async fn begin(self: &Arc<Self>, shell: Program) -> io::Result<pipe::Sender> {
        let Program {
            stdin,
            ended,
            group,
            ..
        } = shell;
        fs::create_dir_all(&self.pipes)?;
        let status = self.pipes.join("status");
        let status = make_pipe(&status)?.open_receiver(status)?;
        *self.group.lock().await = group;
        self.begun.store(true, Ordering::Relaxed);
        let own = Arc::clone(self);
        tokio::spawn(async move {
            let mut lines = FramedRead::new(status, LinesCodec::new_with_max_length(LONGEST_WORD));
            let hear = async {
                // Programs can write to the pipe too: what is no word of the shell is passed over.
                let mut passed_over = false;
                loop {
                    match lines.next().await {
                        Some(Ok(line)) => own.hear(&line),
                        Some(Err(LinesCodecError::MaxLineLengthExceeded)) => passed_over = true,
                        // After a refused line the reader pauses once.
                        None if passed_over => passed_over = false,
                        Some(Err(LinesCodecError::Io(_))) | None => break,
                    }
                }
            };
            let mut hear = std::pin::pin!(hear);
            let status = tokio::select! {
                () = &mut hear => None,
                status = ended => status.ok(),
            };
            // What the shell said last may still be in the pipe.
            let _ = tokio::time::timeout(Duration::from_millis(1), hear).await;
            own.shell_ended(status.and_then(|status| status.code).unwrap_or(-1))
                .await;
        });
        Ok(stdin)
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

    /// Ends the shell; what its commands wrote stays. One with something in the background is spared.
    async fn retire(&self) {
        // Somebody is about to use it.
        let Ok(mut stdin) = self.stdin.try_lock() else {
            return;
        };
        if self.is_idle() && self.group.lock().await.is_alone() {
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
        agent: &Agent,
        text: &str,
        input: bool,
        echo: bool,
    ) -> io::Result<Arc<Command>> {
        let id = uuid::Uuid::new_v4().to_string();
        self.run_as(agent, &id, text, input, echo).await
    }

    /// As [`Self::run`], under an id that no other command of the session has.
    async fn run_as(
        self: &Arc<Self>,
        agent: &Agent,
        id: &str,
        text: &str,
        input: bool,
        echo: bool,
    ) -> io::Result<Arc<Command>> {
        let echo = echo && !self.transient;
        let mut stdin = self.shell(agent).await?;
        let command = Command::prepare(id, text, &self.pipes, input, echo, self.transient)?;
        let line = command.line(&self.pipes);
        let shell = stdin
            .as_mut()
            .ok_or_else(|| io::Error::other("session cancelled"))?;
        let first = {
            let mut commands = self.commands();
            commands.push(Arc::clone(&command));
            commands.len() == 1
        };
        if first {
            // What the shell itself says is for nobody: each command has outputs of its own.
            shell.write_all(b"exec >/dev/null 2>&1\n").await?;
        }
        shell.write_all(line.as_bytes()).await?;
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
        match word.parse() {
            Ok(status) => command.say(Word::Ended(status)),
            Err(_) => command.say(Word::Began),
        }
    }

    async fn shell_ended(&self, code: i32) {
        self.stdin.lock().await.take();
        // The one that ended the shell has its status; those behind it never ran.
        let mut status = code;
        for command in self
            .commands()
            .iter()
            .filter(|command| command.exit_code().is_none())
        {
            command.say(Word::Ended(status));
            status = -1;
        }
        let _ = fs::remove_dir_all(&self.pipes);
    }

    fn is_idle(&self) -> bool {
        self.commands()
            .iter()
            .all(|command| command.exit_code().is_some())
    }

    /// Ends the shell. What a transient session left in the background lives on; of other sessions,
    /// unless they are to spare it, and of commands that still run, nothing does.
    async fn end(&self, spare: bool) {
        let mut group = self.group.lock().await;
        if (self.transient || spare) && self.is_idle() {
            group.let_go();
        } else {
            let grace = if self.transient { SHORT_GRACE } else { GRACE };
            group.end(grace).await;
        }
        drop(group);
        // The shell ends at the end of its input.
        self.stdin.lock().await.take();
    }
}

/// Makes a named pipe that is opened at both ends: opening does not wait for the other side then.
fn make_pipe(path: &Path) -> io::Result<pipe::OpenOptions> {
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)?;
    let mut options = pipe::OpenOptions::new();
    options.read_write(true);
    Ok(options)
}
