//! The embedded server: the Daytona REST API on this machine, in isolated local sandboxes.

#[cfg(target_os = "linux")]
pub(crate) mod archive;
mod clock;
mod home;
mod http;
#[cfg(target_os = "linux")]
mod identity;
#[cfg(target_os = "linux")]
pub mod image;
mod purge;
mod random;
pub mod runtime;
mod serve;
mod service;
mod start;
mod store;
#[cfg(target_os = "linux")]
pub mod tree;

pub use home::LOG;
pub use purge::purge;
pub use serve::{Claim, VERSION, serve};
pub use start::{Address, Settings, ensure, greet, running, stop};

/// The free bytes where an engine keeps its sandboxes; an error where the disk is full.
pub fn room(dir: &std::path::Path) -> crate::error::Result<u64> {
    store::Room::at(dir).check()
}

#[cfg(fuzzing)]
pub use http::fuzz_host;
#[cfg(fuzzing)]
pub use service::fuzz_dockerfile;
