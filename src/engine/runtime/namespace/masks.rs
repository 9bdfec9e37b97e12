//! What containers hide of /proc and /sys: of the machine's memory, its keys, timers, firmware and power,
//! by which one sandbox could learn of others.

use std::fs;

use anyhow::Result;

use super::init::{ATTR_NODEV, ATTR_NOSUID, ATTR_RDONLY, bind};

/// As container engines have it (moby, `oci.DefaultSpec`).
const HIDDEN: &[&str] = &[
    "/proc/acpi",
    "/proc/asound",
    "/proc/interrupts",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/sys/devices/virtual/powercap",
    "/sys/firmware",
];
/// The folders of cores, and what is hidden in each.
const CORES: &str = "/sys/devices/system/cpu";
const OF_CORE: &str = "thermal_throttle";

/// Hides it below `root`, where /dev is mounted already: /dev/null over files, a folder that is no more
/// over folders.
pub(super) fn hide(root: &str) -> Result<()> {
    let empty = format!("{root}/dev/.empty");
    fs::create_dir(&empty)?;
    let hidden = HIDDEN.iter().map(|path| format!("{root}{path}"));
    let cores = fs::read_dir(format!("{root}{CORES}")).into_iter().flatten();
    let of_cores = cores
        .flatten()
        .filter_map(|core| Some(core.path().join(OF_CORE).to_str()?.to_owned()));
    for path in hidden.chain(of_cores) {
        let Ok(meta) = fs::symlink_metadata(&path) else {
            continue;
        };
        if meta.is_dir() {
            bind(&empty, &path, ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV)?;
        } else {
            bind("/dev/null", &path, ATTR_NOSUID)?;
        }
    }
    // Removed, it stays empty whoever could write to it.
    Ok(fs::remove_dir(empty)?)
}
