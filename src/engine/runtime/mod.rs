//! Runtimes: what runs sandboxes on this host.

#[cfg(test)]
mod conformance;
pub mod contract;
#[cfg(test)]
pub(crate) mod fake;
#[cfg(test)]
mod fake_tests;
#[cfg(target_os = "linux")]
pub mod namespace;
