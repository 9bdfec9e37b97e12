//! What an organization uses, on the wire.

use serde::Serialize;

/// The reply of `GET /organizations/{id}/usage`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Usage {
    /// By region and class of sandboxes.
    pub region_usage: Vec<RegionUsage>,
    /// How many snapshots there may be.
    pub total_snapshot_quota: i64,
    /// How many there are.
    pub current_snapshot_usage: i64,
    /// How many volumes there may be.
    pub total_volume_quota: i64,
    /// How many there are.
    pub current_volume_usage: i64,
}

/// What is used in a region: CPU cores and GiB.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RegionUsage {
    /// The region.
    pub region_id: String,
    /// The class of sandboxes.
    pub sandbox_class: String,
    /// CPU cores that there are.
    pub total_cpu_quota: i64,
    /// CPU cores of what runs.
    pub current_cpu_usage: i64,
    /// Memory that there is.
    pub total_memory_quota: i64,
    /// Memory of what runs.
    pub current_memory_usage: i64,
    /// Disk that there may be.
    pub total_disk_quota: i64,
    /// Disk of all sandboxes.
    pub current_disk_usage: i64,
    /// GPUs that there are.
    pub total_gpu_quota: i64,
    /// GPUs in use.
    pub current_gpu_usage: i64,
    /// The most of one sandbox; null is no limit.
    pub max_cpu_per_sandbox: Option<i64>,
    /// As above.
    pub max_memory_per_sandbox: Option<i64>,
    /// As above.
    pub max_disk_per_sandbox: Option<i64>,
    /// As above.
    pub max_disk_per_non_ephemeral_sandbox: Option<i64>,
    /// As above.
    pub max_cpu_per_gpu: Option<i64>,
    /// As above.
    pub max_memory_per_gpu: Option<i64>,
    /// As above.
    pub max_disk_per_gpu: Option<i64>,
}
