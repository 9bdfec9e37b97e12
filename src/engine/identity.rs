//! Who sandboxes are outside: nobody that exists where the engine may take ids, else the engine's user.

use std::fs;

use rustix::process::{getegid, geteuid};

use crate::guest_boot::USER;

/// The id that sandboxes have outside where the engine is root.
const NOBODY: u32 = 100_000 + USER;

/// Whether the engine is root over enough ids to give sandboxes one of their own. Root of a user
/// namespace that has one id only, as in a rootless container, is an ordinary user here.
pub(crate) fn takes_ids() -> bool {
    let map = fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    geteuid().is_root() && holds(&map, NOBODY)
}

/// User and group of sandboxes outside.
pub(crate) fn outside() -> (u32, u32) {
    if takes_ids() {
        (NOBODY, NOBODY)
    } else {
        (geteuid().as_raw(), getegid().as_raw())
    }
}

/// Whether a map of `inside outside count` lines has that id inside.
fn holds(map: &str, id: u32) -> bool {
    map.lines().any(|line| {
        let mut fields = line
            .split_whitespace()
            .map(|field| field.parse::<u64>().unwrap_or(0));
        let (first, _, count) = (fields.next(), fields.next(), fields.next());
        first
            .zip(count)
            .is_some_and(|(first, count)| (first..first + count).contains(&u64::from(id)))
    })
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn root_of_one_id_is_not_root_of_all() {
        assert!(holds("         0          0 4294967295\n", 101_000));
        assert!(!holds("0 1000 1\n", 101_000));
        assert!(holds(
            "0 1000 1\n1 100000 65536\n100000 200000 65536\n",
            101_000
        ));
    }
}
