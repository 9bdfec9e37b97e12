//! The MCP skin: operations as tools for AI agents, over stdio; and the set-up of agents.

pub mod agents;
mod log;
mod schema;
mod server;
mod tool;
mod tools;

pub use log::LogFile;
pub use server::serve;
pub use tools::all as tools;
