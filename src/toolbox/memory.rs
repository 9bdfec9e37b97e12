//! The memory limit where no cgroup holds the sandbox to it: the largest process is killed beyond it.

use std::fs;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

/// How often memory is looked at.
const PERIOD: Duration = Duration::from_millis(200);

/// What all processes hold, in bytes.
pub(super) fn used() -> u64 {
    let page = rustix::param::page_size() as u64;
    resident(page)
        .into_iter()
        .map(|(pid, bytes)| share(pid).unwrap_or(bytes))
        .sum()
}

/// Watches for as long as the agent runs; `limit` is in bytes.
pub(super) async fn watch(limit: u64) {
    let page = rustix::param::page_size() as u64;
    loop {
        tokio::time::sleep(PERIOD).await;
        let processes = resident(page);
        let total: u64 = processes.iter().map(|(_, bytes)| bytes).sum();
        // Pages that processes share were counted for each: look closer before killing.
        if total > limit
            && processes
                .iter()
                .map(|(pid, bytes)| share(*pid).unwrap_or(*bytes))
                .sum::<u64>()
                > limit
        {
            let largest = processes
                .iter()
                .filter(|(pid, _)| *pid != 1)
                .max_by_key(|(_, bytes)| *bytes);
            if let Some(pid) = largest.and_then(|(pid, _)| Pid::from_raw(*pid)) {
                let _ = kill_process(pid, Signal::KILL);
            }
        }
    }
}

/// Every process with the memory that it holds.
fn resident(page: u64) -> Vec<(i32, u64)> {
    let pids = fs::read_dir("/proc").into_iter().flatten().flatten();
    pids.filter_map(|entry| {
        let pid = entry.file_name().to_str()?.parse().ok()?;
        let statm = fs::read_to_string(entry.path().join("statm")).ok()?;
        let pages: u64 = statm.split(' ').nth(1)?.parse().ok()?;
        Some((pid, pages * page))
    })
    .collect()
}

/// The process's fair share of the pages that it holds, in bytes.
fn share(pid: i32) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}
