//! A sandbox's first process: known by pid and start time, so that a pid used again is no mistake.

use std::fs;
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{
    Pid, PidfdFlags, Signal, WaitId, WaitIdOptions, pidfd_open, pidfd_send_signal, waitid,
};
use serde::{Deserialize, Serialize};

use super::blocks::Block;
use crate::syscall;

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
    /// Its ids on this host, where it has its own.
    #[serde(default)]
    pub(super) block: Option<Block>,
    /// The runtime's folder that it belongs to: see [`place`].
    #[serde(default)]
    pub(super) place: String,
}

/// What tells a runtime's folder from a copy of it, in which the same handles are stored: the copy's
/// engine must not touch what the original's runs.
pub(super) fn place(folder: &Path) -> std::io::Result<String> {
    let meta = fs::metadata(folder)?;
    Ok(format!("{}:{}", meta.dev(), meta.ino()))
}

impl Handle {
    /// The handle of a process that was just made.
    pub(super) fn of(pid: i32, cgroups: Vec<String>, place: &str) -> Self {
        Self {
            block: None,
            place: place.to_owned(),
            pid,
            start: start_time(pid).unwrap_or(0),
            boot: boot_id(),
            cgroups,
        }
    }

    /// A stored handle; none where it is not of this place.
    pub(super) fn parse(text: &str, place: &str) -> Option<Self> {
        serde_json::from_str(text)
            .ok()
            .filter(|handle: &Self| handle.is_of(place))
    }

    /// Whether the process is one of the runtime in that place.
    pub(super) fn is_of(&self, place: &str) -> bool {
        self.place == place
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

/// Whether the process has ended.
pub(super) fn has_ended(pidfd: &OwnedFd) -> bool {
    await_end(pidfd, Duration::ZERO)
}

/// Waits until the process has ended; false if it has not in time. Blocks.
pub(super) fn await_end(pidfd: &OwnedFd, time: Duration) -> bool {
    let mut polled = [PollFd::new(pidfd, PollFlags::IN)];
    let time = Timespec::try_from(time).ok();
    poll(&mut polled, time.as_ref()).is_ok_and(|count| count > 0)
}

/// Sends a signal; ok if the process has ended.
pub(super) fn signal(pidfd: &OwnedFd, signal: Signal) {
    let _ = pidfd_send_signal(pidfd, signal);
}

/// Takes the exit status of a child that has ended, or ends now.
pub(super) fn reap(pidfd: &OwnedFd) {
    let _ = waitid(WaitId::PidFd(pidfd.as_fd()), WaitIdOptions::EXITED);
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
        WaitId::PidFd(fd.get_ref().as_fd()),
        WaitIdOptions::EXITED | WaitIdOptions::NOHANG,
    )
    .ok()??;
    match (status.exit_status(), status.terminating_signal()) {
        (Some(code), _) => Some(format!("its first process exited with status {code}")),
        (_, Some(signal)) => Some(format!("its first process was ended by signal {signal}")),
        _ => None,
    }
}

/// Kills the first processes of a sandbox, found by the disk that is their root; waits for their end.
pub(super) fn end_all_of(id: &str) -> anyhow::Result<()> {
    let disk = format!("upperdir={}/{id}/upper", super::disk::SANDBOXES);
    for entry in fs::read_dir("/proc")?.flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|pid| pid.parse().ok()) else {
            continue;
        };
        let Some(pidfd) =
            Pid::from_raw(pid).and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok())
        else {
            continue;
        };
        let mounts = fs::read_to_string(entry.path().join("mountinfo")).unwrap_or_default();
        if mounts
            .lines()
            .next()
            .is_some_and(|root| root.contains(&disk))
        {
            signal(&pidfd, Signal::KILL);
            await_end(&pidfd, Duration::from_secs(5));
        }
    }
    Ok(())
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
        let mut handle = Handle::of(own, Vec::new(), "1:2");
        assert!(handle.open().is_some());
        handle.start += 1;
        assert!(handle.open().is_none());
        handle.start -= 1;
        handle.boot = "another".into();
        assert!(handle.open().is_none());
    }

    #[test]
    fn a_copy_of_the_folder_does_not_own_what_the_original_runs() {
        let (original, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let here = place(original.path()).unwrap();
        let own = i32::try_from(std::process::id()).unwrap();
        let stored = serde_json::to_string(&Handle::of(own, Vec::new(), &here)).unwrap();
        assert!(Handle::parse(&stored, &here).is_some());
        assert!(Handle::parse(&stored, &place(copy.path()).unwrap()).is_none());
    }
}
