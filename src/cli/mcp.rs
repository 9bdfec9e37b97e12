//! `daytona mcp`: the terminal's side of the MCP server. TODO(merge): the arms come with `crate::mcp`.

use crate::error::{Error, Kind, Result};

use super::session::Session;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Mcp {
    /// Set an agent up to use this program
    Init {
        /// Agent: claude, cursor or windsurf
        agent: String,
    },
    /// Serve on standard input and output
    Start,
    /// Print the configuration to paste into an agent's own
    Config,
}

pub(super) fn run(command: &Mcp, session: &Session) -> Result<u8> {
    tracing::debug!(?command, log = ?session.config.mcp_log(), "mcp");
    Err(Error::new(
        Kind::Unsupported,
        "this build has no MCP server yet",
    ))
}
