//! The MCP server as agents use it: its tools, sessions, jobs, confirmations, bounds and resources.

mod arguments;
mod confirm;
mod definitions;
mod ending;
mod gate;
mod interleaved;
mod interpreter;
mod jobs;
mod malformed;
mod output;
mod protection;
mod resources;
mod scope;
mod selection;
mod session;
