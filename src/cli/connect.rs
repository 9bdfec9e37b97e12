//! From settings to an endpoint; starts the local engine where that is the place.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::api::Endpoint;
use crate::config::{self, Config, Environment, Flags, Place};
use crate::error::{Error, Result};
use crate::ops::Connect;
use crate::output::Printer;

use super::local_engine as start;

/// How often an engine that accepts no connection is looked for again, 20 ms apart.
const DYING: u32 = 50;

/// Finds the endpoint for operations.
pub(super) struct Connector {
    settings: Settings,
    source: &'static str,
    printer: Option<Printer>,
    told: AtomicBool,
}

enum Settings {
    /// Of one command.
    Fixed(Arc<Config>),
    /// Of a server that outlives a login: resolved again at each call.
    Fresh(Box<(Flags, Environment)>),
}

impl Connector {
    /// For one command of the terminal.
    pub(super) fn new(config: Arc<Config>, printer: Printer) -> Self {
        Self {
            settings: Settings::Fixed(config),
            source: "cli",
            printer: Some(printer),
            told: AtomicBool::new(false),
        }
    }

    /// For the MCP server: silent, and a later login heals it.
    pub(super) fn fresh(flags: Flags, environment: Environment) -> Self {
        Self {
            settings: Settings::Fresh(Box::new((flags, environment))),
            source: "daytona-mcp",
            printer: None,
            told: AtomicBool::new(false),
        }
    }

    async fn find(&self) -> Result<Endpoint> {
        let config = match &self.settings {
            Settings::Fixed(config) => Arc::clone(config),
            Settings::Fresh(inputs) => Arc::new(config::resolve(&inputs.0, &inputs.1)?),
        };
        let mut endpoint = Endpoint {
            url: String::new(),
            socket: None,
            credential: None,
            organization: None,
            source: self.source,
            timeout: config.request_timeout.value,
            verify_tls: config.verify_tls.value,
        };
        match &config.place.value {
            Place::Remote(url) => {
                let credential = config.credential_for(url)?;
                endpoint.url.clone_from(url);
                endpoint.credential = Some(credential.secret.clone());
                endpoint.organization = config.organization_header().map(str::to_owned);
            }
            Place::Local => {
                let (address, started) = self.engine(&config).await?;
                self.tell(&config, started);
                endpoint.url = address.url;
                endpoint.socket = Some(address.socket);
                endpoint.credential = Some(address.key);
            }
        }
        Ok(endpoint)
    }

    /// The local engine, started where it does not run. One that is just dying is not taken for running.
    async fn engine(&self, config: &Config) -> Result<(start::Address, bool)> {
        let settings = start::settings(config);
        let mut why = None;
        for _ in 0..DYING {
            let found = start::ensure(&settings).await?;
            match start::greet(&found.0.socket).await {
                Ok(()) => return Ok(found),
                Err(error) => why = Some(error),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let error = why.unwrap_or_else(|| Error::internal("the local engine was not looked for"));
        Err(error.hint("start it anew: `daytona serve --stop`"))
    }

    /// Says once that sandboxes stay on this machine: when the engine was started just now, or with `-v`.
    fn tell(&self, config: &Config, started: bool) {
        if let Some(printer) = &self.printer
            && (started || printer.verbose())
            && !self.told.swap(true, Ordering::Relaxed)
        {
            let origin = &config.place.origin;
            printer.status(&format!(
                "using the local engine ({origin}); sandboxes stay on this machine"
            ));
        }
    }
}

impl Connect for Connector {
    fn endpoint(&self) -> Pin<Box<dyn Future<Output = Result<Endpoint>> + Send + '_>> {
        Box::pin(self.find())
    }
}
