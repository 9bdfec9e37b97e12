//! What is in use, and what there is of it.

use crate::api::types::{RegionUsage, Usage};
use crate::error::Result;

use super::{REGION, Service};

/// There is no quota where the contract wants a number: more than anybody has.
pub(crate) const NO_QUOTA: u32 = 1_000_000;

impl Service {
    /// The totals of everything.
    pub(crate) async fn usage(&self) -> Result<Usage> {
        let totals = self.0.store.totals().await?;
        let most = self.usual_runtime().capacity();
        Ok(Usage {
            region_usage: vec![RegionUsage {
                region_id: REGION.to_owned(),
                sandbox_class: "container".to_owned(),
                // All of this machine; what runs may ask for more than that together.
                total_cpu_quota: most.cpu.into(),
                current_cpu_usage: totals.cpu,
                total_memory_quota: most.memory.into(),
                current_memory_usage: totals.memory,
                total_disk_quota: NO_QUOTA.into(),
                current_disk_usage: totals.disk,
                max_cpu_per_sandbox: Some(most.cpu.into()),
                max_memory_per_sandbox: Some(most.memory.into()),
                ..RegionUsage::default()
            }],
            total_snapshot_quota: NO_QUOTA.into(),
            current_snapshot_usage: totals.snapshots,
            total_volume_quota: NO_QUOTA.into(),
            current_volume_usage: totals.volumes,
        })
    }
}
