//! Logs: on stderr, where they are asked for (`DAYTONA_LOG`, `-v`, `-vv`); those of the engine always, and
//! of one in the background in its file, which is put aside when it is large.

use std::path::Path;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::error::{Error, Result};
use crate::mcp::LogFile;

/// Who logs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Logs {
    /// A command: where it is asked.
    Command,
    /// The engine in the foreground: on stderr.
    Engine,
    /// The engine in the background: in its file.
    Background,
}

/// Starts logging; nothing is set up where nobody asked. A person at a terminal knows what time it is.
/// `file` is the engine's.
pub(super) fn start(
    logs: Logs,
    filter: Option<&str>,
    verbose: u8,
    terminal: bool,
    file: &Path,
) -> Result<()> {
    let own = |level| Targets::new().with_target("daytona", level);
    let filter = match (filter, verbose) {
        (Some(filter), _) => filter
            .parse()
            .map_err(|error| Error::usage(format!("DAYTONA_LOG: {error}")))?,
        (None, 0) if logs == Logs::Command => return Ok(()),
        (None, 0) => own(LevelFilter::INFO),
        (None, 1) => own(LevelFilter::DEBUG),
        (None, _) => own(LevelFilter::TRACE)
            .with_target("hyper", LevelFilter::DEBUG)
            .with_target("reqwest", LevelFilter::DEBUG),
    };
    if logs == Logs::Background {
        let file = LogFile::open(file)?;
        let lines = fmt::layer()
            .with_ansi(false)
            .with_target(false)
            .with_writer(move || file.clone())
            .with_filter(filter);
        let _ = tracing_subscriber::registry().with(lines).try_init();
        return Ok(());
    }
    let lines = fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(terminal)
        .with_target(false);
    let lines = if terminal {
        lines.without_time().with_filter(filter).boxed()
    } else {
        lines.with_filter(filter).boxed()
    };
    let _ = tracing_subscriber::registry().with(lines).try_init();
    Ok(())
}
