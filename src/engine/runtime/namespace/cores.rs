//! On which cores a sandbox runs: as many as its limit says. Programs that count cores (`nproc`, the
//! runtimes of Go, Java and Node) then size themselves by the limit, not by this host. It is no limit by
//! itself: a program may ask for other cores, and gets no more time there.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustix::process::Pid;
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

use super::process::Handle;

/// So many of the cores that the engine may use, each sandbox's beginning where the last one's ended; none
/// where it may have all.
pub(super) fn pick(count: u32) -> Vec<usize> {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let there = sched_getaffinity(None).map_or_else(|_| Vec::new(), |set| members(&set));
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    if count == 0 || count >= there.len() {
        return Vec::new();
    }
    let first = NEXT.fetch_add(count, Ordering::Relaxed);
    let turn = there.iter().cycle().skip(first % there.len());
    turn.take(count).copied().collect()
}

/// Keeps this process, and what it starts, to those cores.
pub(super) fn keep_to(cores: &[usize]) -> std::io::Result<()> {
    if cores.is_empty() {
        return Ok(());
    }
    Ok(sched_setaffinity(None, &set(cores))?)
}

/// Brings a running sandbox to so many cores. What starts meanwhile has those of what started it.
pub(super) fn change(handle: &Handle, count: u32) {
    let mut cores = pick(count);
    if cores.is_empty() {
        cores = sched_getaffinity(None).map_or_else(|_| Vec::new(), |set| members(&set));
    }
    let cores = set(&cores);
    // A second look finds what was started during the first.
    for _ in 0..2 {
        for task in handle.cgroups.iter().flat_map(|group| tasks(group)) {
            // What has ended meanwhile needs none.
            let _ = sched_setaffinity(Some(task), &cores);
        }
    }
}

fn tasks(group: &str) -> Vec<Pid> {
    let pids = fs::read_to_string(format!("{group}/cgroup.procs")).unwrap_or_default();
    pids.lines()
        .filter_map(|pid| fs::read_dir(format!("/proc/{pid}/task")).ok())
        .flatten()
        .flatten()
        .filter_map(|task| Pid::from_raw(task.file_name().to_str()?.parse().ok()?))
        .collect()
}

fn set(cores: &[usize]) -> CpuSet {
    let mut set = CpuSet::new();
    for core in cores {
        set.set(*core);
    }
    set
}

fn members(set: &CpuSet) -> Vec<usize> {
    (0..CpuSet::MAX_CPU)
        .filter(|core| set.is_set(*core))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sandbox_has_as_many_cores_as_it_may_use() {
        let there = sched_getaffinity(None).map(|set| members(&set)).unwrap();
        assert!(pick(u32::MAX).is_empty() && pick(0).is_empty());
        if there.len() > 1 {
            let (one, next) = (pick(1), pick(1));
            assert_eq!((one.len(), next.len()), (1, 1));
            assert!(there.contains(&one[0]));
        }
    }
}
