//! `daytona mcp`: starts the MCP server, sets agents up for it, prints the entry to paste.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::Origin;
use crate::error::{Context as _, Kind, Result};
use crate::mcp::agents::{self, Agent, Places, System, Wish};
use crate::mcp::{self, LogFile};
use crate::ops::Ctx;
use crate::output::{Human, View};

use super::connect::Connector;
use super::interrupt;
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
    Start,
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
        Mcp::Start => start(session),
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

fn start(session: &Session) -> Result<u8> {
    // Logging that was asked for goes to stderr, and was started with the session; else to the file.
    match LogFile::open(&session.config.mcp_log()) {
        Ok(log) => {
            let filter = Targets::new()
                .with_target("daytona", LevelFilter::INFO)
                .with_target("rmcp", LevelFilter::WARN);
            let lines = fmt::layer()
                .with_ansi(false)
                .with_target(false)
                .with_writer(move || log.clone())
                .with_filter(filter);
            let _ = tracing_subscriber::registry().with(lines).try_init();
        }
        // Sandboxes are worth more than their log: a home may be read-only.
        Err(error) => session.printer.warn(&error.text()),
    }
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        pid = std::process::id(),
        "server started"
    );
    let ctx = Ctx::new(Connector::fresh(
        session.flags.clone(),
        session.environment.clone(),
    ))
    .with_target(
        session
            .config
            .target
            .as_ref()
            .map(|target| target.value.clone()),
    )
    .with_templates(session.config.templates_dir());
    session.block_on(async {
        let stop = CancellationToken::new();
        let asked = stop.clone();
        tokio::spawn(async move {
            interrupt::requested().await;
            asked.cancel();
        });
        mcp::serve(ctx, mcp::tools(), stop).await
    })?;
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
