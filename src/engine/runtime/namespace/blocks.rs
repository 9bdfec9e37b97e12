//! The ids that sandboxes have on this host while they run: a block for each where the engine may take ids,
//! so that what the kernel counts by user is counted for each sandbox alone.
//!
//! Counted by user, and so kept apart: inotify and fanotify instances and watches, epoll watches, pending
//! signals, locked memory, POSIX message queues, pages of pipes, descriptors in flight, processes. Counted
//! for the whole host, and limited otherwise: terminals (`max=` of the sandbox's devpts), open files and
//! memory (rlimits and control groups).
//!
//! On disk ids stay the same for all (see [`super::identity`]): idmapped mounts translate.

use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::guest_boot::USER;

/// The first id of the first block: above what systems give to users and containers.
const FIRST: u32 = 1_900_000_000;
/// How many ids a block has, as subordinate ids of users do.
const SIZE: u32 = 65_536;
const COUNT: u32 = 32_000;

/// A block that a run of a sandbox has.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Block {
    /// Which one.
    number: u32,
    /// Which run: what gives a block back late must not take it from the next.
    run: u128,
}

impl Block {
    /// The id of the sandbox's user.
    pub(super) fn user(self) -> u32 {
        FIRST + self.number * SIZE + USER
    }
}

/// The blocks of an engine.
pub(super) struct Blocks {
    taken: Mutex<HashMap<u32, u128>>,
    /// Given back, the latest last: it is taken first, while maps to it are still at hand.
    free: Mutex<Vec<u32>>,
    next: AtomicU32,
    foreign: Vec<Range<u64>>,
}

impl Blocks {
    /// `seed` tells engines apart: those of one host begin at different blocks.
    pub(super) fn new(seed: u64) -> Self {
        let begin = u32::try_from(seed % u64::from(COUNT)).unwrap_or(0);
        let foreign = ["/etc/subuid", "/etc/subgid"]
            .iter()
            .flat_map(|path| ranges(&fs::read_to_string(path).unwrap_or_default()))
            .collect();
        Self {
            taken: Mutex::default(),
            free: Mutex::default(),
            next: AtomicU32::new(begin),
            foreign,
        }
    }

    /// A block that nobody has; none where there is none left.
    pub(super) fn take(&self) -> Option<Block> {
        let mut taken = self.taken();
        let run = uuid::Uuid::new_v4().as_u128();
        let again = self.free().pop();
        let fresh = || self.next.fetch_add(1, Ordering::Relaxed) % COUNT;
        let mut numbers = again.into_iter().chain((0..COUNT).map(|_| fresh()));
        numbers.find_map(|number| {
            if taken.contains_key(&number) || self.is_foreign(number) {
                return None;
            }
            taken.insert(number, run);
            Some(Block { number, run })
        })
    }

    /// Notes the block of a sandbox that an engine before this one started.
    pub(super) fn keep(&self, block: Block) {
        self.taken().insert(block.number, block.run);
    }

    /// Gives a block back; nothing where another run has it by now.
    pub(super) fn give_back(&self, block: Block) {
        let mut taken = self.taken();
        if taken.get(&block.number) == Some(&block.run) {
            taken.remove(&block.number);
            self.free().push(block.number);
        }
    }

    fn is_foreign(&self, number: u32) -> bool {
        let first = u64::from(FIRST + number * SIZE);
        let end = first + u64::from(SIZE);
        let apart = |range: &Range<u64>| range.end <= first || end <= range.start;
        !self.foreign.iter().all(apart)
    }

    fn free(&self) -> MutexGuard<'_, Vec<u32>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<u32, u128>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The ranges of `name:first:count` lines (subuid(5)).
fn ranges(text: &str) -> Vec<Range<u64>> {
    let ranges = text.lines().filter_map(|line| {
        let mut fields = line.split(':').skip(1);
        let first: u64 = fields.next()?.trim().parse().ok()?;
        let count: u64 = fields.next()?.trim().parse().ok()?;
        Some(first..first.checked_add(count)?)
    });
    ranges.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_one_runs_until_that_gives_it_back() {
        let blocks = Blocks::new(COUNT.into());
        let (one, two) = (blocks.take().unwrap(), blocks.take().unwrap());
        assert_ne!(one.user(), two.user());
        blocks.give_back(one);
        let again = blocks.take().unwrap();
        assert_eq!(again.number, one.number);
        // What tidies up after the first run comes late.
        blocks.give_back(one);
        blocks.next.store(one.number, Ordering::Relaxed);
        assert_ne!(blocks.take().unwrap().number, one.number);
        blocks.keep(one);
        assert!(blocks.taken().contains_key(&one.number));
    }

    #[test]
    fn blocks_stay_clear_of_subordinate_ids() {
        let blocks = Blocks {
            foreign: ranges("a:1900000000:65537\nbroken\nb:1:x\n"),
            ..Blocks::new(0)
        };
        assert!(blocks.is_foreign(0) && blocks.is_foreign(1) && !blocks.is_foreign(2));
        assert_eq!(blocks.take().unwrap().number, 2);
    }
}
