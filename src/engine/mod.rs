//! The embedded server: the Daytona REST API on this machine, in isolated local sandboxes.

mod clock;
mod home;
mod http;
mod random;
pub mod runtime;
mod serve;
mod service;
mod start;
mod store;

pub use serve::serve;
pub use start::{Address, Settings, ensure, running, stop};

#[cfg(fuzzing)]
pub use http::fuzz_host;
#[cfg(fuzzing)]
pub use service::fuzz_dockerfile;
