//! One run of the engine: from the lock to the last request.

use std::fs::File;
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

use crate::error::{Context, Error, Kind, Result};
use crate::local_socket;

use super::clock::Clock;
use super::home::{Home, Notice};
use super::http::{self, Api, Doors, Limits, Notifications, Parting, router, sweep_spool};
use super::runtime::contract::Runtime;
use super::service::{Runtimes, Service};
use super::start::{Address, Settings};
use super::store::Store;

/// The version of this engine.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// How often the timers are looked at.
const SWEEP: Duration = Duration::from_secs(1);
/// When they are looked at first. Whoever started the engine to use a sandbox comes before its timer,
/// which ran on while no engine did.
const SETTLING: Duration = Duration::from_secs(5);
/// How long requests may take to finish once the engine was asked to stop.
const FAREWELL: Duration = Duration::from_secs(5);
/// How often the engine looks at its own files.
const GUARD: Duration = Duration::from_secs(1);
/// How long to try for a lock that somebody may only be looking at.
const LOCKING: Duration = Duration::from_millis(50);
/// How long an engine that is ending may take.
const WAITING: Duration = Duration::from_secs(8);

/// The right to run an engine over a folder: nobody else has it while this lives.
///
/// It comes before everything else: whatever is made, swept or adopted in the folder is the claimant's alone.
#[derive(Debug)]
pub struct Claim {
    settings: Settings,
    home: Home,
    lock: File,
}

impl Claim {
    /// Sees to it that clients find the engine, whatever is done to its notice. Returns why the folder is no
    /// longer this engine's.
    async fn lost(&self, notice: &Notice) -> &'static str {
        let mut told = false;
        loop {
            sleep(GUARD).await;
            if !self.home.is(&self.lock) {
                return "its lock was taken away, and another engine may have its folder";
            }
            if self.home.notice().as_ref() == Some(notice) {
                told = false;
            } else if let Err(error) = self.home.announce(notice)
                && !std::mem::replace(&mut told, true)
            {
                tracing::error!("the engine's notice cannot be written: {error}");
            }
        }
    }

    /// Waits a little for an engine that is starting or ending; an error where one runs.
    pub fn take(settings: Settings) -> Result<Self> {
        settings.check()?;
        let home = Home::new(&settings.dir);
        home.make()?;
        let lock = lock(&home)?;
        Ok(Self {
            settings,
            home,
            lock,
        })
    }
}

/// Runs the engine until SIGTERM, SIGINT or SIGHUP. `ready` is told the address once requests are served.
///
/// New sandboxes get the first runtime unless they ask for one of `others` by name. Sandboxes outlive the
/// engine: the next one adopts them.
pub async fn serve(
    claim: Claim,
    usual: Arc<dyn Runtime>,
    others: Vec<Arc<dyn Runtime>>,
    ready: impl FnOnce(&Address),
) -> Result<()> {
    // Before anything is begun: a signal that comes early must not be lost.
    let asked = asked_to_stop()?;
    serve_until(claim, Runtimes::new(usual, others), ready, asked).await
}

/// As [`serve`], until `asked` comes to its end.
pub(super) async fn serve_until(
    claim: Claim,
    runtimes: Runtimes,
    ready: impl FnOnce(&Address),
    asked: impl Future<Output = ()> + Send,
) -> Result<()> {
    let Claim { settings, home, .. } = &claim;
    // What a killed engine left behind must not be taken for ours.
    home.retract();
    sweep_spool(&home.spool());
    let (key, since) = home.make_key()?;
    let store = Store::open(&home.database())?;
    let listener = bind(settings).await?;
    let listen = listener.local_addr().context(Kind::Other, || {
        "cannot tell where the engine listens".to_owned()
    })?;
    let own = local_socket::listen(&home.socket()).context(Kind::Unavailable, || {
        format!("cannot listen on {}", home.socket().display())
    })?;
    let service = Service::new(store.clone(), runtimes, Clock::default(), since);
    service.reconcile().await?;

    let (doors, visitors) = Doors::of(listen);
    doors.open_all(&service).await;
    let app = router(Api {
        doors,
        parting: Parting::default(),
        notifications: Notifications::new(&service, &key),
        service: service.clone(),
        key: key.clone(),
        listen,
        spool: home.spool(),
        auto_start: settings.auto_start,
        origins: settings.origins.clone(),
        since,
    });
    let (stop, stopped) = watch::channel(false);
    let limits = Limits::of_process();
    // Three doors, each with room of its own: what strangers do at the port does not keep out who lives here.
    let mut serving = tokio::spawn(async move {
        tokio::join!(
            http::serve(listener, app.clone(), limits, stopped.clone()),
            http::serve(visitors, app.clone(), limits, stopped.clone()),
            http::serve(own, app, limits, stopped),
        )
    });
    let leases = service.clone();
    let sweeping = tokio::spawn(async move {
        sleep(SETTLING).await;
        service.keep_sweeping(SWEEP).await;
    });

    let address = Address {
        url: format!("http://{}/api", reachable(listen)),
        socket: home.socket(),
        key,
        pid: std::process::id(),
        version: VERSION.to_owned(),
        detached: settings.detached,
    };
    let notice = Notice {
        url: address.url.clone(),
        pid: address.pid,
        version: address.version.clone(),
        detached: address.detached,
    };
    let announced = home.announce(&notice);
    if announced.is_ok() {
        tracing::info!("the engine serves {}", address.url);
        ready(&address);
        tokio::select! {
            () = asked => tracing::info!("the engine was asked to stop"),
            _ = &mut serving => tracing::error!("the engine no longer accepts connections"),
            why = claim.lost(&notice) => tracing::error!("the engine ends: {why}"),
        }
    }
    if !home.exists() {
        tracing::error!("the engine's folder was removed: its sandboxes end with it");
        leases.abandon_all().await;
    }
    home.retract();
    sweeping.abort();
    leases.end_leases();
    let _ = stop.send(true);
    if !serving.is_finished() && timeout(FAREWELL, &mut serving).await.is_err() {
        tracing::warn!("some requests were still open; they are cut off");
        serving.abort();
    }
    store.close().await;
    drop(claim);
    announced
}

/// Who has the lock without a notice is about to serve or to end: that is waited for.
fn lock(home: &Home) -> Result<File> {
    let begun = Instant::now();
    loop {
        if let Some(lock) = home.lock()? {
            return Ok(lock);
        }
        let notice = home.notice();
        let patience = if notice.is_some() { LOCKING } else { WAITING };
        if begun.elapsed() >= patience {
            return Err(Notice::conflict(notice));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

async fn bind(settings: &Settings) -> Result<TcpListener> {
    let wanted = settings.listen;
    match TcpListener::bind(wanted).await {
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse && !settings.listen_fixed => {
            tracing::info!("{wanted} is taken; any free port will do");
            TcpListener::bind(SocketAddr::new(wanted.ip(), 0)).await
        }
        outcome => outcome,
    }
    .map_err(|error| {
        Error::new(Kind::Unavailable, format!("cannot listen on {wanted}")).because(error)
    })
}

/// The address as a client on this machine reaches it.
fn reachable(listen: SocketAddr) -> SocketAddr {
    if listen.ip().is_unspecified() {
        SocketAddr::new(Ipv4Addr::LOCALHOST.into(), listen.port())
    } else {
        listen
    }
}

fn asked_to_stop() -> Result<impl Future<Output = ()> + Send> {
    let on = |kind| signal(kind).context(Kind::Internal, || "cannot listen for signals".to_owned());
    let mut terminate = on(SignalKind::terminate())?;
    let mut interrupt = on(SignalKind::interrupt())?;
    let mut hangup = on(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = hangup.recv() => {}
        }
    })
}
