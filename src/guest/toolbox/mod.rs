//! The toolbox API: what a guest does inside the sandbox for clients, over HTTP.

mod artifacts;
mod code_run;
mod drain_body;
mod env;
mod execute;
mod failure;
mod files;
#[cfg(any(test, fuzzing))]
pub mod fuzzed;
mod git;
pub(super) mod http;
mod interpreter;
mod metrics;
mod params;
mod ports;
mod pty;
mod regular;
mod reply;
mod run;
pub(super) mod session;
mod shell;
mod socket;
mod spill;
mod unsupported;
mod warm_shell;
