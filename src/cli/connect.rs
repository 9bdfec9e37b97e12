//! From settings to an endpoint; starts the local engine where that is the place.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::api::Endpoint;
use crate::config::{self, Config, Environment, Flags, Place};
use crate::error::{Error, Kind, Result};
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
    /// Whether the engine's version was looked at.
    looked: AtomicBool,
}

enum Settings {
    /// Of one command.
    Fixed(Arc<Config>),
    /// Of somebody who only looks: an engine that does not run is not started.
    Resting(Arc<Config>),
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
            looked: AtomicBool::new(false),
        }
    }

    /// For whoever only looks, and waits for nothing.
    pub(super) fn resting(config: Arc<Config>) -> Self {
        Self {
            settings: Settings::Resting(config),
            source: "cli",
            printer: None,
            told: AtomicBool::new(false),
            looked: AtomicBool::new(false),
        }
    }

    /// For the MCP server: silent, and a later login heals it.
    pub(super) fn fresh(flags: Flags, environment: Environment) -> Self {
        Self {
            settings: Settings::Fresh(Box::new((flags, environment))),
            source: "daytona-mcp",
            printer: None,
            told: AtomicBool::new(false),
            looked: AtomicBool::new(false),
        }
    }

    async fn find(&self) -> Result<Endpoint> {
        let config = match &self.settings {
            Settings::Fixed(config) | Settings::Resting(config) => Arc::clone(config),
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
                let address = if let Settings::Resting(_) = self.settings {
                    let running = start::running(&config.engine_dir()).await?;
                    running.ok_or_else(|| {
                        Error::new(Kind::Unavailable, "the local engine does not run")
                    })?
                } else {
                    let (address, started) = self.engine(&config).await?;
                    let address = self.replaced(&config, address).await?;
                    self.tell(&config, started);
                    address
                };
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

    /// The engine of this version in place of an older one; sandboxes run on meanwhile. One that somebody runs in
    /// the foreground, or through which commands are connected, is left.
    async fn replaced(&self, config: &Config, found: start::Address) -> Result<start::Address> {
        if !is_older(&found.version, start::VERSION) || self.looked.swap(true, Ordering::Relaxed) {
            return Ok(found);
        }
        let (old, new) = (found.version.clone(), start::VERSION);
        let say = |text: String| {
            if let Some(printer) = &self.printer {
                printer.status(&text);
            } else {
                tracing::warn!("{text}");
            }
        };
        if !found.detached {
            say(format!(
                "the local engine is version {old}, this is {new}: stop it and run it again"
            ));
            return Ok(found);
        }
        let timeout = config.request_timeout.value;
        let client = start::client(&found, self.source, timeout);
        let open = client.about_engine().await.map_or(0, |about| about.open);
        if open > 0 {
            say(format!(
                "the local engine is version {old}, this is {new}: it is replaced once nobody is connected to \
                 its sandboxes (connections now: {open})"
            ));
            return Ok(found);
        }
        start::stop(&config.engine_dir()).await?;
        let (address, _) = self.engine(config).await?;
        say(format!(
            "replaced the local engine {old} by {new}; its sandboxes run on"
        ));
        Ok(address)
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

/// Whether a version comes before another: `1.2.3`, with or without more behind a dash.
fn is_older(one: &str, other: &str) -> bool {
    let numbers = |version: &str| -> Vec<u64> {
        let release = version.split(['-', '+']).next().unwrap_or_default();
        release
            .split('.')
            .map(|part| part.parse().unwrap_or(0))
            .collect()
    };
    numbers(one) < numbers(other)
}

#[cfg(test)]
mod tests {
    use super::is_older;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(is_older("0.9.1", "0.10.0") && is_older("0.1.0", "0.1.1"));
        assert!(!is_older("1.0.0", "0.10.0") && !is_older("0.1.0", "0.1.0"));
        assert!(is_older("", "0.1.0"));
    }
}
