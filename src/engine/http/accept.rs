//! Takes connections and serves them: few enough at a time that there are descriptors and memory for each,
//! and none that asks for nothing for ever.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, UnixListener, UnixStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::local_socket;

use super::forwarded::Peer;
use super::preview::doors::MOST_DOORS;

/// How long a request's head may take, and how long a connection may ask for nothing.
const HEAD: Duration = Duration::from_secs(30);
/// The most headers that a request may have, and the longest head.
const MAX_HEADERS: usize = 128;
const MAX_HEAD: usize = 128 << 10;
/// The most connections, however many descriptors there are.
const MOST_CONNECTIONS: u64 = 1024;
/// How many of them are for other things than connections: the store, sandboxes, listeners of previews.
const SPARE: u64 = 64 + MOST_DOORS as u64;
/// How many a connection may take of each of the three doors: its own, and one to an agent.
const EACH: u64 = 6;
/// How long to wait where there is no descriptor left.
const PAUSE: Duration = Duration::from_millis(20);
/// How long a refusal may take to send.
const REFUSING: Duration = Duration::from_millis(200);

/// What connections may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How many there may be.
    pub(crate) connections: usize,
    /// How long one may ask for nothing, or be in the middle of a head.
    pub(crate) head: Duration,
}

impl Limits {
    /// As many as this process has descriptors for; it takes those that it may have.
    pub(crate) fn of_process() -> Self {
        let own = getrlimit(Resource::Nofile);
        let wanted = MOST_CONNECTIONS * EACH + SPARE;
        let files = own.maximum.map_or(wanted, |most| most.min(wanted));
        let files = own.current.map_or(files, |current| current.max(files));
        let raised = Rlimit {
            current: Some(files),
            ..own
        };
        let files = match setrlimit(Resource::Nofile, raised) {
            Ok(()) => files,
            Err(_) => own.current.unwrap_or(files),
        };
        let connections = (files.saturating_sub(SPARE) / EACH).clamp(8, MOST_CONNECTIONS);
        Self {
            connections: usize::try_from(connections).unwrap_or(8),
            head: HEAD,
        }
    }
}

/// Where connections come from.
pub(crate) trait Listen: Send + 'static {
    type Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static;

    /// The next connection.
    fn accept(&self) -> impl Future<Output = io::Result<Self::Stream>> + Send;

    /// Who is at its other end.
    fn peer(stream: &Self::Stream) -> Option<IpAddr>;
}

impl Listen for TcpListener {
    type Stream = tokio::net::TcpStream;

    async fn accept(&self) -> io::Result<Self::Stream> {
        let (stream, _) = Self::accept(self).await?;
        // Replies are small and wanted at once.
        let _ = stream.set_nodelay(true);
        Ok(stream)
    }

    fn peer(stream: &Self::Stream) -> Option<IpAddr> {
        stream.peer_addr().ok().map(|peer| peer.ip())
    }
}

impl Listen for UnixListener {
    type Stream = UnixStream;

    async fn accept(&self) -> io::Result<Self::Stream> {
        let (stream, _) = Self::accept(self).await?;
        local_socket::check_peer(&stream)?;
        Ok(stream)
    }

    fn peer(_: &Self::Stream) -> Option<IpAddr> {
        None
    }
}

/// Serves until told to stop; then what is asked already is answered, and no connection is kept.
pub(crate) async fn serve<L: Listen>(
    listener: L,
    router: Router,
    limits: Limits,
    mut stop: watch::Receiver<bool>,
) {
    let seats = Arc::new(Seats::default());
    let mut open = JoinSet::new();
    let mut complained = None;
    loop {
        let accepted = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => break,
            Some(_) = open.join_next(), if !open.is_empty() => continue,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok(stream) => {
                if seats.taken() >= limits.connections && !seats.free_one() {
                    open.spawn(refuse(stream));
                    continue;
                }
                let seat = seats.take();
                let peer = Peer(L::peer(&stream));
                let connection = handle(
                    stream,
                    peer,
                    router.clone(),
                    Arc::clone(&seat),
                    limits,
                    stop.clone(),
                );
                let seats = Arc::clone(&seats);
                open.spawn(async move {
                    connection.await;
                    seats.leave(&seat);
                });
            }
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                // Mostly that there is no descriptor left. Who asks for nothing gives way.
                seats.free_one();
                if complained.is_none_or(|at: Instant| at.elapsed() > HEAD) {
                    complained = Some(Instant::now());
                    tracing::warn!("cannot take a connection: {error}");
                }
                sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    while open.join_next().await.is_some() {}
}

/// Whether only the connection is lost that was about to be taken.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::Interrupted
            | io::ErrorKind::PermissionDenied
            | io::ErrorKind::NotConnected
    )
}

/// Says that there is no room: all others are being answered.
async fn refuse(mut stream: impl AsyncWrite + Unpin) {
    let status = StatusCode::SERVICE_UNAVAILABLE;
    let body = format!(
        r#"{{"statusCode":{},"error":"Service Unavailable","message":"the engine answers as many requests as it can; try again","code":"SERVICE_UNAVAILABLE","source":"DAYTONA_API"}}"#,
        status.as_u16()
    );
    let text = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nretry-after: 1\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let sending = async {
        let _ = stream.write_all(text.as_bytes()).await;
        let _ = stream.shutdown().await;
    };
    let _ = timeout(REFUSING, sending).await;
}

async fn handle(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: Peer,
    router: Router,
    seat: Arc<Seat>,
    limits: Limits,
    mut stop: watch::Receiver<bool>,
) {
    let inner = TowerToHyperService::new(router);
    let occupant = Arc::clone(&seat);
    let service = service_fn(move |request: Request<Incoming>| {
        let busy = Busy::new(&occupant);
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        let answer = inner.call(request);
        async move {
            let response = answer.await?;
            Ok::<_, Infallible>(response.map(|body| Answer { body, _busy: busy }))
        }
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head)
            .max_headers(MAX_HEADERS)
            .max_buf_size(MAX_HEAD)
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades()
    );
    tokio::select! {
        _ = connection.as_mut() => return,
        () = seat.leave.notified() => return,
        _ = stop.wait_for(|stop| *stop) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

/// The connections that there are.
#[derive(Default)]
struct Seats {
    next: AtomicU64,
    seats: Mutex<HashMap<u64, Arc<Seat>>>,
}

/// One connection.
struct Seat {
    number: u64,
    /// How many requests of it are being answered.
    busy: AtomicUsize,
    since: Mutex<Instant>,
    leave: Notify,
}

impl Seats {
    fn all(&self) -> MutexGuard<'_, HashMap<u64, Arc<Seat>>> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn taken(&self) -> usize {
        self.all().len()
    }

    fn take(&self) -> Arc<Seat> {
        let seat = Arc::new(Seat {
            number: self.next.fetch_add(1, Ordering::Relaxed),
            busy: AtomicUsize::new(0),
            since: Mutex::new(Instant::now()),
            leave: Notify::new(),
        });
        self.all().insert(seat.number, Arc::clone(&seat));
        seat
    }

    fn leave(&self, seat: &Seat) {
        self.all().remove(&seat.number);
    }

    /// Ends the connection that has asked for nothing for the longest time; false where all ask.
    fn free_one(&self) -> bool {
        let mut all = self.all();
        let idle = all
            .values()
            .filter(|seat| seat.busy.load(Ordering::Relaxed) == 0)
            .min_by_key(|seat| seat.since())
            .cloned();
        let Some(seat) = idle else {
            return false;
        };
        all.remove(&seat.number);
        seat.leave.notify_one();
        true
    }
}

impl Seat {
    fn since(&self) -> Instant {
        *self.since.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request that is being answered: until the last of its reply has gone.
struct Busy(Arc<Seat>);

impl Busy {
    fn new(seat: &Arc<Seat>) -> Self {
        seat.busy.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(seat))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        *self.0.since.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        self.0.busy.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The body of a reply.
struct Answer {
    body: Body,
    _busy: Busy,
}

impl hyper::body::Body for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
    ) -> task::Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
