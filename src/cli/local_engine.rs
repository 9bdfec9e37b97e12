//! TODO(merge): a stand-in with the signatures of `crate::engine::start`; to be removed with that merge.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use crate::config::{Config, Origin};
use crate::error::{Error, Kind, Result};
use crate::secret::Secret;

/// What the engine is started with.
pub(super) struct Settings {
    pub(super) dir: PathBuf,
    pub(super) listen: SocketAddr,
    pub(super) listen_fixed: bool,
}

/// Where a running engine is.
pub(super) struct Address {
    pub(super) url: String,
    pub(super) key: Secret,
    pub(super) pid: u32,
}

/// The engine's settings. An address that was asked for is not exchanged for another.
pub(super) fn settings(config: &Config) -> Settings {
    Settings {
        dir: config.engine_dir(),
        listen: config.engine_listen.value,
        listen_fixed: config.engine_listen.origin != Origin::Default,
    }
}

fn missing() -> Error {
    Error::new(Kind::Unsupported, "this build has no local engine yet")
        .hint("use a server: set DAYTONA_API_KEY, and DAYTONA_API_URL where it is not the cloud")
}

#[expect(clippy::unused_async, reason = "the signature of the engine")]
pub(super) async fn ensure(settings: &Settings) -> Result<(Address, bool)> {
    tracing::debug!(dir = ?settings.dir, listen = ?settings.listen, fixed = settings.listen_fixed, "engine");
    Err(missing())
}

#[expect(clippy::unused_async, reason = "the signature of the engine")]
pub(super) async fn running(_dir: &Path) -> Result<Option<Address>> {
    Ok(None)
}

#[expect(clippy::unused_async, reason = "the signature of the engine")]
pub(super) async fn stop(_dir: &Path) -> Result<bool> {
    Ok(false)
}
