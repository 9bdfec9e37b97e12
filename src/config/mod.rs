//! Settings: flags, environment and the shared configuration file, resolved once; each value keeps its origin.

mod environment;
mod mcp;
mod profile;
mod resolve;
mod value;
mod variables;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::error::{Error, Kind, Result};
use crate::secret::Secret;

pub use environment::{Environment, Stdin};
pub use mcp::McpFlags;
pub use resolve::{Flags, resolve};
pub use variables::VARIABLES;

/// Where an API key alone leads.
pub const CLOUD_URL: &str = "https://app.daytona.io/api";

/// A value and where it came from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

impl<T> Setting<T> {
    /// A value with its origin.
    pub fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }
}

/// Where a value came from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Origin {
    /// A command-line flag.
    Flag(&'static str),
    /// An environment variable.
    Variable(&'static str),
    /// A profile of the configuration file.
    Profile(String),
    /// It follows from another value, as said.
    Implied(&'static str),
    /// Nothing was set.
    Default,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Flag(name) => write!(f, "flag {name}"),
            Self::Variable(name) => write!(f, "variable {name}"),
            Self::Profile(name) => write!(f, "profile `{name}` in the config file"),
            Self::Implied(why) => f.write_str(why),
            Self::Default => f.write_str("default"),
        }
    }
}

/// Which server commands talk to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Place {
    /// The engine in this binary, on this machine.
    Local,
    /// A server at this base URL, without a slash at its end.
    Remote(String),
}

/// What proves who asks.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Credential {
    /// The key or token.
    pub secret: Secret,
    /// Whether it is a token of a login, which needs the organization beside it.
    pub token: bool,
    /// When it ended, if it has.
    pub expired: Option<String>,
}

/// Every setting.
#[derive(Clone, Debug)]
pub struct Config {
    /// Which server commands talk to.
    pub place: Setting<Place>,
    /// The credential for that server, and for no other.
    pub credential: Option<Setting<Credential>>,
    /// The organization to act in.
    pub organization: Option<Setting<String>>,
    /// The region where sandboxes are created if none is named.
    pub target: Option<Setting<String>>,
    /// How long one request may take.
    pub request_timeout: Setting<Duration>,
    /// Whether certificates are checked.
    pub verify_tls: Setting<bool>,
    /// Where the local engine listens.
    pub engine_listen: Setting<SocketAddr>,
    /// Whether whoever opens a preview starts its sandbox.
    pub engine_auto_start: Setting<bool>,
    /// Where our own state lives.
    pub data_dir: Setting<PathBuf>,
    /// The configuration file that is shared with the official CLI.
    pub config_file: Setting<PathBuf>,
    /// What is logged (the syntax of `tracing` filters).
    pub log: Option<Setting<String>>,
    /// The user's home folder.
    pub home: PathBuf,
}

impl Config {
    /// Where the engine keeps its store, key, log and sandboxes.
    pub fn engine_dir(&self) -> PathBuf {
        self.data_dir.value.join("engine")
    }

    /// Where templates are kept: beside the configuration file, which is shared and not for them.
    pub fn templates_dir(&self) -> PathBuf {
        self.config_file.value.with_file_name("templates")
    }

    /// Where the MCP server logs.
    pub fn mcp_log(&self) -> PathBuf {
        self.home.join(".daytona").join("daytona-mcp.log")
    }

    /// The credential for `url`, or why there is none that may be sent there.
    pub fn credential_for(&self, url: &str) -> Result<&Credential> {
        let Some(credential) = &self.credential else {
            return Err(Error::new(Kind::Auth, format!("no API key for {url}"))
                .hint("set DAYTONA_API_KEY, or give a file: `--api-key-file FILE`")
                .hint("without an account: `--local` uses the engine on this machine"));
        };
        match &credential.value.expired {
            Some(when) => Err(Error::new(
                Kind::Auth,
                format!(
                    "the login for {url} ended at {when} ({})",
                    credential.origin
                ),
            )
            .hint("log in again with the CLI that made it, or set DAYTONA_API_KEY")),
            None => Ok(&credential.value),
        }
    }

    /// The organization to name in requests: a key implies its own, so only a token or a flag names one.
    pub fn organization_header(&self) -> Option<&str> {
        let organization = self.organization.as_ref()?;
        let asked = matches!(organization.origin, Origin::Flag(_));
        let token = self.credential.as_ref().is_some_and(|c| c.value.token);
        (asked || token).then_some(organization.value.as_str())
    }
}
