//! A namespace of Python that lives on: one piece of code at a time, in the order in which they came.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use jiff::Timestamp;
use tokio::time::{Instant, sleep_until, timeout};

use crate::api::types::{InterpreterContext, InterpreterEvent, InterpreterRun};

use super::super::http::Toolbox;
use super::worker::{Heard, Worker};
use crate::guest::group::Group;

/// How long code may take to end once it was interrupted.
const GRACE: Duration = Duration::from_secs(2);
/// How long a client may take to receive a message.
const SEND: Duration = Duration::from_secs(30);

pub(super) struct Context {
    id: String,
    cwd: PathBuf,
    created: Timestamp,
    /// Waiting for it is waiting in line.
    worker: tokio::sync::Mutex<Option<Worker>>,
    group: Mutex<Option<Group>>,
}

/// How a piece of code ended, as a close frame says it.
pub(super) type Close = (u16, &'static str);

/// Why it is to end before its time.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Cut {
    Timeout,
    /// Nobody is there to be told.
    Gone,
}

impl Context {
    pub(super) fn new(id: &str, cwd: PathBuf) -> Arc<Self> {
        Arc::new(Self {
            id: id.to_owned(),
            cwd,
            created: Timestamp::now(),
            worker: tokio::sync::Mutex::default(),
            group: Mutex::default(),
        })
    }

    pub(super) fn created(&self) -> Timestamp {
        self.created
    }

    pub(super) fn view(&self) -> InterpreterContext {
        InterpreterContext {
            id: self.id.clone(),
            cwd: self.cwd.to_string_lossy().into_owned(),
            created_at: self.created.to_string(),
            active: true,
            language: "python".to_owned(),
        }
    }

    /// Ends the process, and so what runs in it.
    pub(super) fn end(&self) {
        drop(self.replace(None));
    }

    fn replace(&self, group: Option<Group>) -> Option<Group> {
        let mut own = self.group.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut own, group)
    }

    /// Runs a piece of code when its turn comes, and tells the client.
    pub(super) async fn run(
        &self,
        toolbox: &Toolbox,
        socket: &mut WebSocket,
        run: &InterpreterRun,
    ) -> Option<Close> {
        let mut worker = tokio::select! {
            worker = self.worker.lock() => worker,
            () = gone(socket) => return None,
        };
        let request = serde_json::to_vec(run).unwrap_or_default();
        let begun = match worker.as_mut() {
            Some(worker) => worker.begin(&request).await,
            None => false,
        };
        if !begun {
            // The first piece of code, or the process died since the last.
            *worker = None;
            let Ok((mut new, group)) = Worker::start(toolbox, &self.cwd) else {
                return Some((1011, "cannot start python3 in this sandbox"));
            };
            drop(self.replace(Some(group)));
            if !new.begin(&request).await {
                return Some((1011, "python3 ended at once"));
            }
            *worker = Some(new);
        }
        let seconds = run.timeout.unwrap_or(600).unsigned_abs();
        let limit = (seconds > 0).then(|| Instant::now() + Duration::from_secs(seconds));
        let running = worker.as_mut()?;
        // Dropped with this future (a client that hangs up in a hard way), it is killed.
        let mut watched = Watched(Some(self));
        let end = self.watch(running, socket, limit).await;
        watched.0 = None;
        match end {
            End::Done(cut) => cut_close(cut, (1000, "")),
            End::Dead(cut) => {
                *worker = None;
                self.end();
                cut_close(cut, (1001, "worker process ended"))
            }
        }
    }

    async fn watch(
        &self,
        worker: &mut Worker,
        socket: &mut WebSocket,
        limit: Option<Instant>,
    ) -> End {
        let mut cut = None;
        let mut limit = limit;
        loop {
            let deadline = limit.unwrap_or_else(far);
            tokio::select! {
                heard = worker.hear() => match heard {
                    Heard::Event(event) => {
                        if cut != Some(Cut::Gone) && !tell(socket, &event).await {
                            interrupt(worker, &mut cut, Cut::Gone, &mut limit);
                        }
                    }
                    Heard::Done(event) => {
                        // That its time was over is told by the close: clients that hear of an
                        // interruption take it for the end, and do not wait for the reason.
                        let end = (cut != Some(Cut::Timeout)).then_some(&event);
                        for event in worker.rest().iter().chain(end) {
                            if cut != Some(Cut::Gone) && !tell(socket, event).await {
                                cut = Some(Cut::Gone);
                            }
                        }
                        return End::Done(cut);
                    }
                    Heard::Dead => return End::Dead(cut),
                },
                () = gone(socket), if cut.is_none() => {
                    interrupt(worker, &mut cut, Cut::Gone, &mut limit);
                }
                () = sleep_until(deadline), if limit.is_some() => {
                    if cut.is_some() {
                        // It did not end when it was asked to.
                        self.end();
                        return End::Dead(cut);
                    }
                    interrupt(worker, &mut cut, Cut::Timeout, &mut limit);
                }
            }
        }
    }
}

enum End {
    Done(Option<Cut>),
    Dead(Option<Cut>),
}

/// Ends the worker of a piece of code that nobody watches any more.
struct Watched<'a>(Option<&'a Context>);

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        if let Some(context) = self.0 {
            context.end();
        }
    }
}

fn cut_close(cut: Option<Cut>, otherwise: Close) -> Option<Close> {
    match cut {
        None => Some(otherwise),
        Some(Cut::Timeout) => Some((4008, "execution timeout")),
        Some(Cut::Gone) => None,
    }
}

fn interrupt(worker: &Worker, cut: &mut Option<Cut>, why: Cut, limit: &mut Option<Instant>) {
    let first = cut.is_none();
    *cut = Some(why);
    if first {
        worker.interrupt();
        *limit = Some(Instant::now() + GRACE);
    }
}

fn far() -> Instant {
    Instant::now() + Duration::from_hours(24)
}

/// Resolves when the client has closed, or is not there any more.
async fn gone(socket: &mut WebSocket) {
    loop {
        match socket.recv().await {
            Some(Ok(Message::Close(_)) | Err(_)) | None => return,
            Some(Ok(_)) => {}
        }
    }
}

async fn tell(socket: &mut WebSocket, event: &InterpreterEvent) -> bool {
    let text = serde_json::to_string(event).unwrap_or_default();
    matches!(
        timeout(SEND, socket.send(Message::text(text))).await,
        Ok(Ok(()))
    )
}
