//! The processes of one engine: itself, those that it starts for itself, and those of its sandboxes.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::stopwatch::Stopwatch;

/// A process, as /proc shows it.
struct Process {
    pid: i32,
    parent: i32,
    user: u32,
    /// Its second argument: the role of one of ours.
    role: String,
    command: String,
    /// Its id in the innermost namespace of processes, where it has one of its own.
    inside: Option<i32>,
    /// The sandbox that it is in.
    sandbox: Option<String>,
    /// Whether it is in the runtime's folder.
    here: bool,
}

/// All that belongs, or may belong, to an engine.
pub(super) struct Family {
    engine: Option<i32>,
    user: Option<u32>,
    processes: Vec<Process>,
    stacks: Vec<(i32, String)>,
}

/// Sends a signal; one that has ended does not mind.
pub(super) fn signal(pid: i32, signal: Signal) {
    if let Some(pid) = Pid::from_raw(pid) {
        let _ = kill_process(pid, signal);
    }
}

impl Family {
    /// `folder` is the engine's; `user` is one of whom all processes belong to it, if there is such a one.
    pub(super) fn of(folder: &Path, user: Option<u32>) -> Self {
        let notice = fs::read(folder.join("engine.json")).unwrap_or_default();
        let notice: serde_json::Value = serde_json::from_slice(&notice).unwrap_or_default();
        let runtime = folder.join("runtime");
        let entries = |name: &str| {
            fs::read_dir(runtime.join(name))
                .into_iter()
                .flatten()
                .flatten()
        };
        let disks: Vec<String> = ["sandboxes", "sockets"]
            .into_iter()
            .flat_map(entries)
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        let stacks = entries("networks").filter_map(|entry| {
            let record: serde_json::Value =
                serde_json::from_slice(&fs::read(entry.path()).ok()?).ok()?;
            let pid = i32::try_from(record["stack"]["pid"].as_i64()?).ok()?;
            Some((pid, entry.file_name().into_string().ok()?))
        });
        let processes = fs::read_dir("/proc").expect("processes").flatten();
        Self {
            engine: notice["pid"]
                .as_i64()
                .and_then(|pid| i32::try_from(pid).ok()),
            user,
            stacks: stacks.collect(),
            processes: processes
                .filter_map(|entry| look(&entry.path(), &runtime, &disks))
                .collect(),
        }
    }

    pub(super) fn engine(&self) -> Option<i32> {
        let engine = self.engine?;
        let lives = self.processes.iter().any(|process| process.pid == engine);
        lives.then_some(engine)
    }

    /// Those that the engine started for itself.
    pub(super) fn in_role(&self, roles: &[&str]) -> Vec<(i32, Option<String>)> {
        let own = self.processes.iter().filter(|process| {
            // A sandbox's first process is a child of the engine too, and looks like its zygote at first.
            let own = Some(process.parent) == self.engine && process.inside.is_none();
            own && roles.contains(&process.role.as_str())
        });
        own.map(|process| (process.pid, None)).collect()
    }

    /// The next process in that role that the engine starts, as soon as it is seen.
    pub(super) fn await_helper(&self, role: &str, patience: Duration) -> Option<i32> {
        let tasks = format!("/proc/{}/task", self.engine?);
        let begun = Stopwatch::start();
        while begun.elapsed() < patience {
            for task in fs::read_dir(&tasks).into_iter().flatten().flatten() {
                let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
                for pid in children.split_whitespace() {
                    let command = fs::read_to_string(format!("/proc/{pid}/cmdline"));
                    if command.is_ok_and(|command| command.split('\0').nth(1) == Some(role)) {
                        return pid.parse().ok();
                    }
                }
            }
        }
        None
    }

    /// The first processes of sandboxes, and whose they are.
    pub(super) fn agents(&self) -> Vec<(i32, Option<String>)> {
        let first = self
            .processes
            .iter()
            .filter(|process| process.inside == Some(1));
        first
            .filter_map(|process| Some((process.pid, Some(process.sandbox.clone()?))))
            .collect()
    }

    pub(super) fn stacks(&self) -> Vec<(i32, Option<String>)> {
        let lives = |pid: &i32| self.processes.iter().any(|process| process.pid == *pid);
        let stacks = self.stacks.iter().filter(|(pid, _)| lives(pid));
        stacks.map(|(pid, _)| (*pid, None)).collect()
    }

    /// Those that should have ended: of sandboxes that do not run, of engines that were, and of nobody.
    pub(super) fn strangers(&self, started: &BTreeSet<String>) -> Vec<String> {
        let strange = self.processes.iter().filter(|process| {
            if Some(process.pid) == self.engine {
                return false;
            }
            if let Some(id) = &process.sandbox {
                return !started.contains(id);
            }
            if self
                .stacks
                .iter()
                .any(|(pid, id)| *pid == process.pid && started.contains(id))
            {
                return false;
            }
            let ours = process.here || self.user == Some(process.user);
            ours && Some(process.parent) != self.engine
        });
        strange
            .map(|process| format!("{} {}", process.pid, process.command))
            .collect()
    }
}

/// What there is to know of a process that has not ended; none of others.
fn look(entry: &Path, runtime: &Path, disks: &[String]) -> Option<Process> {
    let pid = entry.file_name()?.to_str()?.parse().ok()?;
    let read = |name: &str| fs::read_to_string(entry.join(name)).ok();
    let status = read("status")?;
    let field = |name: &str| {
        let mut lines = status.lines();
        lines
            .find_map(|line| line.strip_prefix(name))
            .unwrap_or_default()
    };
    if field("State:").trim().starts_with(['Z', 'X']) {
        return None;
    }
    let ids = field("NSpid:").split_whitespace().skip(1);
    let command = read("cmdline").unwrap_or_default();
    let mounts = read("mountinfo").unwrap_or_default();
    let sandbox = mounts
        .split_once("upperdir=sandboxes/")
        .and_then(|(_, rest)| {
            let (id, _) = rest.split_once('/')?;
            disks.iter().find(|disk| *disk == id).cloned()
        });
    let cwd: PathBuf = fs::read_link(entry.join("cwd")).unwrap_or_default();
    Some(Process {
        pid,
        parent: field("PPid:").trim().parse().ok()?,
        user: fs::metadata(entry).ok()?.uid(),
        role: command.split('\0').nth(1).unwrap_or_default().to_owned(),
        command: command.replace('\0', " "),
        inside: ids.last().and_then(|id| id.parse().ok()),
        sandbox,
        here: cwd == *runtime,
    })
}
