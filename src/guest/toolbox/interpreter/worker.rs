//! The Python process of a context, and one piece of code that runs in it.

use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream as Pair;
use std::path::Path;
use std::process::Stdio;

use bytes::BytesMut;
use futures_util::StreamExt as _;
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;
use tokio::net::unix::pipe;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio_util::codec::{FramedRead, LinesCodec};

use crate::api::types::InterpreterEvent;

use super::super::http::Toolbox;
use crate::guest::group::Group;
use crate::guest::nonblocking_read::read_rest;
use crate::guest::spawn::Started;

const SCRIPT: &str = include_str!("worker.py");
/// How much is read at once of what subprocesses write.
const READ: usize = 16 << 10;
/// The longest event. Ours are shorter; what runs in the process may write to its socket too.
const LONGEST_EVENT: usize = 4 << 20;

pub(super) struct Worker {
    pid: u32,
    requests: OwnedWriteHalf,
    events: FramedRead<OwnedReadHalf, LinesCodec>,
    /// What does not go through Python: the output of subprocesses and libraries.
    raw: [Raw; 2],
}

struct Raw {
    kind: &'static str,
    pipe: pipe::Receiver,
    held: BytesMut,
    open: bool,
}

/// What is heard of a worker.
pub(super) enum Heard {
    Event(InterpreterEvent),
    /// The code has ended: `completed` or `interrupted`.
    Done(InterpreterEvent),
    /// The process has.
    Dead,
}

impl Worker {
    /// Starts Python; it ends with the group.
    pub(super) fn start(toolbox: &Toolbox, cwd: &Path) -> io::Result<(Self, Group)> {
        let (ours, theirs) = Pair::pair()?;
        let (out, out_end) = io::pipe()?;
        let (err, err_end) = io::pipe()?;
        let mut command = toolbox.programs.program("python3");
        command
            .args(["-u", "-c", SCRIPT])
            .current_dir(cwd)
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(out_end)
            .stderr(err_end);
        // That it has ended is seen by its socket.
        let Started { child, group, .. } = toolbox.programs.start(command)?;
        ours.set_nonblocking(true)?;
        let (events, requests) = UnixStream::from_std(ours)?.into_split();
        let raw = |kind, end: io::PipeReader| -> io::Result<Raw> {
            Ok(Raw {
                kind,
                pipe: pipe::Receiver::from_owned_fd(end.into())?,
                held: BytesMut::new(),
                open: true,
            })
        };
        let worker = Self {
            pid: child.id(),
            requests,
            events: FramedRead::new(events, LinesCodec::new_with_max_length(LONGEST_EVENT)),
            raw: [raw("stdout", out)?, raw("stderr", err)?],
        };
        Ok((worker, group))
    }

    /// Gives it a piece of code; `false` where it is gone.
    pub(super) async fn begin(&mut self, request: &[u8]) -> bool {
        let line = [request, b"\n"].concat();
        self.requests.write_all(&line).await.is_ok()
    }

    /// As Ctrl-C in a terminal: its subprocesses are asked too.
    pub(super) fn interrupt(&self) {
        if let Some(pid) = Pid::from_raw(self.pid.cast_signed()) {
            let _ = kill_process_group(pid, Signal::INT);
        }
    }

    /// The next that is heard. May be dropped while it waits.
    pub(super) async fn hear(&mut self) -> Heard {
        let [out, err] = &mut self.raw;
        tokio::select! {
            biased;
            line = self.events.next() => {
                let event = line
                    .and_then(Result::ok)
                    .and_then(|line| serde_json::from_str::<InterpreterEvent>(&line).ok());
                match event {
                    Some(event) if event.r#type == "control" => Heard::Done(event),
                    Some(event) => Heard::Event(event),
                    None => Heard::Dead,
                }
            }
            text = out.read(), if out.open => Heard::Event(printed(out.kind, text)),
            text = err.read(), if err.open => Heard::Event(printed(err.kind, text)),
        }
    }

    /// What is in the pipes already.
    pub(super) fn rest(&mut self) -> Vec<InterpreterEvent> {
        let rest = self.raw.iter_mut().map(|raw| printed(raw.kind, raw.rest()));
        rest.filter(|event| !event.text.is_empty()).collect()
    }
}

fn printed(kind: &str, text: String) -> InterpreterEvent {
    InterpreterEvent {
        r#type: kind.to_owned(),
        text,
        ..InterpreterEvent::default()
    }
}

impl Raw {
    async fn read(&mut self) -> String {
        loop {
            self.held.reserve(READ);
            self.open = matches!(self.pipe.read_buf(&mut self.held).await, Ok(1..));
            let text = self.take();
            if !self.open || !text.is_empty() {
                return text;
            }
        }
    }

    fn rest(&mut self) -> String {
        let held = &mut self.held;
        read_rest(&self.pipe, |more| held.extend_from_slice(more));
        String::from_utf8_lossy(&self.held.split()).into_owned()
    }

    /// The text so far, but not a character of which only the beginning is there.
    fn take(&mut self) -> String {
        let whole = match std::str::from_utf8(&self.held) {
            Err(error) if error.error_len().is_none() && self.open => error.valid_up_to(),
            _ => self.held.len(),
        };
        String::from_utf8_lossy(&self.held.split_to(whole)).into_owned()
    }
}
