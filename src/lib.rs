//! `daytona`: throw-away sandboxes from a terminal or an AI agent, in one binary.
//!
//! `main → cli → {mcp, ops} → api → types`; the engine serves the same wire types.

pub mod api;
pub mod cli;
pub mod config;
#[cfg(unix)]
pub mod engine;
pub mod error;
#[cfg(unix)]
mod local_socket;
pub mod mcp;
pub mod ops;
pub mod output;
#[cfg(unix)]
mod relay;
pub mod secret;
#[cfg(target_os = "linux")]
pub mod toolbox;
mod typescript;
