//! Ctrl-C and SIGTERM: the end of a wait, with a word on what was left behind.

use std::future::Future;

use crate::error::{Error, Kind, Result};

/// Returns once the user or the system wants us to end.
pub(super) async fn requested() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
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

/// The error for it.
pub(super) fn interrupted(what: &str) -> Error {
    Error::new(Kind::Interrupted, format!("interrupted {what}"))
}
