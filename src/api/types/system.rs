//! Ports and measurements on the wire: the toolbox's `/port` and `/system` routes.

use serde::{Deserialize, Serialize};

/// The reply of `GET /port`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PortList {
    /// TCP ports that something listens on.
    pub ports: Vec<u16>,
}

/// The reply of `GET /port/{port}/in-use`.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PortInUse {
    /// Whether something listens on it.
    pub is_in_use: bool,
}

/// The reply of `GET /system/metrics`; sizes are in bytes.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SystemMetrics {
    /// Processors.
    pub cpu_count: u64,
    /// How much of them is used, in percent.
    pub cpu_used_pct: f64,
    /// Memory that the sandbox may use.
    pub mem_total: u64,
    /// Memory that its processes hold.
    pub mem_used: u64,
    /// Memory that holds parts of files.
    pub mem_cache: u64,
    /// Size of its disk.
    pub disk_total: u64,
    /// Of that, used.
    pub disk_used: u64,
    /// Of that, free for it.
    pub disk_free: u64,
    /// When it was measured (RFC 3339).
    pub timestamp: String,
    /// The same in seconds since 1970.
    pub timestamp_unix: i64,
}
