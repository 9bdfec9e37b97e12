//! Operations: what users do. The terminal and MCP are skins over them.

pub mod api_key;
pub mod code;
pub mod computer_use;
pub mod copy;
mod ctx;
pub mod exec;
pub mod file;
pub mod gate;
pub mod git;
pub mod inside;
pub mod interpreter;
pub mod job;
pub mod key_values;
pub(crate) mod lease;
mod operation;
mod outage;
pub mod removal;
pub mod sandbox;
pub mod secret;
pub mod session;
pub mod snapshot;
pub mod template;
pub mod trash;
pub mod version;
pub mod volume;

pub use ctx::{Connect, Ctx, Told};
pub use operation::{
    Attachment, Effect, Group, On, Operation, Role, TerminalCommand, Tool, ToolList, perform,
};

/// Lists the tools of every noun.
pub fn tools(list: &mut impl ToolList) {
    sandbox::tools(list);
    job::tools(list);
    file::tools(list);
    git::tools(list);
    snapshot::tools(list);
    trash::tools(list);
    volume::tools(list);
    computer_use::tools(list);
}
