//! One command of a session: its pipes, its log, its input, its end.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::BytesMut;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::unix::pipe;
use tokio::sync::{Mutex, watch};

use super::super::shell::quote;
use super::log::{Log, Stream};
use super::make_pipe;
use super::shell::TELL;
use crate::guest::nonblocking_read::read_rest;

/// How much is read at once.
const READ: usize = 64 << 10;

/// What the shell says of a command.
#[derive(Clone, Copy)]
pub(super) enum Word {
    Began,
    Ended(i32),
}

/// A command that was given to the shell.
pub(super) struct Command {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) log: Log,
    /// Set by the first follower of a transient session.
    pub(super) followed: AtomicBool,
    stdin: Mutex<Option<pipe::Sender>>,
    has_input: bool,
    /// What is written to its input is shown in its log too.
    echo: bool,
    began: watch::Sender<bool>,
    /// It was given to a shell that ended before it ran anything.
    given_again: AtomicBool,
    status: watch::Sender<Option<i32>>,
    exit: watch::Sender<Option<i32>>,
}

impl Command {
    /// Makes the pipes, and begins to read them.
    pub(super) fn prepare(
        id: &str,
        text: &str,
        pipes: &Path,
        input: bool,
        echo: bool,
        transient: bool,
    ) -> io::Result<Arc<Self>> {
        let at = |name: &str| pipes.join(format!("{id}.{name}"));
        let open = |name: &str| make_pipe(&at(name))?.open_receiver(at(name));
        let (out, err) = (open("out")?, open("err")?);
        let stdin = if input {
            Some(make_pipe(&at("in"))?.open_sender(at("in"))?)
        } else {
            None
        };
        let paths = [at("out"), at("err"), at("in")];
        let command = Arc::new(Self {
            id: id.to_owned(),
            text: text.to_owned(),
            log: if transient {
                Log::passing()
            } else {
                Log::kept()?
            },
            followed: AtomicBool::new(false),
            stdin: Mutex::new(stdin),
            has_input: input,
            echo,
            began: watch::Sender::new(false),
            given_again: AtomicBool::new(false),
            status: watch::Sender::new(None),
            exit: watch::Sender::new(None),
        });
        tokio::spawn(Arc::clone(&command).pump(out, err, paths));
        Ok(command)
    }

    /// What the shell reads. The text is evaluated, so that nothing in it can reach past its end; its words
    /// begin lines of their own, whatever a program has written to the pipe before.
    pub(super) fn line(&self, pipes: &Path) -> String {
        let id = &self.id;
        let at = |name: &str| quote(&pipes.join(name).to_string_lossy());
        let input = if self.has_input {
            at(&format!("{id}.in"))
        } else {
            "/dev/null".to_owned()
        };
        let mut line = String::new();
        let _ = writeln!(
            line,
            "{{ {TELL} {id} +; eval {}; }} <{input} >{} 2>{}; {TELL} {id} \"$?\"",
            quote(&self.text),
            at(&format!("{id}.out")),
            at(&format!("{id}.err")),
        );
        line
    }

    /// The exit status, once all output is in the log.
    pub(super) fn exit_code(&self) -> Option<i32> {
        *self.exit.borrow()
    }

    /// Whether the shell said that it began.
    pub(super) fn has_begun(&self) -> bool {
        *self.began.borrow()
    }

    /// Whether the shell said that it ended.
    pub(super) fn has_ended(&self) -> bool {
        self.status.borrow().is_some()
    }

    /// Once, where a shell ended before it ran anything.
    pub(super) fn may_be_given_again(&self) -> bool {
        !self.given_again.swap(true, Ordering::Relaxed)
    }

    /// Adds words of ours to what it says of its failure.
    pub(super) fn note(&self, text: &str) {
        let _ = self.log.push(
            Stream::Stderr,
            bytes::Bytes::copy_from_slice(text.as_bytes()),
        );
    }

    /// Waits for the end.
    pub(super) async fn ended(&self) -> i32 {
        let mut exit = self.exit.subscribe();
        exit.wait_for(Option::is_some)
            .await
            .map_or(-1, |code| code.unwrap_or(-1))
    }

    pub(super) fn say(&self, word: Word) {
        match word {
            Word::Began => drop(self.began.send_replace(true)),
            Word::Ended(status) => {
                // Only the first end counts: a shell that dies says nothing more of it.
                self.status
                    .send_if_modified(|known| known.is_none() && known.replace(status).is_none());
            }
        }
    }

    /// Writes to the command's standard input; `false` where it takes no more.
    pub(super) async fn input(&self, data: &[u8]) -> bool {
        let mut stdin = self.stdin.lock().await;
        let Some(pipe) = stdin.as_mut() else {
            return false;
        };
        if self.echo {
            // Before it is written: what the command answers comes after.
            let _ = self
                .log
                .push(Stream::Stdout, bytes::Bytes::copy_from_slice(data));
        }
        let mut exit = self.exit.subscribe();
        tokio::select! {
            written = pipe.write_all(data) => written.is_ok(),
            // It ended without reading: the rest would wait for ever.
            _ = exit.wait_for(Option::is_some) => false,
        }
    }

    /// Ends the command's standard input. The pipe has to stay until the shell has opened it too.
    pub(super) fn end_input(self: &Arc<Self>) {
        let command = Arc::clone(self);
        tokio::spawn(async move {
            let mut exit = command.exit.subscribe();
            let mut began = command.began.subscribe();
            tokio::select! {
                _ = began.wait_for(|began| *began) => {}
                _ = exit.wait_for(Option::is_some) => {}
            }
            command.stdin.lock().await.take();
        });
    }

    async fn pump(
        self: Arc<Self>,
        mut out: pipe::Receiver,
        mut err: pipe::Receiver,
        paths: [PathBuf; 3],
    ) {
        let mut ended = self.status.subscribe();
        let (mut from_out, mut from_err) =
            (BytesMut::with_capacity(READ), BytesMut::with_capacity(READ));
        let status = loop {
            tokio::select! {
                biased;
                status = ended.wait_for(Option::is_some) => break status.ok().and_then(|status| *status),
                () = self.log.room() => {}
            }
            from_out.reserve(READ);
            from_err.reserve(READ);
            tokio::select! {
                Ok(_) = out.read_buf(&mut from_out) => self.take(Stream::Stdout, &mut from_out),
                Ok(_) = err.read_buf(&mut from_err) => self.take(Stream::Stderr, &mut from_err),
                status = ended.wait_for(Option::is_some) => break status.ok().and_then(|status| *status),
            }
        };
        // All that the command wrote is in the pipes now.
        self.drain(Stream::Stdout, &out);
        self.drain(Stream::Stderr, &err);
        self.exit.send_replace(Some(status.unwrap_or(-1)));
        self.log.end();
        self.stdin.lock().await.take();
        // Processes left in the background may write on, and must not die of it.
        let rest = [&paths[0], &paths[1]].map(|path| pipe::OpenOptions::new().open_receiver(path));
        drop((out, err));
        for path in &paths {
            let _ = std::fs::remove_file(path);
        }
        let [out, err] = rest;
        tokio::join!(
            self.linger(Stream::Stdout, out),
            self.linger(Stream::Stderr, err)
        );
    }

    fn take(&self, stream: Stream, from: &mut BytesMut) {
        if !from.is_empty() {
            // A full disk loses output, not the command.
            let _ = self.log.push(stream, from.split().freeze());
        }
    }

    fn drain(&self, stream: Stream, pipe: &pipe::Receiver) {
        read_rest(pipe, |buffer| self.take(stream, buffer));
    }

    async fn linger(&self, stream: Stream, pipe: io::Result<pipe::Receiver>) {
        let Ok(mut pipe) = pipe else { return };
        let mut buffer = BytesMut::new();
        loop {
            buffer.reserve(READ);
            match pipe.read_buf(&mut buffer).await {
                // Nobody takes it any more where it passes or has passed.
                Ok(1..) if !self.log.is_kept() || self.followed.load(Ordering::Relaxed) => {
                    buffer.clear();
                }
                Ok(1..) => self.take(stream, &mut buffer),
                _ => return,
            }
        }
    }
}
