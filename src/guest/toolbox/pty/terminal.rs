//! One terminal: its shell, its size, its output handed to all who watch, its end.

use std::collections::BTreeMap;
use std::io;
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use jiff::Timestamp;
use rustix::pty::{OpenptFlags, ioctl_tiocgptpeer, openpt, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::unix::pipe;
use tokio::sync::{Notify, broadcast, oneshot};

use crate::api::types::{PtyExit, PtyInfo, PtySize};

use super::super::http::Toolbox;
use super::super::shell;
use crate::guest::group::Group;
use crate::guest::nonblocking_read::read_rest;
use crate::guest::reaper::Status;
use crate::guest::spawn::Started;

/// How much is read at once.
const READ: usize = 32 << 10;
/// How many chunks may wait for a client before it is dropped.
const QUEUE: usize = 256;
/// How long the shell is held up for a client that does not keep up.
pub(super) const CLIENT_LAG: Duration = Duration::from_secs(10);

/// What a terminal is made with.
pub(super) struct Settings {
    pub(super) id: String,
    pub(super) cwd: PathBuf,
    pub(super) envs: BTreeMap<String, String>,
    pub(super) size: PtySize,
    pub(super) lazy: bool,
    /// Shell text; a login shell where absent.
    pub(super) command: Option<String>,
}

pub(super) struct Terminal {
    settings: Settings,
    created: Timestamp,
    state: Mutex<State>,
    /// A client has taken something.
    room: Notify,
}

struct State {
    size: PtySize,
    /// Our side, while the shell runs.
    master: Option<OwnedFd>,
    keyboard: Option<Arc<tokio::sync::Mutex<pipe::Sender>>>,
    group: Option<Group>,
    /// None once it has ended.
    output: Option<broadcast::Sender<Seen>>,
}

/// What the clients of a terminal see.
#[derive(Clone)]
pub(super) enum Seen {
    Output(Bytes),
    Exit(PtyExit),
}

impl Terminal {
    pub(super) fn new(settings: Settings) -> Arc<Self> {
        let state = State {
            size: settings.size,
            master: None,
            keyboard: None,
            group: None,
            output: Some(broadcast::Sender::new(QUEUE)),
        };
        Arc::new(Self {
            settings,
            created: Timestamp::now(),
            state: Mutex::new(state),
            room: Notify::new(),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on; none once it has ended.
    pub(super) fn watch(&self) -> Option<broadcast::Receiver<Seen>> {
        self.state()
            .output
            .as_ref()
            .map(broadcast::Sender::subscribe)
    }

    /// Starts the shell where it does not run yet. `ended` is called at its end.
    pub(super) fn start(
        self: &Arc<Self>,
        toolbox: &Toolbox,
        ended: impl FnOnce() + Send + 'static,
    ) -> io::Result<()> {
        let mut state = self.state();
        if state.master.is_some() {
            return Ok(());
        }
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let master = openpt(flags)?;
        unlockpt(&master)?;
        let side = ioctl_tiocgptpeer(&master, flags)?;
        tcsetwinsize(&master, winsize(state.size))?;
        rustix::io::ioctl_fionbio(&master, true)?;
        // They need not be pipes: what is asked of them is to be read and written without waiting.
        let screen = pipe::Receiver::from_owned_fd_unchecked(master.try_clone()?)?;
        let keyboard = pipe::Sender::from_owned_fd_unchecked(master.try_clone()?)?;
        let login = shell::login();
        let (shell, arguments) = match &self.settings.command {
            Some(text) => (shell::path(), ["-c", text]),
            None => (login.as_str(), ["-i", "-l"]),
        };
        let mut command = toolbox.programs.program(shell);
        command
            .args(arguments)
            .env("TERM", "xterm-256color")
            .env("SHELL", &login)
            .envs(&self.settings.envs)
            .current_dir(&self.settings.cwd)
            .stdin(Stdio::from(side.try_clone()?))
            .stdout(Stdio::from(side.try_clone()?))
            .stderr(Stdio::from(side));
        let Started {
            ended: status,
            group,
            ..
        } = toolbox.programs.start_in_terminal(command)?;
        state.group = Some(group);
        state.master = Some(master);
        state.keyboard = Some(Arc::new(tokio::sync::Mutex::new(keyboard)));
        drop(state);
        let terminal = Arc::clone(self);
        tokio::spawn(async move {
            terminal.pump(screen, status).await;
            ended();
        });
        Ok(())
    }

    /// Reads until the shell has ended and all it wrote is read.
    async fn pump(&self, mut screen: pipe::Receiver, mut status: oneshot::Receiver<Status>) {
        let mut buffer = BytesMut::new();
        let mut patient = true;
        let ended = loop {
            tokio::select! {
                biased;
                status = &mut status => break status.ok(),
                () = self.room(&mut patient) => {}
            }
            buffer.reserve(READ);
            let read = tokio::select! {
                biased;
                read = screen.read_buf(&mut buffer) => read,
                status = &mut status => break status.ok(),
            };
            self.show(&mut buffer);
            // All sides are closed: what is left is the exit status.
            if !matches!(read, Ok(1..)) {
                break status.await.ok();
            }
        };
        // What was written before the end is in the terminal still.
        read_rest(&screen, |buffer| self.show(buffer));
        let exit = exit(ended);
        let mut state = self.state();
        if let Some(output) = state.output.take() {
            let _ = output.send(Seen::Exit(exit));
        }
        state.master = None;
        state.keyboard = None;
        // What was left in the background may live on, as it does when a terminal is closed.
        if let Some(group) = &mut state.group {
            group.let_go();
        }
    }

    fn show(&self, buffer: &mut BytesMut) {
        if !buffer.is_empty()
            && let Some(output) = &self.state().output
        {
            // Without a client nobody sees it.
            let _ = output.send(Seen::Output(buffer.split().freeze()));
        }
    }

    /// Waits for the slowest client, but not for ever: from then on chunks pass it by, until it is
    /// told so, or until it has caught up.
    async fn room(&self, patient: &mut bool) {
        let wait = async {
            loop {
                let taken = self.room.notified();
                let full = self
                    .state()
                    .output
                    .as_ref()
                    .is_some_and(|output| output.len() >= QUEUE / 2);
                if !full {
                    return true;
                }
                if !*patient {
                    return false;
                }
                taken.await;
            }
        };
        *patient = tokio::time::timeout(CLIENT_LAG, wait)
            .await
            .unwrap_or(false);
    }

    /// A client has taken a chunk.
    pub(super) fn taken(&self) {
        self.room.notify_waiters();
    }

    /// Writes what was typed; `false` once it has ended.
    pub(super) async fn input(&self, data: &[u8]) -> bool {
        let keyboard = self.state().keyboard.clone();
        match keyboard {
            // One client's message whole before the next one's.
            Some(keyboard) => keyboard.lock().await.write_all(data).await.is_ok(),
            None => false,
        }
    }

    /// Changes the size; `false` once it has ended.
    pub(super) fn resize(&self, size: PtySize) -> bool {
        let mut state = self.state();
        if state.output.is_none() {
            return false;
        }
        state.size = size;
        state
            .master
            .as_ref()
            .is_none_or(|master| tcsetwinsize(master, winsize(size)).is_ok())
    }

    /// Ends the shell and all that it started, at once.
    pub(super) fn kill(&self) {
        let mut state = self.state();
        let started = state.group.take().is_some();
        if !started && let Some(output) = state.output.take() {
            let _ = output.send(Seen::Exit(exit(None)));
        }
    }

    pub(super) fn info(&self) -> PtyInfo {
        let state = self.state();
        PtyInfo {
            id: self.settings.id.clone(),
            cwd: self.settings.cwd.to_string_lossy().into_owned(),
            envs: self.settings.envs.clone(),
            cols: state.size.cols,
            rows: state.size.rows,
            created_at: self.created.to_string(),
            active: state.master.is_some(),
            lazy_start: self.settings.lazy,
        }
    }
}

fn winsize(size: PtySize) -> Winsize {
    Winsize {
        ws_col: size.cols,
        ws_row: size.rows,
        ws_xpixel: 0,
        ws_ypixel: 0,
    }
}

/// A status in the words of the API; none is taken for a kill.
fn exit(status: Option<Status>) -> PtyExit {
    let exit_code = match status {
        Some(Status {
            code: Some(code), ..
        }) => code,
        Some(Status {
            signal: Some(signal),
            ..
        }) => 128 + signal,
        _ => 137,
    };
    let exit_reason = match exit_code {
        0 => None,
        130 => Some("Ctrl+C".to_owned()),
        137 => Some("SIGKILL".to_owned()),
        143 => Some("SIGTERM".to_owned()),
        129.. => Some(format!("signal {}", exit_code - 128)),
        _ => Some("non-zero exit".to_owned()),
    };
    PtyExit {
        exit_code,
        exit_reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_put_into_words() {
        let words = |code, signal| exit(Some(Status { code, signal }));
        assert_eq!(words(Some(0), None).exit_reason, None);
        assert_eq!(
            words(Some(3), None).exit_reason.as_deref(),
            Some("non-zero exit")
        );
        assert_eq!(words(None, Some(15)).exit_code, 143);
        assert_eq!(
            words(None, Some(1)).exit_reason.as_deref(),
            Some("signal 1")
        );
        assert_eq!(exit(None).exit_code, 137);
    }
}
