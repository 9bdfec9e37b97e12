//! The end of a sandbox: asked by SIGTERM, its processes are asked in turn, then all end with us.

use std::time::Duration;

use rustix::process::{Pid, Signal};
use tokio::signal::unix::{SignalKind, signal};

/// How long processes may take to end; the engine kills us a little later.
const GRACE: Duration = Duration::from_secs(8);

/// Resolves when we were asked to stop and every other process has ended, or had its time.
pub(super) async fn asked() {
    let Ok(mut asked) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    asked.recv().await;
    for pid in others() {
        let _ = rustix::process::kill_process(pid, Signal::TERM);
    }
    let mut waited = Duration::ZERO;
    while waited < GRACE && !others().is_empty() {
        let step = Duration::from_millis(5);
        tokio::time::sleep(step).await;
        waited += step;
    }
}

fn others() -> Vec<Pid> {
    std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok())
        .filter(|pid| *pid != 1)
        .filter_map(Pid::from_raw)
        .collect()
}
