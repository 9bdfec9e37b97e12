//! Runtimes: what runs sandboxes on this host.

pub mod contract;
#[cfg(target_os = "linux")]
pub mod namespace;
