//! The MCP skin: operations as tools for AI agents.

mod arguments;
mod call;
mod compat;
mod completion;
mod confirm;
mod hints;
mod instructions;
mod log;
mod long;
mod progress;
mod prompts;
mod resources;
mod schema;
mod selection;
mod server;
mod stdio;
mod tool;
mod tools;
mod words;

pub use compat::Compat;
pub use instructions::TROUBLE;
pub use log::LogFile;
pub use selection::{GROUPS, Selection};
pub use server::{Service, serve};
pub use tool::Entry;
pub use tools::all as tools;
