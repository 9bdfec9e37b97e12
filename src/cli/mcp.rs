//! `daytona mcp`: starts the MCP server, sets agents up for it, prints the entry to paste.

use tokio_util::sync::CancellationToken;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::error::Result;
use crate::mcp::{self, LogFile};
use crate::ops::Ctx;

use super::connect::Connector;
use super::interrupt;
use super::mcp_agents::{self, ConfigArgs, InitArgs};
use super::session::Session;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Mcp {
    /// Set agents up to use this program
    #[command(after_help = super::examples::mcp_init())]
    Init(InitArgs),
    /// Show where agents are set up to use this program, and whether that works
    #[command(after_help = super::examples::MCP_STATUS)]
    Status,
    /// Serve an agent on standard input and output; agents start this themselves
    #[command(after_help = super::examples::MCP_START)]
    Start,
    /// Print the configuration to paste into an agent's own
    #[command(after_help = super::examples::MCP_CONFIG)]
    Config(ConfigArgs),
}

pub(super) fn run(command: &Mcp, session: &Session) -> Result<u8> {
    match command {
        Mcp::Init(arguments) => mcp_agents::init(arguments, session),
        Mcp::Status => mcp_agents::status(session),
        Mcp::Start => start(session),
        Mcp::Config(arguments) => mcp_agents::config(arguments, session),
    }
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
