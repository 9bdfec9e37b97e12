//! Halts a sandbox's processes where they are, and lets them go on: by a freezer cgroup, or else by signals.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

use super::process::Handle;

/// How long the processes may take to halt: those that write to a slow disk come to it late.
const WAIT_FOR_HALT: Duration = Duration::from_secs(10);

/// Halts every process of the sandbox.
pub(super) fn freeze(handle: &Handle) -> Result<()> {
    let frozen = match Freezer::of(handle) {
        Some(freezer) => freezer.set(true, handle),
        None => stop_all(handle),
    };
    if frozen.is_err() {
        // Half frozen is neither.
        let _ = thaw(handle);
    }
    frozen.context("cannot halt the sandbox's processes")
}

/// Lets them go on.
pub(super) fn thaw(handle: &Handle) -> Result<()> {
    match Freezer::of(handle) {
        Some(freezer) => freezer.set(false, handle),
        None => continue_all(handle),
    }
    .context("cannot let the sandbox's processes go on")
}

/// Removes the group that a freeze made; its processes have ended.
pub(super) fn forget(handle: &Handle) {
    if let Some(Freezer {
        folder, own: true, ..
    }) = Freezer::of(handle)
        && folder.exists()
    {
        super::cgroup::remove(&[folder.to_string_lossy().into_owned()]);
    }
}

/// A cgroup that can halt its processes.
struct Freezer {
    folder: PathBuf,
    file: &'static str,
    words: (&'static str, &'static str),
    /// Whether it is for freezing only, and made when that is first asked for.
    own: bool,
}

impl Freezer {
    /// Version 2 groups have it built in; version 1 has a hierarchy of its own for it, where no sandbox
    /// is before it is frozen: one group less to make for each.
    fn of(handle: &Handle) -> Option<Self> {
        let first = Path::new(handle.cgroups.first()?);
        if first.join("cgroup.freeze").exists() {
            return Some(Self {
                folder: first.to_owned(),
                file: "cgroup.freeze",
                words: ("1", "0"),
                own: false,
            });
        }
        let mounts = fs::read_to_string("/proc/self/mountinfo").ok()?;
        let mount = mounts.lines().find_map(|line| {
            let (left, right) = line.split_once(" - ")?;
            let options = right.split(' ').nth(2)?;
            (right.starts_with("cgroup ") && options.split(',').any(|one| one == "freezer"))
                .then(|| left.split(' ').nth(4))?
        })?;
        // Named as the groups of this run of the sandbox: the next run has another.
        let (engine, run) = (first.parent()?.file_name()?, first.file_name()?);
        Some(Self {
            folder: Path::new(mount).join(engine).join(run),
            file: "freezer.state",
            words: ("FROZEN", "THAWED"),
            own: true,
        })
    }

    fn set(&self, halt: bool, handle: &Handle) -> Result<()> {
        if self.own {
            if !halt && !self.folder.exists() {
                return Ok(());
            }
            fs::create_dir_all(&self.folder)?;
            self.gather(handle)?;
        }
        let word = if halt { self.words.0 } else { self.words.1 };
        let file = self.folder.join(self.file);
        fs::write(&file, word)?;
        let begun = Instant::now();
        while !self.is(halt)? {
            if begun.elapsed() > WAIT_FOR_HALT {
                bail!("they do not halt");
            }
            std::thread::sleep(Duration::from_millis(1));
            if self.own && halt {
                fs::write(&file, word)?;
            }
        }
        Ok(())
    }

    fn is(&self, halted: bool) -> Result<bool> {
        if self.own {
            let state = fs::read_to_string(self.folder.join(self.file))?;
            let word = if halted { self.words.0 } else { self.words.1 };
            return Ok(state.trim() == word);
        }
        let events = fs::read_to_string(self.folder.join("cgroup.events"))?;
        let frozen = events.lines().any(|line| line == "frozen 1");
        Ok(frozen == halted)
    }

    /// Moves the sandbox's processes into the group. Whoever forks meanwhile is met in the next round.
    fn gather(&self, handle: &Handle) -> Result<()> {
        let group = Path::new(&handle.cgroups[0]).join("cgroup.procs");
        let here = self.folder.join("cgroup.procs");
        loop {
            let there = fs::read_to_string(&here)?;
            let there: BTreeSet<&str> = there.lines().collect();
            let mut moved = false;
            for pid in fs::read_to_string(&group)?.lines() {
                if there.contains(pid) {
                    continue;
                }
                match fs::write(&here, pid) {
                    Ok(()) => moved = true,
                    // It has ended meanwhile.
                    Err(error) if error.raw_os_error() == Some(libc::ESRCH) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            if !moved {
                return Ok(());
            }
        }
    }
}

/// Stops every process, the first one first: nobody is there then to see its children stop.
fn stop_all(handle: &Handle) -> Result<()> {
    let begun = Instant::now();
    loop {
        let running: Vec<i32> = members(handle)?
            .into_iter()
            .filter(|pid| !matches!(state(*pid), None | Some('T' | 't' | 'Z' | 'X')))
            .collect();
        if running.is_empty() {
            return Ok(());
        }
        if begun.elapsed() > WAIT_FOR_HALT {
            bail!("{} of them do not halt", running.len());
        }
        for pid in running {
            send(pid, Signal::STOP)?;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Continues every process, children before their parents. One that was stopped from inside before
/// the freeze goes on too: nothing tells it apart.
fn continue_all(handle: &Handle) -> Result<()> {
    for pid in members(handle)?.into_iter().rev() {
        send(pid, Signal::CONT)?;
    }
    Ok(())
}

fn send(pid: i32, signal: Signal) -> Result<()> {
    let Some(pid) = Pid::from_raw(pid) else {
        return Ok(());
    };
    match kill_process(pid, signal) {
        Ok(()) | Err(rustix::io::Errno::SRCH) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// The sandbox's processes: those in the process namespace of its first one, in the order of their ids.
fn members(handle: &Handle) -> Result<Vec<i32>> {
    let namespace = |pid: i32| fs::read_link(format!("/proc/{pid}/ns/pid"));
    let own = match namespace(handle.pid) {
        Ok(own) => own,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).context("cannot see the sandbox's process namespace"),
    };
    let mut pids: Vec<i32> = fs::read_dir("/proc")?
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|pid| namespace(*pid).is_ok_and(|one| one == own))
        .collect();
    pids.sort_unstable();
    Ok(pids)
}

fn state(pid: i32) -> Option<char> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.chars().next()
}
