//! The shell of a session: started when it is first needed, and another one after a command that ended it.

use std::fs;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio::io::AsyncWriteExt as _;
use tokio::net::unix::pipe;

use super::super::http::Toolbox;
use super::super::run::Program;
use super::super::warm_shell::Spare;
use super::command::Word;
use super::shell::State;
use super::{MOST_WAITING, Session, entrypoint, shell, status};
use crate::guest::group::Group;
use crate::guest::reaper::Status;

/// How long a shell may take to end when it is told to.
const MOMENT: Duration = Duration::from_millis(50);
/// What a command is told that ended the shell in a way of which nothing was handed on.
const STATE_LOST: &str = "daytona: this command ended the session's shell; the next one begins without its folder, variables and functions\n";

impl Session {
    /// The input of the shell, which is started if it was not yet.
    pub(super) async fn shell(
        self: &Arc<Self>,
        toolbox: &Toolbox,
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
        if stdin.is_none() && !self.cancelled.load(Ordering::Relaxed) {
            toolbox.sessions.make_room(MOST_WAITING);
            let mut program = toolbox.spare.take();
            if program
                .as_ref()
                .is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
            {
                toolbox.sessions.make_room(0);
                tokio::time::sleep(MOMENT).await;
                program = toolbox.spare.take();
            }
            let (mut shell, words) = self.begin(program?, &toolbox.spare)?;
            let told = shell.write_all(&words).await;
            *stdin = Some(shell);
            told.or_else(unless_ended)?;
        }
        Ok(stdin)
    }

    /// Listens to a shell that was started; its input, and what it is to be told first.
    fn begin(
        self: &Arc<Self>,
        shell: Program,
        spare: &Arc<Spare>,
    ) -> io::Result<(pipe::Sender, Vec<u8>)> {
        let Program {
            stdin,
            ended,
            group,
            ..
        } = shell;
        fs::create_dir_all(&self.pipes)?;
        let status = status::open(&self.pipes)?;
        self.groups().push(group);
        self.begun.store(true, Ordering::Relaxed);
        self.heard.store(false, Ordering::Relaxed);
        let words = shell::first_words(&self.pipes, self.state().as_ref(), !self.transient);
        let (own, spare) = (Arc::clone(self), Arc::clone(spare));
        tokio::spawn(async move {
            let mut listen = std::pin::pin!(status::listen(&own, status));
            let status = tokio::select! {
                () = &mut listen => None,
                status = ended => status.ok(),
            };
            // What the shell said last may still be in the pipe.
            let _ = tokio::time::timeout(Duration::from_millis(1), listen).await;
            own.shell_ended(&spare, status).await;
        });
        Ok((stdin, words))
    }

    /// The command that ended the shell has its status. Those behind it are given to another shell, with
    /// what this one left.
    async fn shell_ended(self: &Arc<Self>, spare: &Arc<Spare>, status: Option<Status>) {
        let mut stdin = self.stdin.lock().await;
        stdin.take();
        self.begun.store(false, Ordering::Relaxed);
        let over = self.cancelled.load(Ordering::Relaxed) || self.retired.load(Ordering::Relaxed);
        let heard = self.heard.load(Ordering::Relaxed);
        let left = State::take(&self.pipes);
        let code = status.and_then(|status| status.code).unwrap_or(-1);
        let unfinished: Vec<_> = self.commands().clone();
        let mut waiting = Vec::new();
        for command in unfinished {
            if command.exit_code().is_some() || command.has_ended() {
            } else if command.has_begun() {
                if left.is_none() && !over && !self.transient && self.id != entrypoint::ID {
                    command.note(STATE_LOST);
                }
                command.say(Word::Ended(code));
            } else if over || !heard && !command.may_be_given_again() {
                command.say(Word::Ended(-1));
            } else {
                waiting.push(command);
            }
        }
        if !over {
            // A state with which no shell can run is not handed on again.
            *self.state() = left.filter(|_| heard);
            self.groups().retain_mut(Group::has_members);
        }
        if waiting.is_empty() {
            if over {
                let _ = fs::remove_dir_all(&self.pipes);
            }
            return;
        }
        match spare.take().and_then(|shell| self.begin(shell, spare)) {
            Ok((mut shell, mut words)) => {
                for command in &waiting {
                    words.extend(command.line(&self.pipes).as_bytes());
                }
                // Where it has ended already, this is called again.
                let _ = shell.write_all(&words).await;
                *stdin = Some(shell);
            }
            Err(error) => {
                for command in waiting {
                    command.note(&format!("daytona: no shell can be started: {error}\n"));
                    command.say(Word::Ended(-1));
                }
            }
        }
    }
}

/// That a shell has just ended is no failure: the one after it is told the same.
pub(super) fn unless_ended(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error),
    }
}
