//! Names that scripts for Daytona's own service carry: of its regions, and of the snapshots that it has for
//! everybody. Here all of them stand for this machine.

use super::{REGION, RESOURCES, Service};

/// Its regions.
const REGIONS: [&str; 3] = ["us", "eu", "asia"];
/// Its snapshots, with cores, memory and disk of each.
const SNAPSHOTS: [(&str, (u32, u32, u32)); 3] = [
    ("daytona-small", (1, 1, 3)),
    ("daytona-medium", (2, 4, 8)),
    ("daytona-large", (4, 8, 10)),
];
/// What the references of its default image begin with.
const IMAGE: &str = "daytonaio/sandbox:";

/// Whether a region is this machine.
pub(crate) fn is_region(region: &str) -> bool {
    let theirs = |one: &&str| region.eq_ignore_ascii_case(one);
    region == REGION || REGIONS.iter().any(theirs)
}

impl Service {
    /// The sizes of a snapshot of that service, as far as this machine has them.
    pub(super) fn sizes_of_theirs(&self, name: &str) -> Option<(u32, u32, u32)> {
        if name.starts_with(IMAGE) {
            return Some(RESOURCES);
        }
        let (_, (cpu, memory, disk)) = SNAPSHOTS.iter().find(|(theirs, _)| *theirs == name)?;
        let most = self.usual_runtime().capacity();
        Some(((*cpu).min(most.cpu), (*memory).min(most.memory), *disk))
    }
}
