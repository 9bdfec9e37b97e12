//! `daytona mcp`: starts the MCP server, sets agents up for it, prints the entry to paste.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::config::Origin;
use crate::error::{Context as _, Kind, Result};
use crate::mcp::agents::{self, Agent, Places, System, Wish};
use crate::output::{Human, View};

use super::mcp_start;
use super::session::Session;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Mcp {
    /// Set an agent up to use this program
    #[command(after_help = super::examples::MCP_INIT)]
    Init {
        /// Agent: claude, cursor or windsurf
        agent: String,

        /// Show what would change, and change nothing
        #[arg(long)]
        dry_run: bool,

        /// Take the entry out again
        #[arg(long)]
        remove: bool,
    },
    /// Serve an agent on standard input and output; agents start this themselves
    #[command(after_help = super::examples::MCP_START)]
    Start(mcp_start::StartArgs),
    /// Show which tools an agent would have
    #[command(after_help = super::examples::MCP_TOOLS)]
    Tools(mcp_start::Chosen),
    /// Print the configuration to paste into an agent's own
    #[command(after_help = super::examples::MCP_CONFIG)]
    Config,
}

pub(super) fn run(command: &Mcp, session: &Session) -> Result<u8> {
    match command {
        Mcp::Init {
            agent,
            dry_run,
            remove,
        } => init(
            agent,
            Wish {
                dry_run: *dry_run,
                remove: *remove,
            },
            session,
        ),
        Mcp::Start(args) => mcp_start::start(args, session),
        Mcp::Tools(chosen) => mcp_start::tools(chosen, session),
        Mcp::Config => {
            session.printer.check::<Paste>()?;
            session.printer.result(&Paste(agents::paste(&program()?)))?;
            Ok(0)
        }
    }
}

fn init(agent: &str, wish: Wish, session: &Session) -> Result<u8> {
    session.printer.check::<agents::SetUp>()?;
    let agent = Agent::named(agent)?;
    let places = Places {
        home: session.environment.home.clone(),
        config: session.environment.config_dir.clone(),
        system: System::here(),
    };
    let done = agents::set_up(agent, &places, &program()?, wish)?;
    session.printer.result(&done)?;
    // Agents start the server with little of this shell's environment.
    if let Some(credential) = session.config.credential.as_ref().filter(|_| !wish.remove)
        && matches!(credential.origin, Origin::Variable(_))
    {
        session.printer.warn(&format!(
            "the API key comes from this shell ({}), which {} does not see: give it to the agent's own environment, or the server will use the local engine",
            credential.origin,
            agent.title(),
        ));
    }
    Ok(0)
}

/// The absolute path of this program: agents with windows have a bare search path.
fn program() -> Result<PathBuf> {
    std::env::current_exe().context(Kind::Internal, || {
        "cannot tell where this program is".to_owned()
    })
}

/// The entry to paste, as agents' files hold it
#[derive(JsonSchema, Serialize)]
#[serde(transparent)]
struct Paste(Value);

impl Human for Paste {
    fn view(&self) -> View {
        View::Text(format!("{:#}\n", self.0))
    }
}
