//! Ctrl-C, SIGTERM and the terminal's end: the end of a wait, with a word on what was left behind.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use crate::error::{Error, Kind, Result};

use super::session::Session;

/// After which time a person hears that something is still cleaned up.
const QUIET: Duration = Duration::from_secs(1);

/// Returns once the user or the system wants us to end.
#[cfg(unix)]
pub(super) async fn requested() {
    use tokio::signal::unix::SignalKind;

    tokio::select! {
        () = heard(SignalKind::interrupt()) => {}
        () = heard(SignalKind::terminate()) => {}
        () = heard(SignalKind::hangup()) => {}
    }
}

#[cfg(not(unix))]
pub(super) async fn requested() {
    let _ = tokio::signal::ctrl_c().await;
}

/// Returns at such a signal; never where it was ignored when we were started: by `nohup`, or in the background of
/// a script.
#[cfg(unix)]
pub(super) async fn heard(kind: tokio::signal::unix::SignalKind) {
    if !is_ignored(kind.as_raw_value())
        && let Ok(mut signal) = tokio::signal::unix::signal(kind)
    {
        signal.recv().await;
        return;
    }
    std::future::pending::<()>().await;
}

/// Whether a signal was ignored when this was first asked: listening changes that.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    static IGNORED: std::sync::LazyLock<u64> = std::sync::LazyLock::new(|| {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        line.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
            .unwrap_or(0)
    });
    *IGNORED >> (signal - 1) & 1 == 1
}

/// The future's result, unless we are to end before.
pub(super) async fn stoppable<T>(
    future: impl Future<Output = Result<T>>,
    doing: &str,
) -> Result<T> {
    tokio::select! {
        // What the work itself says of an interruption is more exact.
        biased;
        result = future => result,
        () = requested() => Err(interrupted(&format!("while {doing}"))),
    }
}

/// Why cleaning up was given up.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cut {
    /// The user wants to wait no longer.
    Interrupted,
    /// It took too long.
    TimedOut,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Interrupted => "interrupted",
            Self::TimedOut => "the server did not answer in time",
        })
    }
}

impl Cut {
    /// The error for it, with what may be left.
    pub(super) fn error(self, left: &str) -> Error {
        interrupted(&match self {
            Self::Interrupted => format!("twice; {left}"),
            Self::TimedOut => format!("; the server did not answer in time, {left}"),
        })
    }
}

/// Cleans up, for at most that long. Where it takes its time a person is told, and may end it by another Ctrl-C.
pub(super) async fn winding_up<T>(
    session: &Session,
    work: impl Future<Output = T>,
    most: Duration,
) -> Result<T, Cut> {
    tokio::pin!(work);
    let cut = requested();
    tokio::pin!(cut);
    tokio::select! {
        biased;
        done = &mut work => return Ok(done),
        () = &mut cut => return Err(Cut::Interrupted),
        () = tokio::time::sleep(QUIET) => {}
    }
    session
        .printer
        .status("cleaning up; press Ctrl-C to stop waiting");
    tokio::select! {
        biased;
        done = &mut work => Ok(done),
        () = &mut cut => Err(Cut::Interrupted),
        () = tokio::time::sleep(most) => Err(Cut::TimedOut),
    }
}

/// The error for it.
pub(super) fn interrupted(what: &str) -> Error {
    let space = if what.starts_with(';') { "" } else { " " };
    Error::new(Kind::Interrupted, format!("interrupted{space}{what}"))
}
