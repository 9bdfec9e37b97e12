//! This terminal joined to one in a sandbox, until what runs there ends.

use std::time::Duration;

use tokio::io::AsyncReadExt as _;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::api::types::PtyNew;
use crate::api::{Client, Shown};
use crate::cli::interrupt;
use crate::cli::session::Session;
use crate::error::{Context as _, Error, Kind, Result};

use super::raw::{Raw, size};

/// How long the far end may take to be ended where we go first.
const CLEAN_UP: Duration = Duration::from_secs(5);

/// What runs in the sandbox, and for how long.
pub(super) struct Run<'a> {
    pub(super) client: &'a Client,
    pub(super) toolbox: &'a str,
    pub(super) new: PtyNew,
    /// Whether what is typed goes there.
    pub(super) keys: bool,
    pub(super) limit: Option<Duration>,
}

/// Its exit code, or none where its time was over. Whatever the way out, nothing is left running there
/// that nobody would come back to, and this terminal is as it was.
pub(super) async fn join(session: &Session, mut run: Run<'_>) -> Result<Option<u8>> {
    (run.new.cols, run.new.rows) = {
        let (cols, rows) = size();
        (Some(cols), Some(rows))
    };
    let over = async {
        match run.limit {
            Some(limit) => tokio::time::sleep(limit).await,
            None => std::future::pending().await,
        }
    };
    let ended = tokio::select! {
        ended = converse(session, &run) => ended.map(Some),
        () = over => Ok(None),
    };
    if !matches!(ended, Ok(Some(_))) {
        let deletion = run.client.delete_terminal(run.toolbox, &run.new.id);
        let _ = interrupt::winding_up(session, deletion, CLEAN_UP).await;
    }
    ended
}

async fn converse(session: &Session, run: &Run<'_>) -> Result<u8> {
    let heard = |kind: SignalKind| -> Result<Signal> {
        signal(kind).context(Kind::Internal, || "cannot listen for signals".to_owned())
    };
    let mut resized = heard(SignalKind::window_change())?;
    let asked = interrupt::requested();
    tokio::pin!(asked);
    let opening = run.client.open_terminal(run.toolbox, &run.new);
    let (mut screen, mut keyboard) = tokio::select! {
        opened = opening => opened?,
        () = &mut asked => return Err(interrupt::interrupted("before the terminal was opened")),
    };
    let raw = run.keys.then(Raw::enter).transpose()?;
    let mut stdin = tokio::io::stdin();
    let mut typed = vec![0; 4096];
    let mut open = run.keys;
    loop {
        tokio::select! {
            shown = screen.next() => match shown? {
                Shown::Output(bytes) => {
                    if session.printer.stdout(&bytes).is_err() {
                        return Err(Error::new(Kind::Other, "nobody reads the output any more"));
                    }
                }
                Shown::Exited(code) => {
                    drop(raw);
                    return Ok(u8::try_from(code).unwrap_or(255));
                }
            },
            count = stdin.read(&mut typed), if open => match count {
                Ok(count) if count > 0 => keyboard.send(&typed[..count]).await?,
                _ => open = false,
            },
            _ = resized.recv() => {
                // It may have ended this very moment: the screen tells.
                let _ = run.client.resize_terminal(run.toolbox, &run.new.id, size()).await;
            }
            // Also where the window is closed: without this the far end would live on.
            () = &mut asked => return Err(interrupt::interrupted("; the command was ended")),
        }
    }
}
