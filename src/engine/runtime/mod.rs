//! Runtimes: what runs sandboxes on this host.

#[cfg(test)]
mod conformance;
pub mod contract;
#[cfg(test)]
pub(crate) mod fake;
#[cfg(test)]
pub(crate) mod fake_agent;
#[cfg(target_os = "linux")]
pub mod namespace;
