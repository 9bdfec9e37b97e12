//! Logs on stderr, where they are asked for: `DAYTONA_LOG`, `-v`, `-vv`.

use tracing_subscriber::EnvFilter;

use crate::error::{Error, Result};

/// Starts logging; nothing is set up where nobody asked.
pub(super) fn start(filter: Option<&str>, verbose: u8) -> Result<()> {
    let filter = match (filter, verbose) {
        (Some(filter), _) => EnvFilter::try_new(filter)
            .map_err(|error| Error::usage(format!("DAYTONA_LOG: {error}")))?,
        (None, 0) => return Ok(()),
        (None, 1) => EnvFilter::new("daytona=debug"),
        (None, _) => EnvFilter::new("daytona=trace,hyper=debug,reqwest=debug"),
    };
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .without_time()
        .try_init();
    Ok(())
}
