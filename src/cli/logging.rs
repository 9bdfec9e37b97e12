//! Logs on stderr, where they are asked for: `DAYTONA_LOG`, `-v`, `-vv`.

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::error::{Error, Result};

/// Starts logging; nothing is set up where nobody asked. A person at a terminal knows what time it is.
pub(super) fn start(filter: Option<&str>, verbose: u8, terminal: bool) -> Result<()> {
    let own = |level| Targets::new().with_target("daytona", level);
    let filter = match (filter, verbose) {
        (Some(filter), _) => filter
            .parse()
            .map_err(|error| Error::usage(format!("DAYTONA_LOG: {error}")))?,
        (None, 0) => return Ok(()),
        (None, 1) => own(LevelFilter::DEBUG),
        (None, _) => own(LevelFilter::TRACE)
            .with_target("hyper", LevelFilter::DEBUG)
            .with_target("reqwest", LevelFilter::DEBUG),
    };
    let lines = fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(terminal)
        .with_target(false);
    let lines = if terminal {
        lines.without_time().with_filter(filter).boxed()
    } else {
        lines.with_filter(filter).boxed()
    };
    let _ = tracing_subscriber::registry().with(lines).try_init();
    Ok(())
}
