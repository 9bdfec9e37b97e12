//! The memory limit where no cgroup holds the sandbox to it: the largest process is killed beyond it.

use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, getpid, kill_process};

use crate::syscall::remove_shared_memory;

/// How often memory is looked at.
const PERIOD: Duration = Duration::from_millis(200);
/// Looking may take this part of the time.
const SHARE_OF_TIME: u32 = 20;
/// Where the sandbox has file systems in memory.
const IN_MEMORY: [&str; 3] = ["/dev/shm", "/run", "/dev"];

/// Where the sandbox's own group says what limits it: version 2, version 1.
const LIMITS: [&str; 2] = [
    "/sys/fs/cgroup/memory.max",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes",
];

/// What a process holds, in bytes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Held {
    pid: i32,
    /// Its own: anonymous pages, in memory or swapped out, and page tables.
    own: u64,
    /// What it has mapped of memory that may be shared.
    shared: u64,
    /// The files in memory without a name (memfd) that it has open, mapped or not.
    nameless: u64,
}

impl Held {
    fn all(&self) -> u64 {
        self.own + self.shared.max(self.nameless)
    }
}

/// A look at the whole sandbox.
#[derive(Debug, Default)]
struct Look {
    processes: Vec<Held>,
    /// Shared memory that is there whoever has mapped it: files in memory, and segments (System V).
    objects: u64,
    /// Those of the segments that no process has attached, with their sizes.
    unattached: Vec<(i32, u64)>,
}

impl Look {
    fn take() -> Self {
        let mut look = Self::default();
        let mut nameless = HashMap::new();
        for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let pid = entry
                .file_name()
                .to_str()
                .and_then(|name| name.parse().ok());
            if let Some(pid) = pid
                && let Some(mut held) = held(pid)
            {
                held.nameless = files(pid, &mut nameless);
                look.processes.push(held);
            }
        }
        look.objects = nameless.values().sum();
        for folder in IN_MEMORY {
            if let Ok(system) = rustix::fs::statvfs(folder) {
                look.objects += (system.f_blocks - system.f_bfree) * system.f_frsize;
            }
        }
        let segments = fs::read_to_string("/proc/sysvipc/shm").unwrap_or_default();
        for segment in segments.lines().skip(1).filter_map(segment) {
            look.objects += segment.size;
            if segment.attached == 0 {
                look.unattached.push((segment.id, segment.size));
            }
        }
        look
    }

    /// Pages that processes share are counted once where the process can be looked into.
    fn closer(mut self) -> Self {
        for process in &mut self.processes {
            if let Some((own, shared)) = fair_share(process.pid) {
                process.own = own;
                process.shared = shared;
            }
        }
        self
    }

    fn total(&self) -> u64 {
        let own: u64 = self.processes.iter().map(|process| process.own).sum();
        let shared: u64 = self.processes.iter().map(|process| process.shared).sum();
        // What is mapped is of those objects mostly: the larger is at least half of both.
        own + shared.max(self.objects)
    }

    /// The one that is ended for the others: never the guest.
    fn largest(&self) -> Option<Pid> {
        let guest = getpid().as_raw_nonzero().get();
        let others = self.processes.iter();
        let others = others.filter(|process| ![1, guest].contains(&process.pid));
        let largest = others.max_by_key(|process| process.all())?;
        Pid::from_raw(largest.pid)
    }
}

/// The limit of the sandbox's group in bytes, as it is now; none where no group limits it.
pub(super) fn limit_of_group() -> Option<u64> {
    let mut texts = LIMITS
        .iter()
        .filter_map(|file| fs::read_to_string(file).ok());
    texts.find_map(|text| text.trim().parse().ok())
}

/// What all processes hold, in bytes.
pub(super) fn used() -> u64 {
    Look::take().closer().total()
}

/// Watches for as long as the guest runs; `limit` is in bytes.
pub(super) async fn watch(limit: u64) {
    let mut pause = PERIOD;
    loop {
        tokio::time::sleep(pause).await;
        let begun = Instant::now();
        let look = Look::take();
        pause = PERIOD.max(begun.elapsed() * SHARE_OF_TIME);
        if look.total() > limit {
            keep(&look.closer(), limit);
            // Until there is room again there is no rest.
            pause = PERIOD;
        }
    }
}

fn keep(look: &Look, limit: u64) {
    let mut total = look.total();
    // Segments that nobody has attached are nobody's: no process that is killed would free them.
    for (segment, size) in &look.unattached {
        if total <= limit {
            return;
        }
        if remove_shared_memory(*segment).is_ok() {
            total = total.saturating_sub(*size);
        }
    }
    if total > limit
        && let Some(pid) = look.largest()
    {
        let _ = kill_process(pid, Signal::KILL);
    }
}

fn held(pid: i32) -> Option<Held> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let field = |name| kilobytes(&status, name).unwrap_or(0);
    Some(Held {
        pid,
        own: field("RssAnon:") + field("VmPTE:") + field("VmSwap:"),
        shared: field("RssShmem:"),
        nameless: 0,
    })
}

/// The process's fair share of its own and of shared pages, in bytes.
fn fair_share(pid: i32) -> Option<(u64, u64)> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let own = kilobytes(&rollup, "Pss_Anon:")? + kilobytes(&rollup, "SwapPss:").unwrap_or(0);
    Some((own, kilobytes(&rollup, "Pss_Shmem:")?))
}

fn kilobytes(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

/// The size of the nameless files that a process has open; each is noted in `all` once.
fn files(pid: i32, all: &mut HashMap<(u64, u64), u64>) -> u64 {
    let mut own = HashMap::new();
    let entries = fs::read_dir(format!("/proc/{pid}/fd"));
    for entry in entries.into_iter().flatten().flatten() {
        let path = entry.path();
        let is_one = fs::read_link(&path).is_ok_and(|target| {
            target
                .as_os_str()
                .as_encoded_bytes()
                .starts_with(b"/memfd:")
        });
        if is_one && let Ok(meta) = fs::metadata(&path) {
            own.insert((meta.dev(), meta.ino()), meta.blocks() * 512);
        }
    }
    all.extend(&own);
    own.values().sum()
}

/// A segment of System V's shared memory.
#[derive(Debug, Eq, PartialEq)]
struct Segment {
    id: i32,
    attached: u64,
    /// What of it is in memory or swapped out.
    size: u64,
}

/// A line of `/proc/sysvipc/shm`.
fn segment(line: &str) -> Option<Segment> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
    Some(Segment {
        id: fields.get(1)?.parse().ok()?,
        attached: number(6)?,
        size: number(14)? + number(15)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_is_counted_once_and_the_largest_is_found() {
        let process = |pid, own, shared, nameless| Held {
            pid,
            own,
            shared,
            nameless,
        };
        let mut look = Look {
            processes: vec![
                process(1, 900, 0, 0),
                process(2, 10, 0, 500),
                process(3, 300, 100, 0),
            ],
            objects: 500,
            unattached: Vec::new(),
        };
        assert_eq!(look.total(), 1210 + 500);
        assert_eq!(look.largest(), Pid::from_raw(2));
        look.processes[2].shared = 1000;
        assert_eq!(look.total(), 1210 + 1000);
        assert_eq!(look.largest(), Pid::from_raw(3));
        look.processes.truncate(1);
        assert_eq!(look.largest(), None);
    }

    #[test]
    fn fields_are_read() {
        let own = i32::try_from(std::process::id()).unwrap();
        assert!(held(own).unwrap().own > 0);
        assert!(fair_share(own).unwrap().0 > 0);
        let file = rustix::fs::memfd_create(c"x", rustix::fs::MemfdFlags::CLOEXEC).unwrap();
        let twin = rustix::io::dup(&file).unwrap();
        rustix::io::write(&twin, &vec![1; 100_000]).unwrap();
        let mut all = HashMap::new();
        let size = files(own, &mut all);
        assert!((98_304..1 << 20).contains(&size), "{size}");
        assert_eq!(all.values().sum::<u64>(), size);
        let line = "         0          5   600  16777216   12    12      0  1000  1000  1000  1000 1 1 1    8192      4096";
        let expected = Segment {
            id: 5,
            attached: 0,
            size: 12288,
        };
        assert_eq!(segment(line), Some(expected));
        assert_eq!(segment("key shmid perms"), None);
    }
}
