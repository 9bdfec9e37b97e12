//! A sandbox's first process: known by pid and start time, so that a pid used again is no mistake.

use std::fs;
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::process::{
    Pid, PidfdFlags, Signal, WaitId, WaitIdOptions, pidfd_open, pidfd_send_signal, waitid,
};
use serde::{Deserialize, Serialize};

use super::syscall;

/// How long a request to end is given before it is repeated.
const AGAIN: Duration = Duration::from_millis(200);

/// What is stored of a running sandbox.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Handle {
    /// Its first process.
    pub(super) pid: i32,
    /// When that started, in clock ticks since boot.
    pub(super) start: u64,
    /// The boot it belongs to.
    pub(super) boot: String,
    /// Its control groups.
    pub(super) cgroups: Vec<String>,
}

impl Handle {
    /// The handle of a process that was just made.
    pub(super) fn of(pid: i32, cgroups: Vec<String>) -> Self {
        Self {
            pid,
            start: start_time(pid).unwrap_or(0),
            boot: boot_id(),
            cgroups,
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// A descriptor of the process, if it is still that one and runs.
    pub(super) fn open(&self) -> Option<OwnedFd> {
        if self.boot != boot_id() {
            return None;
        }
        let fd = pidfd_open(Pid::from_raw(self.pid)?, PidfdFlags::empty()).ok()?;
        // Checked after opening: from here on the descriptor cannot become another process.
        (start_time(self.pid)? == self.start && !is_zombie(self.pid)).then_some(fd)
    }
}

/// Sends a signal; ok if the process has ended.
pub(super) fn signal(pidfd: &OwnedFd, signal: Signal) {
    let _ = pidfd_send_signal(pidfd, signal);
}

/// Asks the process to end, for as long as this is awaited: a signal that comes together with one of a
/// program inside is taken for that one.
pub(super) async fn ask_to_end<T>(pidfd: &OwnedFd) -> T {
    loop {
        signal(pidfd, Signal::TERM);
        tokio::time::sleep(AGAIN).await;
    }
}

/// Waits for the end of the process, and takes its exit status if it is our child.
pub(super) async fn wait(pidfd: OwnedFd) -> Option<String> {
    let fd = syscall::watch(pidfd).ok()?;
    let _ = fd.readable().await;
    let status = waitid(
        WaitId::PidFd(std::os::fd::AsFd::as_fd(fd.get_ref())),
        WaitIdOptions::EXITED | WaitIdOptions::NOHANG,
    )
    .ok()??;
    match (status.exit_status(), status.terminating_signal()) {
        (Some(code), _) => Some(format!("its first process exited with status {code}")),
        (_, Some(signal)) => Some(format!("its first process was ended by signal {signal}")),
        _ => None,
    }
}

fn stat(pid: i32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name before it may hold anything, parentheses too.
    Some(stat.rsplit_once(") ")?.1.to_owned())
}

fn start_time(pid: i32) -> Option<u64> {
    stat(pid)?.split(' ').nth(19)?.parse().ok()
}

fn is_zombie(pid: i32) -> bool {
    stat(pid).is_none_or(|stat| stat.starts_with('Z') || stat.starts_with('X'))
}

fn boot_id() -> String {
    fs::read_to_string("/proc/sys/kernel/random/boot_id")
        .unwrap_or_default()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pid_that_was_used_again_is_another_process() {
        let own = i32::try_from(std::process::id()).unwrap();
        let mut handle = Handle::of(own, Vec::new());
        assert!(handle.open().is_some());
        handle.start += 1;
        assert!(handle.open().is_none());
        handle.start -= 1;
        handle.boot = "another".into();
        assert!(handle.open().is_none());
    }
}
