//! `daytona mcp`: starts the MCP server, sets agents up for it, prints the entry to paste.

use crate::error::Result;

use super::mcp_agents::{self, ConfigArgs, InitArgs};
use super::mcp_start::{self, Chosen, StartArgs};
use super::root::{AgentCommand, Command};
use super::session::Session;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Mcp {
    /// Set up agents to use this program
    #[command(after_help = super::examples::mcp_init())]
    Init(InitArgs),
    /// Show which agents use this program, and whether it works
    #[command(after_help = super::examples::MCP_STATUS)]
    Status,
    /// Serve an agent over stdio; agents start this themselves
    #[command(after_help = super::examples::MCP_START)]
    Start(StartArgs),
    /// Show the tools that agents get
    #[command(after_help = super::examples::MCP_TOOLS)]
    Tools(Chosen),
    /// Print the configuration to paste into an agent's settings
    #[command(after_help = super::examples::MCP_CONFIG)]
    Config(ConfigArgs),
}

/// Whether a command is the start of the server.
pub(super) fn starts(command: &Command) -> bool {
    let Command::Agent(AgentCommand::Mcp { command }) = command else {
        return false;
    };
    matches!(command, Mcp::Start(_))
}

pub(super) fn run(command: &Mcp, session: &Session) -> Result<u8> {
    match command {
        Mcp::Init(arguments) => mcp_agents::init(arguments, session),
        Mcp::Status => mcp_agents::status(session),
        Mcp::Start(arguments) => mcp_start::start(arguments, session),
        Mcp::Tools(chosen) => mcp_start::tools(chosen, session),
        Mcp::Config(arguments) => mcp_agents::config(arguments, session),
    }
}
