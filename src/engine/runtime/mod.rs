//! Runtimes: what runs sandboxes on this host.

pub mod contract;
#[cfg(test)]
pub(crate) mod fake;
