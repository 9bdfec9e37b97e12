//! Where requests go and with which credential; the connection pool behind them, made on first use.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::error::Result;
use crate::secret::Secret;

use super::lacking::Lacking;
use super::transport;

/// Where requests go, and how.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Endpoint {
    /// The base URL, ending in `/api` (no slash after it).
    pub url: String,
    /// The socket by which that address is reached instead of the network: that of the local engine, in
    /// its folder. Whoever listens at the port of one that ended gets nothing.
    pub socket: Option<PathBuf>,
    /// The API key or JWT; sent only there and to the toolbox address which that server names.
    pub credential: Option<Secret>,
    /// The organization: sent with a JWT; a key implies its own.
    pub organization: Option<String>,
    /// Who asks: `cli` or `daytona-mcp` (header `X-Daytona-Source`).
    pub source: &'static str,
    /// How long one request may take.
    pub timeout: Duration,
    /// Whether certificates are checked.
    pub verify_tls: bool,
}

impl Endpoint {
    /// Whether the server is on this machine: no proxy is used then.
    pub(crate) fn is_loopback(&self) -> bool {
        let host = self.url.split_once("://").map_or("", |(_, rest)| rest);
        ["127.", "localhost", "[::1]"]
            .iter()
            .any(|prefix| host.starts_with(prefix))
    }
}

/// A client of one endpoint. Making one costs nothing; cloning the handle around is what `Arc` is for.
#[derive(Debug)]
pub struct Client {
    endpoint: Endpoint,
    http: OnceLock<transport::Pool>,
    engine: AtomicBool,
    pub(super) lacking: Lacking,
}

impl Client {
    /// A client that has not connected yet.
    pub fn new(endpoint: Endpoint) -> Self {
        Self {
            endpoint,
            http: OnceLock::new(),
            engine: AtomicBool::new(false),
            lacking: Lacking::default(),
        }
    }

    /// Where this client's requests go.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Whether the last reply came from our engine, whose extensions of the contract are then there.
    pub fn is_engine(&self) -> bool {
        self.engine.load(Ordering::Relaxed)
    }

    pub(super) fn saw_engine(&self, seen: bool) {
        self.engine.store(seen, Ordering::Relaxed);
    }

    /// The connection pool. Reading the certificate store takes milliseconds: not before it is needed.
    pub(super) fn http(&self) -> Result<&reqwest::Client> {
        if let Some(pool) = self.http.get() {
            return Ok(&pool.http);
        }
        let built = transport::build(&self.endpoint)?;
        Ok(&self.http.get_or_init(|| built).http)
    }
}
