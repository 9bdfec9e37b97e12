//! `daytona mcp start` and `mcp tools`: the MCP server with what its operator chose, and what that is.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::value_parser;
use schemars::JsonSchema;
use serde::Serialize;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::{self, Config, Environment, Flags, McpFlags, Stdin};
use crate::error::{Error, Kind, Result};
use crate::mcp::{self, Compat, LogFile, Selection, Service};
use crate::ops::session::{Bound, Choices, ClientSession};
use crate::ops::{Ctx, Effect, key_values};
use crate::output::{Human, Printer, View};

use super::connect::Connector;
use super::interrupt;
use super::session::{self, Session};

/// Which tools there are, and what they may do
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Chosen {
    /// Groups of tools, comma-separated: sandbox, exec, files, git, preview, snapshot, volume, computer-use, default
    /// or all [default: default]
    #[arg(long, value_name = "GROUPS", value_delimiter = ',')]
    toolsets: Vec<String>,

    /// Single tools, comma-separated; without --toolsets, only these
    #[arg(long, value_name = "TOOLS", value_delimiter = ',')]
    tools: Vec<String>,

    /// Tools to leave out, comma-separated; overrides other flags
    #[arg(long, value_name = "TOOLS", value_delimiter = ',')]
    exclude_tools: Vec<String>,

    /// Only read-only tools; overrides other flags
    #[arg(long)]
    read_only: bool,

    /// Offer the tools of an older server instead: interpreter (the Daytona interpreters in Python); also reads
    /// `.env` in the current folder
    #[arg(long, value_name = "SERVER")]
    compat: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  daytona mcp start
  daytona --local mcp start --toolsets sandbox,exec,files
  daytona mcp start --read-only
  daytona mcp start --scope name=agent- --scope sandboxes=5 --scope deletions=10 --confirm always

Each flag has a variable of its own: `daytona help environment`.";

/// How the server deals with sandboxes
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct StartArgs {
    #[command(flatten)]
    chosen: Chosen,

    /// Limit what agents may touch (can be repeated): name=PREFIX, label=KEY=VALUE, sandboxes=COUNT at once,
    /// deletions=COUNT per hour
    #[arg(long, value_name = "BOUND")]
    scope: Vec<String>,

    /// When to ask the user: auto (before deleting what the session did not create), inside (also before the first
    /// change inside such a sandbox), always (before any deletion) or never [default: auto]
    #[arg(long, value_name = "WHEN")]
    confirm: Option<String>,

    /// Session name: servers with the same name share one sandbox [default: one each]
    #[arg(long, value_name = "NAME")]
    session: Option<String>,

    /// Keep the session's sandbox when the session ends
    #[arg(long)]
    keep: bool,

    /// Read unset `DAYTONA_*` and `MCP_*` variables from this file of KEY=VALUE lines
    #[arg(long, value_name = "FILE")]
    env_file: Option<PathBuf>,

    /// Seconds before a call continues as a job [default: 50]
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..=3600))]
    call_limit: Option<u64>,

    /// KiB of each output stream in a result [default: 8]
    #[arg(long, value_name = "KIB", value_parser = value_parser!(u64).range(1..=1024))]
    output_budget: Option<u64>,
}

impl Chosen {
    fn flags(&self) -> McpFlags {
        McpFlags {
            toolsets: self.toolsets.clone(),
            tools: self.tools.clone(),
            exclude_tools: self.exclude_tools.clone(),
            read_only: self.read_only,
            compat: self.compat.clone(),
            ..McpFlags::default()
        }
    }
}

fn selection(flags: &McpFlags) -> Selection {
    Selection {
        toolsets: flags.toolsets.clone(),
        tools: flags.tools.clone(),
        exclude: flags.exclude_tools.clone(),
        read_only: flags.read_only,
    }
}

fn choices(flags: &McpFlags) -> Result<Choices> {
    let bounds: Result<Vec<Bound>> = flags
        .scope
        .iter()
        .map(|text| {
            text.parse()
                .map_err(|why| Error::usage(format!("--scope {text}: {why}")))
        })
        .collect();
    let name = flags.session.clone();
    if let Some(name) = &name
        && (name.len() > 40
            || !name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)))
    {
        return Err(Error::usage(format!(
            "--session {name}: 1 to 40 letters, digits, `-`, `_` and `.`"
        )));
    }
    let mut choices = Choices {
        name,
        keep: flags.keep,
        read_only: flags.read_only,
        scope: bounds?.into_iter().collect(),
        ..Choices::default()
    };
    if let Some(when) = &flags.confirm {
        choices.confirm = when
            .parse()
            .map_err(|why| Error::usage(format!("--confirm: {why}")))?;
    }
    if let Some(seconds) = within("--call-limit", flags.call_limit, 3600)? {
        choices.call_limit = Duration::from_secs(seconds);
    }
    if let Some(kib) = within("--output-budget", flags.output_budget, 1024)? {
        choices.budget = kib << 10;
    }
    Ok(choices)
}

/// A variable is held to what its flag is held to.
fn within(flag: &str, number: Option<u64>, most: u64) -> Result<Option<u64>> {
    match number {
        Some(number) if !(1..=most).contains(&number) => Err(Error::usage(format!(
            "{flag}: {number} is not within 1 to {most}"
        ))),
        number => Ok(number),
    }
}

/// Serves as the settings say. Where they are wrong a client is served by a server that says so, because a
/// client shows nothing of one that ends; a person is told at once.
pub(super) fn start(args: &StartArgs, session: &Session) -> Result<u8> {
    match service(args, session) {
        Ok(service) => {
            if session.environment.stdin == Stdin::Terminal {
                session.printer.status(
                    "serving MCP on standard input and output: a client starts this itself, see `daytona mcp init`; Ctrl-D ends it",
                );
            }
            session.block_on(serve(service))?;
            Ok(0)
        }
        Err(error) => in_trouble(error, &session.environment, &session.printer),
    }
}

/// Serves a client nothing but why nothing can be done; without a client that is the failure of the command.
pub(super) fn in_trouble(error: Error, environment: &Environment, printer: &Printer) -> Result<u8> {
    if environment.stdin != Stdin::Data {
        return Err(error);
    }
    printer.error(&error);
    let error = error.hint(
        "tell the user: this server's entry in the client's configuration is to be corrected, then the server restarted",
    );
    let connector = Connector::fresh(Flags::default(), environment.clone());
    let service = Service {
        ctx: Ctx::new(connector),
        tools: Selection::default().of(mcp::tools())?,
        trouble: Some(error),
    };
    let runtime = session::Runtime::start()?;
    runtime.block_on(serve(service))?;
    Ok(0)
}

async fn serve(service: Service) -> Result<()> {
    let stop = CancellationToken::new();
    let asked = stop.clone();
    tokio::spawn(async move {
        interrupt::requested().await;
        asked.cancel();
    });
    Box::pin(mcp::serve(service, stop)).await
}

/// What is to be served, if it can be.
fn service(args: &StartArgs, session: &Session) -> Result<Service> {
    let flags = McpFlags {
        scope: args.scope.clone(),
        confirm: args.confirm.clone(),
        session: args.session.clone(),
        keep: args.keep,
        call_limit: args.call_limit,
        output_budget: args.output_budget,
        ..args.chosen.flags()
    };
    let compat = compat(&flags.clone().or_environment(&session.environment)?)?;
    let file = args.env_file.clone().or_else(|| dot_env(compat));
    let environment = surroundings(file.as_deref(), session)?;
    let config = config::resolve(&session.flags, &environment)?;
    let flags = flags.or_environment(&environment)?;
    let choices = choices(&flags)?;
    let tools = selection(&flags).of(offered(compat))?;
    log(&config, session);
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        pid = std::process::id(),
        tools = tools.len(),
        "server started"
    );
    let target = config.target.as_ref();
    let connector = Connector::fresh(session.flags.clone(), environment);
    let ctx = Ctx::new(connector)
        .with_target(target.map(|target| target.value.clone()))
        .with_templates(config.templates_dir())
        .with_session(Arc::new(ClientSession::new(choices)));
    Ok(Service {
        ctx,
        tools,
        trouble: None,
    })
}

/// The older server whose tools are asked for.
fn compat(flags: &McpFlags) -> Result<Option<Compat>> {
    let parsed = flags.compat.as_deref().map(str::parse);
    parsed
        .transpose()
        .map_err(|why: String| Error::usage(format!("--compat: {why}")))
}

/// All tools that can be chosen from.
fn offered(compat: Option<Compat>) -> Vec<mcp::Entry> {
    match compat {
        Some(compat) => compat.tools(mcp::tools()),
        None => mcp::tools(),
    }
}

/// The file that the older servers read by themselves.
fn dot_env(compat: Option<Compat>) -> Option<PathBuf> {
    let file = PathBuf::from(".env");
    (compat.is_some() && file.is_file()).then_some(file)
}

/// The variables of this process, and below them those of a file.
fn surroundings(file: Option<&Path>, session: &Session) -> Result<Environment> {
    let environment = session.environment.clone();
    let Some(file) = file else {
        return Ok(environment);
    };
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| {
        Error::new(Kind::Usage, format!("--env-file: cannot read {name}")).because(error)
    })?;
    Ok(environment.or_file(key_values::parse_file(&text, &name)?))
}

/// Logging that was asked for goes to stderr, and was started with the session; else to the file.
fn log(config: &Config, session: &Session) {
    match LogFile::open(&config.mcp_log()) {
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
}

pub(super) fn tools(chosen: &Chosen, session: &Session) -> Result<u8> {
    session.printer.check::<ToolList>()?;
    let flags = chosen.flags().or_environment(&session.environment)?;
    let entries = selection(&flags).of(offered(compat(&flags)?))?;
    let bytes =
        |entry: &mcp::Entry| serde_json::to_vec(entry.definition()).map_or(0, |json| json.len());
    let items = entries
        .iter()
        .map(|entry| {
            let group = mcp::GROUPS
                .iter()
                .find(|(_, group)| *group == entry.tool.group);
            ToolLine {
                name: entry.tool.name,
                group: group.map_or("", |(name, _)| *name),
                default: entry.tool.default,
                effect: match entry.tool.effect {
                    Effect::Reads => "reads",
                    Effect::Adds => "adds",
                    Effect::Sets | Effect::Overwrites => "changes",
                    Effect::Acts => "acts",
                    Effect::Destroys => "deletes",
                },
                bytes: bytes(entry),
            }
        })
        .collect();
    session.printer.result(&ToolList { items })?;
    Ok(0)
}

/// The tools that a server started so would have
#[derive(JsonSchema, Serialize)]
struct ToolList {
    /// The tools
    items: Vec<ToolLine>,
}

/// One tool
#[derive(JsonSchema, Serialize)]
struct ToolLine {
    /// Its name
    name: &'static str,
    /// Its group
    group: &'static str,
    /// Whether it is there by default
    default: bool,
    /// What it does to the world: reads, adds, changes, acts or deletes
    effect: &'static str,
    /// How long its definition is in bytes
    bytes: usize,
}

impl Human for ToolList {
    fn view(&self) -> View {
        let row = |tool: &ToolLine| {
            let default = if tool.default { "yes" } else { "-" };
            let bytes = tool.bytes.to_string();
            [tool.name, tool.group, default, tool.effect, &bytes]
                .map(Into::into)
                .to_vec()
        };
        let bytes: usize = self.items.iter().map(|tool| tool.bytes).sum();
        View::Table {
            headings: vec!["TOOL", "GROUP", "DEFAULT", "EFFECT", "BYTES"],
            rows: self.items.iter().map(row).collect(),
            empty: "no tools",
            note: Some(format!(
                "{} tools, {bytes} bytes, about {} tokens",
                self.items.len(),
                bytes / 4
            )),
        }
    }

    fn ids(&self) -> Vec<String> {
        self.items.iter().map(|tool| tool.name.to_owned()).collect()
    }
}
