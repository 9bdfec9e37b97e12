//! What every command that acts has at hand: settings, printer, operations' context, runtime.

use std::sync::Arc;

use crate::config::{self, Config, Environment, Flags};
use crate::error::{Error, Result};
use crate::ops::Ctx;
use crate::output::{Format, Printer};

use super::confirm::Person;
use super::connect::Connector;
use super::local_engine;
use super::logging::{self, Logs};

/// One run of the program.
pub(super) struct Session {
    pub(super) config: Arc<Config>,
    pub(super) flags: Flags,
    pub(super) environment: Environment,
    pub(super) printer: Printer,
    pub(super) ctx: Ctx,
    /// Why the settings are not those that somebody wrote, where they could not be read.
    pub(super) trouble: Option<Error>,
    runtime: Runtime,
}

/// The runtime, left behind at the end: a read of standard input cannot be called back.
pub(super) struct Runtime(Option<tokio::runtime::Runtime>);

impl Runtime {
    pub(super) fn start() -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let failed = |error| Error::internal("cannot start the runtime").because(error);
        Ok(Self(Some(runtime.map_err(failed)?)))
    }

    /// Runs a future on this thread.
    pub(super) fn block_on<T>(&self, future: impl Future<Output = Result<T>>) -> Result<T> {
        match &self.0 {
            Some(runtime) => runtime.block_on(future),
            None => Err(Error::internal("the runtime is gone")),
        }
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Session {
    /// Resolves the settings; connects to nothing yet.
    pub(super) fn open(
        flags: Flags,
        (logs, verbose): (Logs, u8),
        printer: Printer,
        environment: Environment,
    ) -> Result<Self> {
        let config = Arc::new(config::resolve(&flags, &environment)?);
        let log = config.log.as_ref().map(|log| log.value.as_str());
        let file = config.engine_dir().join(local_engine::LOG);
        logging::start(logs, log, verbose, environment.stderr_terminal, &file)?;
        if !config.verify_tls.value {
            printer.warn(&format!(
                "certificates are not checked ({})",
                config.verify_tls.origin
            ));
        }
        let connector = Connector::new(Arc::clone(&config), printer.clone());
        let target = config.target.as_ref().map(|target| target.value.clone());
        Ok(Self {
            ctx: Ctx::new(connector)
                .with_target(target)
                .with_templates(config.templates_dir())
                .with_asker(Arc::new(Person(printer.clone()))),
            config,
            flags,
            environment,
            printer,
            trouble: None,
            runtime: Runtime::start()?,
        })
    }

    /// As [`Self::open`], for commands that are asked what is wrong: where the configuration file cannot be used,
    /// it is left out, and the session says why.
    pub(super) fn open_despite(
        flags: Flags,
        logs: (Logs, u8),
        printer: Printer,
        environment: Environment,
    ) -> Result<Self> {
        let error = match Self::open(flags.clone(), logs, printer.clone(), environment.clone()) {
            Ok(session) => return Ok(session),
            Err(error) => error,
        };
        let local = Flags {
            local: true,
            ..flags
        };
        match Self::open(local, logs, printer, environment) {
            Ok(session) => Ok(Self {
                trouble: Some(error),
                ..session
            }),
            Err(_) => Err(error),
        }
    }

    /// The same session with another form of results.
    pub(super) fn formatted(mut self, format: Option<Format>) -> Self {
        if let Some(format) = format {
            self.printer = self.printer.with_format(format);
        }
        self
    }

    /// Runs a future on this thread.
    pub(super) fn block_on<T>(&self, future: impl Future<Output = Result<T>>) -> Result<T> {
        self.runtime.block_on(future)
    }
}
