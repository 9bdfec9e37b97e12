//! The MCP server as agents use it: its tools, sessions, jobs, confirmations, bounds and resources.

mod confirm;
mod definitions;
mod gate;
mod interleaved;
mod interpreter;
mod jobs;
mod output;
mod resources;
mod scope;
mod selection;
mod session;
