//! Which processes are the sandbox's: all that the guest sees where it is the first process, else those that
//! descend from it.

use std::collections::HashMap;

use rustix::process::{Pid, getpid};

/// Whether the guest is the first process of its namespace, which every orphan falls to.
pub(super) fn is_first() -> bool {
    getpid() == Pid::INIT
}

/// Every process of the sandbox but the guest.
pub(super) fn others() -> Vec<Pid> {
    let own = getpid().as_raw_nonzero().get();
    let parents = parents();
    let ours = |pid: &i32| *pid != own && (is_first() || descends(*pid, own, &parents));
    let found = parents.keys().copied().filter(ours);
    found.filter_map(Pid::from_raw).collect()
}

/// The parent of every process that the guest sees.
fn parents() -> HashMap<i32, i32> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    pids.map(|pid| (pid, parent(pid).unwrap_or_default()))
        .collect()
}

fn parent(pid: i32) -> Option<i32> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // Names may hold anything: fields are counted from the last bracket (proc(5)).
    let (_, rest) = stat.rsplit_once(") ")?;
    rest.split(' ').nth(1)?.parse().ok()
}

fn descends(pid: i32, from: i32, parents: &HashMap<i32, i32>) -> bool {
    let mut above = pid;
    // Processes come and go while they are read: a ring must not hold us.
    for _ in 0..=parents.len() {
        match parents.get(&above) {
            Some(parent) if *parent == from => return true,
            Some(parent) => above = *parent,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_descends_is_told_through_any_number_of_parents_and_no_ring_holds_us() {
        let parents = HashMap::from([(10, 1), (11, 10), (12, 11), (20, 1), (30, 31), (31, 30)]);
        let below = |pid| descends(pid, 10, &parents);
        assert_eq!(
            [11, 12, 20, 1, 30, 99].map(below),
            [true, true, false, false, false, false]
        );
    }
}
