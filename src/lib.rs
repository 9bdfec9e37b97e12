//! `daytona`: throw-away sandboxes from a terminal or an AI agent, in one binary.
//!
//! `main → cli → {mcp, ops} → api → types`; the engine serves the same wire types. ARCHITECTURE.md is the map.

pub mod api;
pub mod cli;
pub mod clients;
pub mod config;
pub mod document;
#[cfg(unix)]
pub mod engine;
pub mod error;
#[cfg(target_os = "linux")]
pub mod guest;
#[cfg(unix)]
mod guest_boot;
#[cfg(unix)]
mod http_upgrade;
#[cfg(unix)]
mod local_socket;
pub mod mcp;
pub mod ops;
pub mod output;
pub mod secret;
#[cfg(test)]
#[path = "../tests/it/skip.rs"]
#[expect(
    clippy::print_stderr,
    reason = "a test that cannot be run here says so"
)]
mod skip;
#[cfg(target_os = "linux")]
mod syscall;
mod typescript;
