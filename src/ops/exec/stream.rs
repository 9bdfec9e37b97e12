//! Runs one command and passes its streams on while it runs.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Body;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio_util::io::ReaderStream;
use tokio_util::sync::CancellationToken;

use crate::api::types::{Sandbox, SessionInput};
use crate::api::{Client, Stream};
use crate::error::{Error, Kind, Result};

use super::command::Command;
use super::script::Stdin;
use super::toolbox_session::ToolboxSession;

/// One request's worth of standard input.
const CHUNK: usize = 48 * 1024;

/// How long the output of a command that has ended may still be on its way.
const LAST_WORDS: Duration = Duration::from_millis(300);

/// The input of a command that has none.
pub type NoInput = tokio::io::Empty;

/// How a command came to its end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ended {
    /// By itself, with this exit code.
    Code(i32),
    /// It was ended because its time was over.
    TimedOut,
    /// It was ended because the caller wanted so.
    Cancelled,
    /// It was ended because nobody takes its output any more.
    OutputClosed,
}

/// What may end a command before its own end.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// How long it may run.
    pub timeout: Option<Duration>,
    /// Ends it.
    pub cancel: CancellationToken,
}

/// Runs `command` in a sandbox that runs. Its output goes to `sink` as it comes, `input` to its standard input.
/// However this ends, also when it is dropped, the command does not outlive it.
pub async fn stream<R: AsyncRead + Unpin + Send + 'static>(
    client: &Arc<Client>,
    sandbox: &Sandbox,
    command: &Command,
    input: Option<R>,
    limits: &Limits,
    sink: &mut (dyn FnMut(Stream, &[u8]) -> io::Result<()> + Send),
) -> Result<Ended> {
    let engine = client.is_engine();
    let session = ToolboxSession::new(client, client.toolbox(sandbox).await?);
    // Only our engine can be told where the input ends; elsewhere it is a file.
    let (stdin, whole) = match (&input, engine) {
        (None, _) => (Stdin::Nothing, None),
        (Some(_), true) => (Stdin::Passed, None),
        (Some(_), false) => {
            let path = format!("/tmp/.daytona-stdin-{}", session.id());
            (Stdin::File(path.clone()), Some(path))
        }
    };
    let text = command.text(&stdin)?;
    let driving = async {
        match (input, whole) {
            (Some(input), Some(path)) => {
                let content = Body::wrap_stream(ReaderStream::new(input));
                client
                    .upload_file(session.toolbox(), &path, content)
                    .await?;
                drive(client, &session, engine, &text, None::<NoInput>, sink).await
            }
            (input, _) => drive(client, &session, engine, &text, input, sink).await,
        }
    };
    let outcome = {
        tokio::pin!(driving);
        tokio::select! {
            biased;
            () = limits.cancel.cancelled() => {
                // What it says of the interruption is passed on, as long as it takes to end.
                let over = async {
                    session.interrupt().await;
                    tokio::time::sleep(LAST_WORDS).await;
                };
                tokio::select! {
                    _ = &mut driving => {}
                    () = over => {}
                }
                Ok(Ended::Cancelled)
            }
            () = after(limits.timeout) => Ok(Ended::TimedOut),
            outcome = &mut driving => outcome,
        }
    };
    session.end().await;
    outcome
}

async fn after(timeout: Option<Duration>) {
    match timeout {
        Some(timeout) => tokio::time::sleep(timeout).await,
        None => std::future::pending().await,
    }
}

async fn drive<R: AsyncRead + Unpin + Send>(
    client: &Client,
    session: &ToolboxSession,
    engine: bool,
    text: &str,
    input: Option<R>,
    sink: &mut (dyn FnMut(Stream, &[u8]) -> io::Result<()> + Send),
) -> Result<Ended> {
    session.open(engine).await?;
    let (toolbox, id) = (session.toolbox(), session.id());
    let command = client.session_exec(toolbox, id, text).await?.cmd_id;
    let mut logs = client.log_stream(toolbox, id, &command, true).await?;
    let feeding = feed(client, session, &command, input);
    tokio::pin!(feeding);
    let mut fed = false;
    loop {
        tokio::select! {
            chunk = logs.next() => match chunk? {
                Some((stream, bytes)) if sink(stream, &bytes).is_err() => return Ok(Ended::OutputClosed),
                Some(_) => {}
                None => break,
            },
            outcome = &mut feeding, if !fed => {
                outcome?;
                fed = true;
            }
        }
    }
    if let Some(code) = logs.exit_code() {
        session.ended();
        return Ok(Ended::Code(code));
    }
    exit_code(client, toolbox, id, &command)
        .await
        .map(Ended::Code)
}

/// Passes the input on, in order, and says where it ends.
async fn feed<R: AsyncRead + Unpin + Send>(
    client: &Client,
    session: &ToolboxSession,
    command: &str,
    input: Option<R>,
) -> Result<()> {
    let Some(mut input) = input else {
        return Ok(());
    };
    let mut buffer = vec![0; CHUNK];
    loop {
        let count = input.read(&mut buffer).await.map_err(|error| {
            Error::new(Kind::Other, "cannot read the standard input").because(error)
        })?;
        let chunk = SessionInput {
            data: STANDARD.encode(&buffer[..count]),
            base64: true,
            eof: count == 0,
        };
        match client
            .session_input(session.toolbox(), session.id(), command, &chunk)
            .await
        {
            Ok(()) if count > 0 => {}
            Ok(()) => return Ok(()),
            // It ended, or closed its input, before it had read everything: as with a pipe, that is its choice.
            Err(error) if matches!(error.kind(), Kind::NotFound | Kind::Conflict) => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}

/// The exit code, which may come a moment after the last output.
async fn exit_code(client: &Client, toolbox: &str, session: &str, command: &str) -> Result<i32> {
    let mut pause = Duration::from_millis(2);
    let mut waited = Duration::ZERO;
    loop {
        if let Some(code) = client
            .session_command(toolbox, session, command)
            .await?
            .exit_code
        {
            return Ok(code);
        }
        if waited > Duration::from_secs(5) {
            return Err(Error::new(
                Kind::Unavailable,
                "the command's output ended, but the server does not say with which exit code",
            ));
        }
        tokio::time::sleep(pause).await;
        waited += pause;
        pause = (pause * 2).min(Duration::from_millis(250));
    }
}
