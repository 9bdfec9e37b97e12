//! The embedded server: the Daytona REST API on this machine, in isolated local sandboxes.

mod clock;
mod home;
mod http;
mod purge;
mod random;
pub mod runtime;
mod serve;
mod service;
mod start;
mod store;

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
