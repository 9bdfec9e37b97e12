//! Processes that a test may have left behind: found by its home and its sandboxes, and ended by id.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::stopwatch::Stopwatch;

/// Waits until `condition` holds; false if it does not in time.
pub(crate) fn within(time: Duration, mut condition: impl FnMut() -> bool) -> bool {
    let begun = Stopwatch::start();
    loop {
        if condition() {
            return true;
        }
        if begun.elapsed() > time {
            return false;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The ids of those sandboxes of `disks` in which processes live.
pub(crate) fn alive(disks: &[String]) -> Vec<String> {
    let mut ids: Vec<String> = processes()
        .filter_map(|pid| sandbox_of(pid, disks))
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

/// Ends what still runs of the home's engines and sandboxes; what that was.
pub(crate) fn end(home: &Path, disks: &[String]) -> Vec<String> {
    let own = rustix::process::getpid().as_raw_nonzero().get();
    let variable = format!("HOME={}", home.display());
    let belongs = |pid: i32| {
        let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        environment
            .split(|byte| *byte == 0)
            .any(|one| one == variable.as_bytes())
            || sandbox_of(pid, disks).is_some()
    };
    let left = || -> Vec<i32> {
        processes()
            .filter(|pid| *pid != own && belongs(*pid))
            .collect()
    };
    // What was killed a moment ago may need one to go.
    if within(Duration::from_secs(2), || left().is_empty()) {
        return Vec::new();
    }
    let mut ended = Vec::new();
    for pid in left() {
        let command = fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        ended.push(format!("{pid} {}", command.replace('\0', " ")));
        if let Some(pid) = Pid::from_raw(pid) {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
    within(Duration::from_secs(2), || left().is_empty());
    ended
}

/// The sandbox that a process is in. A process that ended has no mounts any more.
fn sandbox_of(pid: i32, disks: &[String]) -> Option<String> {
    let mounts = fs::read_to_string(format!("/proc/{pid}/mountinfo")).ok()?;
    let (_, rest) = mounts.split_once("upperdir=sandboxes/")?;
    let (id, _) = rest.split_once('/')?;
    disks.iter().find(|disk| *disk == id).cloned()
}

fn processes() -> impl Iterator<Item = i32> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// The first process of the only sandbox of `disks`: of its processes the oldest.
pub(crate) fn first_process(disks: &[String]) -> Option<Pid> {
    processes()
        .filter(|pid| sandbox_of(*pid, disks).is_some())
        .min()
        .and_then(Pid::from_raw)
}
