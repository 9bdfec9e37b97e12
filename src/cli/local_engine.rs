//! The local engine as commands reach it; on systems that it does not run on, the reason why not.

use std::time::Duration;

use crate::api::{Client, Endpoint};
use crate::config::{Config, Origin};
use crate::error::Result;

#[cfg(unix)]
pub(super) use crate::engine::{Address, LOG, Settings, VERSION, ensure, greet, running, stop};
#[cfg(not(unix))]
pub(super) use absent::{Address, LOG, Settings, VERSION, ensure, greet, running, stop};

/// The engine's settings. An address that was asked for is not exchanged for another.
pub(super) fn settings(config: &Config) -> Settings {
    Settings {
        dir: config.engine_dir(),
        listen: config.engine_listen.value,
        listen_fixed: config.engine_listen.origin != Origin::Default,
        auto_start: config.engine_auto_start.value,
        detached: false,
        origins: Vec::new(),
    }
}

/// A client of a running engine, whatever its version.
pub(super) fn client(address: &Address, source: &'static str, timeout: Duration) -> Client {
    Client::new(Endpoint {
        url: address.url.clone(),
        socket: Some(address.socket.clone()),
        credential: Some(address.key.clone()),
        organization: None,
        source,
        timeout,
        verify_tls: true,
    })
}

/// Runs the engine until it is asked to stop, for pages of these origins too; `ready` is told where it is.
#[cfg(target_os = "linux")]
pub(super) fn serve(
    config: &Config,
    detached: bool,
    origins: &[String],
    ready: impl FnOnce(&Address),
) -> Result<()> {
    use std::sync::Arc;

    use crate::engine::runtime::namespace::Namespace;
    use crate::error::{Context as _, Kind};

    let settings = Settings {
        detached,
        origins: origins.to_vec(),
        ..settings(config)
    };
    let (folder, images) = (
        settings.dir.join("runtime"),
        settings.dir.join("images.json"),
    );
    let claim = crate::engine::Claim::take(settings)?;
    // The runtime starts its zygotes before there are threads.
    let runtime = Arc::new(Namespace::start(&folder, &images)?);
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context(Kind::Internal, || {
            "cannot start the engine's threads".to_owned()
        })?
        .block_on(crate::engine::serve(claim, runtime, Vec::new(), ready))
}

/// Ends everything that runs on the engine's folder, and removes it. No engine may run.
#[cfg(target_os = "linux")]
pub(super) fn purge(config: &Config) -> Result<()> {
    use std::sync::Arc;

    use crate::engine::runtime::namespace::Namespace;
    use crate::engine::tree;
    use crate::error::{Context as _, Kind};

    let settings = settings(config);
    let dir = settings.dir.clone();
    let claim = crate::engine::Claim::take(settings)?;
    let runtime = Arc::new(Namespace::start(
        &dir.join("runtime"),
        &dir.join("images.json"),
    )?);
    tokio::runtime::Runtime::new()
        .context(Kind::Internal, || "cannot start threads".to_owned())?
        .block_on(crate::engine::purge(claim, runtime, &dir, tree::delete))
        .map(drop)
}

/// As on Linux: elsewhere there is nothing to end.
#[cfg(not(target_os = "linux"))]
pub(super) fn purge(config: &Config) -> Result<()> {
    use crate::error::{Context as _, Kind};

    std::fs::remove_dir_all(config.engine_dir()).context(Kind::Other, || {
        "cannot remove the engine's folder".to_owned()
    })
}

/// As on Linux, which alone has a runtime for it yet.
#[cfg(not(target_os = "linux"))]
pub(super) fn serve(_: &Config, _: bool, _: &[String], _: impl FnOnce(&Address)) -> Result<()> {
    use crate::error::{Error, Kind};

    Err(Error::new(
        Kind::Unsupported,
        "the local engine runs sandboxes on Linux only",
    )
    .hint("use a server: set DAYTONA_API_KEY, and DAYTONA_API_URL where it is not the cloud"))
}

#[cfg(not(unix))]
mod absent {
    //! The engine's interface on systems where it cannot be.

    use std::net::SocketAddr;
    use std::path::{Path, PathBuf};

    use crate::error::{Error, Kind, Result};
    use crate::secret::Secret;

    /// As where there is one.
    pub(in super::super) const LOG: &str = "engine.log";
    /// As where there is one.
    pub(in super::super) const VERSION: &str = env!("CARGO_PKG_VERSION");

    #[expect(dead_code, reason = "there is nobody to tell them to")]
    pub(in super::super) struct Settings {
        pub(in super::super) dir: PathBuf,
        pub(in super::super) listen: SocketAddr,
        pub(in super::super) listen_fixed: bool,
        pub(in super::super) auto_start: bool,
        pub(in super::super) detached: bool,
        pub(in super::super) origins: Vec<String>,
    }

    pub(in super::super) struct Address {
        pub(in super::super) url: String,
        pub(in super::super) socket: PathBuf,
        pub(in super::super) key: Secret,
        pub(in super::super) pid: u32,
        pub(in super::super) version: String,
        pub(in super::super) detached: bool,
    }

    pub(in super::super) async fn ensure(_: &Settings) -> Result<(Address, bool)> {
        Err(
            Error::new(Kind::Unsupported, "there is no local engine on this system").hint(
                "use a server: set DAYTONA_API_KEY, and DAYTONA_API_URL where it is not the cloud",
            ),
        )
    }

    pub(in super::super) async fn greet(_: &Path) -> Result<()> {
        Ok(())
    }

    pub(in super::super) async fn running(_: &Path) -> Result<Option<Address>> {
        Ok(None)
    }

    pub(in super::super) async fn stop(_: &Path) -> Result<bool> {
        Ok(false)
    }
}
