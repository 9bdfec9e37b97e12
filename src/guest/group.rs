//! A process group with all that descends from it, ended together.

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

use rustix::process::{Pid, Signal, getpid, kill_process, kill_process_group};

/// A group that is killed when this is dropped, unless it was let go.
#[derive(Debug, Default)]
pub(super) struct Group {
    leader: Option<Pid>,
}

impl Group {
    /// The group that a process leads which was spawned with `process_group(0)`.
    pub(super) fn led_by(pid: u32) -> Self {
        Self {
            leader: Pid::from_raw(pid.cast_signed()),
        }
    }

    /// Whether nothing but the leader itself is left of it.
    pub(super) fn is_alone(&self) -> bool {
        self.leader.is_none_or(|leader| members(leader).len() <= 1)
    }

    /// Whether anything is left of it; one of which nothing is left is let go, for its number may come to
    /// others.
    pub(super) fn has_members(&mut self) -> bool {
        let left = self
            .leader
            .is_some_and(|leader| !members(leader).is_empty());
        if !left {
            self.let_go();
        }
        left
    }

    /// Lets the group live on.
    pub(super) fn let_go(&mut self) {
        self.leader = None;
    }

    /// Ends the group and all descendants of its leader: asks, and kills what is left after `grace`.
    pub(super) async fn end(&mut self, grace: Duration) {
        let Some(leader) = self.leader.take() else {
            return;
        };
        let members = members(leader);
        signal(leader, &members, Signal::TERM);
        ended(&members, grace).await;
        signal(leader, &members, Signal::KILL);
    }

    /// Interrupts what the leader, a shell, has started, and waits until that ends, for at most `grace`.
    pub(super) async fn interrupt(&self, grace: Duration) {
        let Some(leader) = self.leader else {
            return;
        };
        let mut members = members(leader);
        members.retain(|pid| *pid != leader);
        for member in &members {
            let _ = kill_process(*member, Signal::INT);
        }
        ended(&members, grace).await;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(leader) = self.leader {
            signal(leader, &members(leader), Signal::KILL);
        }
    }
}

/// Waits until these have ended, for at most `grace`.
async fn ended(members: &[Pid], grace: Duration) {
    let step = Duration::from_millis(20);
    let mut waited = Duration::ZERO;
    let alive = |pid: &Pid| rustix::process::test_kill_process(*pid).is_ok();
    while waited < grace && members.iter().any(alive) {
        tokio::time::sleep(step).await;
        waited += step;
    }
}

fn signal(leader: Pid, members: &[Pid], signal: Signal) {
    let _ = kill_process_group(leader, signal);
    for member in members {
        let _ = kill_process(*member, signal);
    }
}

/// The leader, its group and session, and all descendants, which may have left both.
fn members(leader: Pid) -> Vec<Pid> {
    let leader = leader.as_raw_nonzero().get();
    let own = getpid().as_raw_nonzero().get();
    let mut parents = HashMap::new();
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<i32>().ok())
        else {
            continue;
        };
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else {
            continue;
        };
        let Some((_, rest)) = stat.rsplit_once(") ") else {
            continue;
        };
        let mut fields = rest
            .split(' ')
            .skip(1)
            .map(|field| field.parse::<i32>().unwrap_or(0));
        let mut next = || fields.next().unwrap_or(0);
        let (parent, group, session) = (next(), next(), next());
        parents.insert(pid, parent);
        if pid == leader || group == leader || session == leader {
            found.push(pid);
        }
    }
    for &pid in parents.keys() {
        let mut above = pid;
        while let Some(&parent) = parents.get(&above) {
            if parent == leader || found.contains(&parent) {
                found.push(pid);
                break;
            }
            above = parent;
        }
    }
    found.sort_unstable();
    found.dedup();
    found
        .into_iter()
        .filter(|pid| *pid != 1 && *pid != own)
        .filter_map(Pid::from_raw)
        .collect()
}
