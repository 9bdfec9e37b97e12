//! `daytona mcp`: starts the MCP server, sets agents up for it, prints the entry to paste.

use crate::error::Result;

use super::mcp_agents::{self, ConfigArgs, InitArgs};
use super::mcp_start::{self, Chosen, StartArgs};
use super::root::{AgentCommand, Command};
use super::session::Session;

const EXAMPLES: &str = "\
Examples:
  daytona mcp init claude
  daytona mcp status
  daytona mcp start";

#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum Mcp {
    /// Set up agents to use this program
    #[command(after_help = init_help())]
    Init(InitArgs),
    /// Show which agents use this program, and whether it works
    #[command(after_help = STATUS_EXAMPLES)]
    Status,
    /// Serve an agent over stdio; agents start this themselves
    Start(StartArgs),
    /// Show the tools that agents get
    #[command(after_help = TOOLS_EXAMPLES)]
    Tools(Chosen),
    /// Print the configuration to paste into an agent's settings
    Config(ConfigArgs),
}

const INIT_EXAMPLES: &str = "\
Examples:
  daytona mcp init
  daytona mcp init claude-code codex --verify
  daytona mcp init cursor --project --dry-run
  daytona mcp init --all --remove

One entry is written to the agent's file; the rest of it stays as it is, and no secret is written.";

const STATUS_EXAMPLES: &str = "\
Examples:
  daytona mcp status
  daytona mcp status --json=agent,state,file

Every configured command is started with a bare environment and asked for its tools. Exit code 1 where
one does not answer.";

const TOOLS_EXAMPLES: &str = "\
Examples:
  daytona mcp tools
  daytona mcp tools --toolsets all --json=name,group
  daytona mcp tools --read-only";

/// The examples, with the names of the agents, which are kept elsewhere.
fn init_help() -> String {
    format!("{}\n{INIT_EXAMPLES}", mcp_agents::names())
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
