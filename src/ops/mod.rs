//! Operations: what users do. The terminal and MCP are skins over them.

mod operation;

pub use operation::{Connect, Ctx, Effect, Group, Operation, Tool};
