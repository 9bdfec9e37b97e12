//! What this machine has for sandboxes altogether.

use crate::engine::runtime::contract::Capacity;

/// All of this machine: its cores, and its memory rounded up.
pub(super) fn capacity() -> Capacity {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let info = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total = info.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kib = total.and_then(|total| total.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    Capacity {
        cpu: u32::try_from(cores).unwrap_or(u32::MAX),
        memory: u32::try_from(kib.unwrap_or(1 << 20).div_ceil(1 << 20)).unwrap_or(u32::MAX),
    }
}
