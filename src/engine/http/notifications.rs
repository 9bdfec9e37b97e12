//! `/api/socket.io`: official SDKs are told there what changes. Whoever has opened a connection must send a
//! key in its first packet, and hears what that key may read.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::HOST;
use axum::response::{IntoResponse as _, Response};
use hyper::service::Service as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use socketioxide::extract::{SocketRef, TryData};
use socketioxide::handler::ConnectHandler as _;
use socketioxide::service::SocketIoService;
use socketioxide::{SendError, SocketError, SocketIo};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::engine::service::{Event, Heard, Service};
use crate::error::Result;
use crate::secret::Secret;

use super::auth;
use super::failure::Failure;
use super::permission::{Caller, Need};
use super::routes::Routes;
use super::{Origin, Shared};

const PATH: &str = "/api/socket.io";
/// How long whoever connects may take to present a key.
const KEYLESS: Duration = Duration::from_secs(10);
/// How many may be connected, and how many may be about to present a key.
const MOST_SUBSCRIBERS: usize = 256;
/// The longest text that clients send: they have nothing to say but their key.
const LONGEST_TEXT: usize = 64 << 10;
/// The longest answer to a poll: a sandbox's environment fits.
const LONGEST_ANSWER: u64 = 1 << 20;
/// How long a client may not read before it is given up.
const STALLED: Duration = Duration::from_secs(10);
const STEP: Duration = Duration::from_millis(100);
/// Official SDKs take from an event that a sandbox failed, but not why; who waits for one also looks each
/// second, and then knows both. That look is to come first.
const AFTER_FAILURE: Duration = Duration::from_millis(1500);

/// The gateway that clients connect to.
#[derive(Clone)]
pub(crate) struct Notifications {
    service: SocketIoService<Elsewhere>,
    recent: Arc<Mutex<VecDeque<Instant>>>,
}

/// What answers other paths than that of the gateway: none comes here.
#[derive(Clone, Copy)]
struct Elsewhere;

impl hyper::service::Service<Request> for Elsewhere {
    type Response = Response;
    type Error = Infallible;
    type Future = Ready<Result<Response, Infallible>>;

    fn call(&self, _: Request) -> Self::Future {
        ready(Ok(StatusCode::NOT_FOUND.into_response()))
    }
}

/// What clients send first.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Greeting {
    token: String,
}

/// Whoever was let in, and the right to be one of those who are connected.
#[derive(Clone)]
struct Subscriber {
    token: Arc<Secret>,
    _seat: Arc<OwnedSemaphorePermit>,
}

pub(super) fn routes() -> Routes {
    // The key comes later, in a packet.
    Routes::new()
        .any(PATH, Need::Nothing, serve)
        .any("/api/socket.io/", Need::Nothing, serve)
}

async fn serve(State(api): Shared, request: Request) -> Result<Response, Failure> {
    let notifications = &api.notifications;
    if is_handshake(request.uri().query()) && !notifications.has_room() {
        return Err(Failure::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "too many clients connect to be told of changes; try again",
        ));
    }
    match notifications.service.call(request).await {
        Ok(response) => Ok(response.map(Body::new)),
        Err(never) => match never {},
    }
}

/// Whether a request begins a connection: later ones name theirs.
fn is_handshake(query: Option<&str>) -> bool {
    let mut pairs = query.unwrap_or_default().split('&');
    !pairs.any(|pair| pair.starts_with("sid="))
}

impl Notifications {
    /// A gateway to what a service tells, for whoever has a key of its own or this one.
    pub(crate) fn new(service: &Service, key: &Secret) -> Self {
        let (service, key) = (service.clone(), Arc::new(key.clone()));
        let seats = Arc::new(Semaphore::new(MOST_SUBSCRIBERS));
        let (layer, io) = SocketIo::builder()
            .req_path(PATH)
            .connect_timeout(KEYLESS)
            .max_payload(LONGEST_ANSWER)
            .ws_max_message_size(LONGEST_TEXT)
            .ws_max_frame_size(LONGEST_TEXT)
            .build_with_inner_svc(Elsewhere);
        let (of_gate, key_of_gate) = (service.clone(), Arc::clone(&key));
        let admit = async move |socket: SocketRef, TryData(greeting): TryData<Greeting>| {
            let token = greeting.map(|greeting| greeting.token).unwrap_or_default();
            match auth::holder(&of_gate, key_of_gate.expose(), &token).await {
                Ok(Some(_)) => {}
                Ok(None) => return Err("Unauthorized"),
                Err(_) => return Err("Internal server error"),
            }
            let Ok(seat) = Arc::clone(&seats).try_acquire_owned() else {
                return Err("Too many connections");
            };
            socket.extensions.insert(Subscriber {
                token: Arc::new(Secret::new(&token)),
                _seat: Arc::new(seat),
            });
            Ok(())
        };
        let connected = async move |socket: SocketRef| {
            let Some(guest) = socket.extensions.get::<Subscriber>() else {
                return;
            };
            let gone = CancellationToken::new();
            let ended = gone.clone();
            socket.on_disconnect(async move || ended.cancel());
            let heard = service.listen();
            let (service, key) = (service.clone(), Arc::clone(&key));
            tokio::spawn(async move {
                tokio::select! {
                    () = gone.cancelled() => return,
                    () = service.ends() => {}
                    () = pass_on(&socket, heard, &service, &key, &guest) => {}
                }
                let _ = socket.disconnect();
            });
        };
        io.ns("/", connected.with(admit));
        Self {
            service: layer,
            recent: Arc::default(),
        }
    }

    /// Whether another client may begin to connect: each of those of the last moments may still be without
    /// a key.
    fn has_room(&self) -> bool {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        while recent.front().is_some_and(|at| at.elapsed() > KEYLESS) {
            recent.pop_front();
        }
        if recent.len() >= MOST_SUBSCRIBERS {
            return false;
        }
        recent.push_back(Instant::now());
        true
    }
}

/// Sends what is heard until the key no longer holds, or the client does not keep up.
async fn pass_on(
    socket: &SocketRef,
    mut heard: Heard,
    service: &Service,
    key: &Secret,
    guest: &Subscriber,
) {
    let host = socket.req_parts().headers.get(HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    loop {
        let mut event = match heard.recv().await {
            Ok(event) => event,
            // A gap would be believed to be none: who connects again looks for itself.
            Err(RecvError::Lagged(_) | RecvError::Closed) => return,
        };
        // Clients believe what comes last: whoever has heard that it runs must not hear that it is being made.
        if let Event::SandboxCreated(sandbox) = &mut event
            && let Ok(now) = service.get(&sandbox.id).await
        {
            **sandbox = now;
        }
        let holder = auth::holder(service, key.expose(), guest.token.expose()).await;
        let Ok(Some(caller)) = holder else {
            return;
        };
        let origin = Origin {
            base: format!("http://{host}"),
            sees_inside: caller.may_write_sandboxes(),
        };
        let fails =
            matches!(&event, Event::SandboxState { sandbox, .. } if sandbox.state.is_failed());
        let Some((name, payload)) = shown(event, &origin, &caller) else {
            continue;
        };
        if fails {
            sleep(AFTER_FAILURE).await;
        }
        if !send(socket, name, &payload).await {
            return;
        }
    }
}

/// False where the client is gone, or does not read.
async fn send(socket: &SocketRef, name: &str, payload: &Value) -> bool {
    let begun = Instant::now();
    loop {
        match socket.emit(name, payload) {
            Ok(()) => return true,
            Err(SendError::Socket(SocketError::InternalChannelFull))
                if begun.elapsed() < STALLED =>
            {
                sleep(STEP).await;
            }
            Err(_) => return false,
        }
    }
}

/// An event's name and what comes with it, where the caller may know of it.
fn shown(event: Event, origin: &Origin, caller: &Caller) -> Option<(&'static str, Value)> {
    let reads_volumes = caller.may("read:volumes");
    Some(match event {
        Event::SandboxCreated(mut sandbox) => {
            origin.show(&mut sandbox);
            ("sandbox.created", wire(&sandbox))
        }
        Event::SandboxState { mut sandbox, old } => {
            origin.show(&mut sandbox);
            let payload =
                json!({ "sandbox": wire(&sandbox), "oldState": old, "newState": sandbox.state });
            ("sandbox.state.updated", payload)
        }
        Event::SandboxDesiredState { mut sandbox, old } => {
            origin.show(&mut sandbox);
            let payload = json!({
                "sandbox": wire(&sandbox),
                "oldDesiredState": old,
                "newDesiredState": sandbox.desired_state,
            });
            ("sandbox.desired-state.updated", payload)
        }
        Event::SnapshotCreated(snapshot) => ("snapshot.created", wire(&snapshot)),
        Event::SnapshotState { snapshot, old } => {
            let payload =
                json!({ "snapshot": wire(&snapshot), "oldState": old, "newState": snapshot.state });
            ("snapshot.state.updated", payload)
        }
        Event::SnapshotRemoved(snapshot) => ("snapshot.removed", wire(&snapshot)),
        Event::VolumeCreated(volume) if reads_volumes => ("volume.created", wire(&volume)),
        Event::VolumeState { volume, old } if reads_volumes => {
            let payload =
                json!({ "volume": wire(&volume), "oldState": old, "newState": volume.state });
            ("volume.state.updated", payload)
        }
        Event::VolumeCreated(_) | Event::VolumeState { .. } => return None,
    })
}

fn wire(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tests::Server;
    use super::*;

    #[tokio::test]
    async fn few_may_connect_without_a_key_at_a_time() {
        let server = Server::new().await;
        let path = "/api/socket.io/?EIO=4&transport=polling";
        for number in 0..MOST_SUBSCRIBERS {
            let answer = server.ask("GET", path, "").await;
            assert_eq!(answer.status, StatusCode::OK, "{number}");
        }
        let answer = server.ask("GET", path, "").await;
        assert_eq!(answer.refusal().0, 503);
        // Who is connected goes on: it is known, or told that it is not.
        let answer = server.ask("GET", &format!("{path}&sid=unknown"), "").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    }
}
