//! Standard input and output as the server's transport: every request is answered, whatever its form.
//!
//! What the protocol's library would drop in silence, or answer without an id, is answered here; what it
//! gets is always in the right form. Ids are ours on its side and the client's on the other.

mod book;
mod form;
mod line;
mod params;
mod scan;
mod write;

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rmcp::model::{CancelledNotification, CancelledNotificationParam, ErrorData, JsonRpcMessage};
use rmcp::service::RoleServer;
use rmcp::transport::Transport;
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use book::{Book, ToClient};
use form::{Form, FromClient};
use line::{LONGEST_LINE, Line, Lines};
use scan::Scan;
use write::Writer;

/// How many requests may be open before no more is read.
const MOST_OPEN: usize = 1024;
/// How many messages a batch may hold.
const MOST_IN_BATCH: usize = 256;
/// How many bytes may wait for a client that does not read before no more is read from it.
const MOST_WAITING: usize = 64 << 20;
/// How often to look whether there is room again.
const LOOK: Duration = Duration::from_millis(50);
/// What stands before the text in some files.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The transport.
pub(super) struct Stdio {
    lines: mpsc::Receiver<Line>,
    /// Messages that were split from a batch.
    ready: VecDeque<FromClient>,
    writer: Writer,
    book: Arc<Mutex<Book>>,
    /// Nobody reads what is written.
    broken: CancellationToken,
}

/// The other end of it.
pub(super) struct Client {
    /// Cancelled once the client has closed standard input or output.
    pub(super) gone: CancellationToken,
    writer: Writer,
}

impl Client {
    /// Waits until all that was said is written.
    pub(super) async fn flush(&self) {
        let _ = self.writer.put(Vec::new()).await;
    }
}

/// Opens standard input and output.
pub(super) fn open() -> (Stdio, Client) {
    let (input, output) = rmcp::transport::stdio_pipes();
    Stdio::over(input, output, hung_up)
}

impl Stdio {
    fn over(
        input: impl AsyncRead + Send + Unpin + 'static,
        output: impl AsyncWrite + Send + Unpin + 'static,
        hung_up: fn() -> bool,
    ) -> (Self, Client) {
        let (gone, broken) = (CancellationToken::new(), CancellationToken::new());
        let writer = Writer::start(output, broken.clone());
        let book = Arc::<Mutex<Book>>::default();
        let (read, lines) = mpsc::channel(1);
        let pace = Pace {
            writer: writer.clone(),
            book: Arc::clone(&book),
            hung_up,
            gone: gone.clone(),
        };
        let (closing, breaking) = (gone.clone(), broken.clone());
        tokio::spawn(async move {
            tokio::select! {
                () = read_all(Lines::new(input, LONGEST_LINE), read, pace) => {}
                () = breaking.cancelled() => {}
            }
            closing.cancel();
        });
        let client = Client {
            gone,
            writer: writer.clone(),
        };
        let stdio = Self {
            lines,
            ready: VecDeque::new(),
            writer,
            book,
            broken,
        };
        (stdio, client)
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what there is to write. Nobody waits for it here.
    fn say(&self, line: Option<Vec<u8>>) {
        if let Some(line) = line {
            drop(self.writer.put(line));
        }
    }

    fn refuse(&self, id: Option<Value>, batch: Option<i64>, why: &ErrorData) {
        let line = self.book().error(id, batch, why);
        self.say(line);
    }

    /// Takes a line apart: what is for the server's core is ready then, all else answered.
    fn take(&mut self, line: Line) {
        match line {
            Line::TooLong(scan, length) => {
                let why = format!(
                    "the message has {length} bytes; the longest that is read has {LONGEST_LINE}"
                );
                self.refuse_unread(scan, &ErrorData::invalid_request(why, None));
            }
            Line::Whole(line) => {
                let text = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&line);
                let text = text.trim_ascii();
                if text.is_empty() {
                    return;
                }
                match serde_json::from_slice(text) {
                    Ok(Value::Array(messages)) => self.take_batch(messages),
                    Ok(message) => self.take_message(message, None),
                    Err(error) => {
                        let why = ErrorData::parse_error(unreadable(text, &error), None);
                        self.refuse_unread(Scan::of(text), &why);
                    }
                }
            }
        }
    }

    fn refuse_unread(&self, scan: Scan, why: &ErrorData) {
        if !scan.is_response() {
            self.refuse(scan.id(), None, why);
        }
    }

    fn take_batch(&mut self, messages: Vec<Value>) {
        let why = match messages.len() {
            0 => Some("a batch must not be empty".to_owned()),
            _ if !self.book().takes_batches() => Some(
                "batches are not part of this version of the protocol: send one message a line"
                    .to_owned(),
            ),
            count if count > MOST_IN_BATCH => Some(format!(
                "the batch has {count} messages; at most {MOST_IN_BATCH} are read"
            )),
            _ => None,
        };
        let Some(why) = why else {
            let batch = self.book().begin_batch(messages.len());
            for message in messages {
                self.take_message(message, Some(batch));
            }
            return;
        };
        let why = ErrorData::invalid_request(why, None);
        // Who waits for an answer gets it by its id.
        let mut ids = Vec::new();
        for message in messages {
            match Form::of(message) {
                Form::Request { id, .. } | Form::Wrong { id: Some(id), .. } => ids.push(Some(id)),
                _ => {}
            }
        }
        if ids.is_empty() {
            ids.push(None);
        }
        for id in ids {
            self.refuse(id, None, &why);
        }
    }

    fn take_message(&mut self, message: Value, batch: Option<i64>) {
        match Form::of(message) {
            Form::Request { id, request } => {
                if batch.is_some() && request.method == "initialize" {
                    let why = "initialize must not be part of a batch";
                    self.refuse(Some(id), batch, &ErrorData::invalid_request(why, None));
                    return;
                }
                let ours = {
                    let mut book = self.book();
                    book.hear_version(request.version());
                    book.open(id.clone(), batch)
                };
                let Some(ours) = ours else {
                    let why = "a request with this id is still open: each needs an id of its own";
                    self.refuse(Some(id), batch, &ErrorData::invalid_request(why, None));
                    return;
                };
                match request.under(ours) {
                    Ok(message) => self.ready.push_back(message),
                    Err(why) => {
                        let ours = rmcp::model::NumberOrString::Number(ours);
                        let line = self.book().outgoing(JsonRpcMessage::error(why, Some(ours)));
                        self.say(line);
                    }
                }
                return;
            }
            Form::Cancelled { id, params } => {
                let cancelled = self.book().cancel(&id);
                if let Some((ours, line)) = cancelled {
                    self.say(line);
                    self.ready.push_back(cancellation(ours, &params));
                }
            }
            Form::Response { id, message } => {
                let asked = self.book().answered(&id);
                let message = asked.map(|asked| form::response(&asked, message));
                self.ready.extend(message);
            }
            Form::Wrong { id, why } => {
                self.refuse(id, batch, &why);
                return;
            }
            Form::Nothing => {}
        }
        if let Some(batch) = batch {
            let line = self.book().settle(batch, None);
            self.say(line);
        }
    }
}

impl Transport<RoleServer> for Stdio {
    type Error = io::Error;

    fn send(&mut self, message: ToClient) -> impl Future<Output = io::Result<()>> + Send + 'static {
        let line = self.book().outgoing(message);
        let written = line.map(|line| self.writer.put(line));
        async move {
            match written {
                Some(written) => written.await,
                None => Ok(()),
            }
        }
    }

    async fn receive(&mut self) -> Option<FromClient> {
        loop {
            if let Some(message) = self.ready.pop_front() {
                return Some(message);
            }
            let line = tokio::select! {
                line = self.lines.recv() => line?,
                () = self.broken.cancelled() => return None,
            };
            self.take(line);
        }
    }

    async fn close(&mut self) -> io::Result<()> {
        // Who ends the server waits for what is still to be written, as long as that is wise.
        Ok(())
    }
}

fn cancellation(ours: i64, params: &serde_json::Map<String, Value>) -> FromClient {
    let reason = params.get("reason").and_then(Value::as_str);
    let params = CancelledNotificationParam::new(
        Some(rmcp::model::NumberOrString::Number(ours)),
        reason.map(str::to_owned),
    );
    JsonRpcMessage::notification(CancelledNotification::new(params).into())
}

/// Why a message cannot be read, in words for whoever wrote it.
fn unreadable(text: &[u8], error: &serde_json::Error) -> String {
    if let Err(error) = std::str::from_utf8(text) {
        let at = error.valid_up_to();
        return format!("the message is not UTF-8: byte {at} is 0x{:02x}", text[at]);
    }
    let reason = error.to_string();
    let at = error.column();
    if reason.contains("surrogate") || reason.contains("unicode code point") {
        return format!(
            "a text holds half of a surrogate pair, at byte {at}: that is no character"
        );
    }
    if reason.contains("recursion") {
        return format!("the message is nested too deeply, at byte {at}");
    }
    format!("the message is not JSON, at byte {at}")
}

/// How fast is read: a client that asks for more than it hears waits.
struct Pace {
    writer: Writer,
    book: Arc<Mutex<Book>>,
    hung_up: fn() -> bool,
    gone: CancellationToken,
}

impl Pace {
    fn is_full(&self) -> bool {
        let book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        book.open_count() >= MOST_OPEN || self.writer.waiting() >= MOST_WAITING
    }

    /// Waits until there is room. That the client has gone is noticed also where nothing is read.
    async fn room(&self) {
        while self.is_full() {
            self.look().await;
        }
    }

    async fn look(&self) {
        if (self.hung_up)() {
            self.gone.cancel();
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Reads until the end.
async fn read_all<R: AsyncRead + Unpin>(mut lines: Lines<R>, read: mpsc::Sender<Line>, pace: Pace) {
    loop {
        pace.room().await;
        let line = match lines.next().await {
            Ok(Some(line)) => line,
            Ok(None) => return,
            Err(error) => {
                tracing::warn!("standard input broke: {error}");
                return;
            }
        };
        let sent = read.send(line);
        tokio::pin!(sent);
        loop {
            tokio::select! {
                biased;
                sent = &mut sent => match sent {
                    Ok(()) => break,
                    Err(_) => return,
                },
                () = pace.look() => {}
            }
        }
    }
}

/// Whether the other end of standard input is closed, though not all was read.
#[cfg(unix)]
fn hung_up() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let stdin = io::stdin();
    let mut polled = [PollFd::new(&stdin, PollFlags::empty())];
    let now = Timespec::default();
    poll(&mut polled, Some(&now)).is_ok_and(|count| count > 0)
}

/// Whether the other end of standard input is closed, though not all was read.
#[cfg(not(unix))]
fn hung_up() -> bool {
    false
}
