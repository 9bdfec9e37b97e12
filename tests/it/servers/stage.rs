//! A real engine behind the routes of another version of the server, and with the manners that this was seen to
//! have: what it does not know it ignores, what it does not have it answers as that does.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use super::facts::Facts;
use crate::binary::Home;

/// How long a name that was used before is not found.
const FORGETS: Duration = Duration::from_secs(3);
/// How long a sandbox goes on changing its state after its runner is done.
const BUSY: Duration = Duration::from_millis(700);
const LARGEST: usize = 256 << 20;

/// A server of that version, and a home where it is configured.
pub(super) struct Stage {
    pub(super) home: Home,
    pub(super) seen: Arc<Seen>,
    runtime: Option<tokio::runtime::Runtime>,
    /// Where the sandboxes really are.
    _engine: Home,
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// What was asked so far, and the manners of the server.
pub(super) struct Seen {
    facts: Facts,
    /// The address of the engine.
    engine: String,
    http: reqwest::Client,
    undocumented: Mutex<Vec<String>>,
    names: Mutex<HashMap<String, Instant>>,
    /// Snapshots that are being made: how often they are still unknown.
    snapshotting: Mutex<HashMap<String, u32>>,
    /// Sandboxes that are changing their state: until when.
    busy: Mutex<HashMap<String, Instant>>,
}

impl Seen {
    /// The requests so far for which there is no route.
    pub(super) fn undocumented(&self) -> Vec<String> {
        self.undocumented.lock().expect("no panic").clone()
    }

    /// Whether the server is as old as the newest that can be self-hosted.
    fn is_old(&self) -> bool {
        self.facts.version == "0.190.0"
    }
}

impl Stage {
    pub(super) fn of(version: &'static str) -> Self {
        let engine = Home::with_engine();
        engine.done(&["list"]);
        let environment = engine.text(&["serve", "--print-env"]);
        let value = |name: &str| {
            let line = environment.lines().find(|line| line.contains(name));
            let value = line
                .and_then(|line| line.split_once('='))
                .expect("a variable")
                .1;
            value.trim_matches(['\'', '"']).to_owned()
        };
        let (address, key) = (value("DAYTONA_API_URL"), value("DAYTONA_API_KEY"));
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let seen = Arc::new(Seen {
            facts: Facts::of(version),
            engine: address.trim_end_matches("/api").to_owned(),
            http: reqwest::Client::builder()
                .no_proxy()
                .build()
                .expect("a client"),
            undocumented: Mutex::default(),
            names: Mutex::default(),
            snapshotting: Mutex::default(),
            busy: Mutex::default(),
        });
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .expect("a port");
        let url = format!("http://{}/api", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&seen));
        runtime.spawn(async move { axum::serve(listener, router).await });
        let home = Home::new()
            .set("DAYTONA_API_URL", &url)
            .set("DAYTONA_API_KEY", &key);
        Self {
            home,
            seen,
            runtime: Some(runtime),
            _engine: engine,
        }
    }
}

/// As the server says of a route that it does not have.
fn absent(method: &str, path: &str) -> Response {
    if path.starts_with("/toolbox/") {
        return (StatusCode::NOT_FOUND, "404 page not found").into_response();
    }
    refusal(
        StatusCode::NOT_FOUND,
        &format!("Cannot {method} {path}"),
        path,
    )
}

fn refusal(status: StatusCode, message: &str, path: &str) -> Response {
    let body = json!({
        "path": path, "timestamp": "2026-11-27T00:00:00.000Z", "statusCode": status.as_u16(),
        "error": status.canonical_reason(), "message": message,
    });
    (status, axum::Json(body)).into_response()
}

async fn answer(State(seen): State<Arc<Seen>>, request: Request) -> Response {
    let (method, path) = (
        request.method().to_string(),
        request.uri().path().to_owned(),
    );
    let query = request.uri().query().unwrap_or_default().to_owned();
    let mut response = match seen.facts.route(&method, &path) {
        None => {
            let mut undocumented = seen.undocumented.lock().expect("no panic");
            undocumented.push(format!("{method} {path}"));
            absent(&method, &path)
        }
        Some(_) if request.headers().contains_key("upgrade") => {
            return tunnel(&seen, request).await;
        }
        Some(_) => match refused_early(&seen, &method, &path) {
            Some(refusal) => refusal,
            None => passed(&seen, request, &method, &path, &query).await,
        },
    };
    let version = HeaderValue::from_static(seen.facts.version);
    response
        .headers_mut()
        .insert("x-daytona-api-version", version);
    response
}

/// What this server refuses although the engine would not.
fn refused_early(seen: &Seen, method: &str, path: &str) -> Option<Response> {
    if !seen.is_old() {
        return None;
    }
    if let Some(id) = path.strip_prefix("/api/sandbox/")
        && method != "GET"
        && is_busy(seen, id.split('/').next().unwrap_or_default())
    {
        let text = "Sandbox state change in progress";
        return Some(refusal(StatusCode::CONFLICT, text, path));
    }
    if method == "GET"
        && let Some(name) = path.strip_prefix("/api/sandbox/")
    {
        let names = seen.names.lock().expect("no panic");
        let forgotten = names
            .get(name)
            .is_some_and(|since| since.elapsed() < FORGETS);
        let text = format!("Sandbox with ID or name {name} not found");
        return forgotten.then(|| refusal(StatusCode::NOT_FOUND, &text, path));
    }
    if method == "GET"
        && let Some(name) = path.strip_prefix("/api/snapshots/")
        && let Some(left) = seen.snapshotting.lock().expect("no panic").get_mut(name)
        && *left > 0
    {
        *left -= 1;
        let text = format!("Snapshot with ID or name {name} not found");
        return Some(refusal(StatusCode::NOT_FOUND, &text, path));
    }
    None
}

fn is_busy(seen: &Seen, id: &str) -> bool {
    let busy = seen.busy.lock().expect("no panic");
    busy.get(id).is_some_and(|until| *until > Instant::now())
}

async fn passed(seen: &Seen, request: Request, method: &str, path: &str, query: &str) -> Response {
    let route = seen.facts.route(method, path).expect("checked");
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, LARGEST).await.expect("a body");
    let json = |headers: &HeaderMap| {
        let kind = headers
            .get("content-type")
            .and_then(|kind| kind.to_str().ok());
        kind.is_some_and(|kind| kind.starts_with("application/json"))
    };
    let mut sent: Option<Value> = json(&parts.headers)
        .then(|| serde_json::from_slice(&bytes).ok())
        .flatten();
    if let Some(body) = &mut sent {
        route.body(body);
        if let Some(refusal) = manners(seen, method, path, body) {
            return refusal;
        }
    }
    let mut url = format!("{}{path}", seen.engine);
    let query = route.query(query);
    if !query.is_empty() {
        url = format!("{url}?{query}");
    }
    let mut headers = parts.headers.clone();
    headers.remove("content-length");
    headers.remove("if-match");
    let body = sent.map_or(bytes.to_vec(), |body| body.to_string().into_bytes());
    let outcome = seen
        .http
        .request(parts.method, url)
        .headers(headers)
        .body(body);
    let reply = match outcome.send().await {
        Ok(reply) => reply,
        Err(error) => return (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    };
    let (status, headers) = (reply.status(), reply.headers().clone());
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    for name in ["content-type", "content-range", "content-disposition"] {
        if let Some(value) = headers.get(name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    if path.contains("/files") && path.starts_with("/toolbox/") && status.is_client_error() {
        // The status is all that its file routes say.
        response.headers_mut().remove("content-type");
        return response;
    }
    if !json(&headers) {
        *response.body_mut() = Body::from_stream(reply.bytes_stream());
        return response;
    }
    let bytes = reply.bytes().await.unwrap_or_default();
    let Ok(mut value) = serde_json::from_slice::<Value>(&bytes) else {
        *response.body_mut() = Body::from(bytes);
        return response;
    };
    if status.is_success() {
        route.reply(&mut value);
        remembered(seen, method, path, &mut value);
    }
    *response.body_mut() = Body::from(value.to_string());
    response
}

fn manners(seen: &Seen, method: &str, path: &str, body: &Value) -> Option<Response> {
    if path.ends_with("/snapshot") && seen.is_old() {
        let name = body["name"].as_str().unwrap_or_default().to_owned();
        seen.snapshotting.lock().expect("no panic").insert(name, 3);
    }
    if method != "POST" || path != "/api/sandbox" {
        return None;
    }
    let sized = ["cpu", "memory", "disk"]
        .iter()
        .any(|size| !body[size].is_null());
    (seen.is_old() && sized && body["buildInfo"].is_null()).then(|| {
        let text = "Cannot specify Sandbox resources when using a snapshot";
        refusal(StatusCode::BAD_REQUEST, text, path)
    })
}

/// How the server's own replies differ from what is so.
fn remembered(seen: &Seen, method: &str, path: &str, value: &mut Value) {
    if !seen.is_old() {
        return;
    }
    let of_sandbox = path.strip_prefix("/api/sandbox/");
    match (method, path) {
        // The object as it was when it was asked for.
        ("POST", "/api/sandbox") => value["state"] = json!("creating"),
        ("DELETE", _) if of_sandbox.is_some() => {
            let name = value["name"].as_str().unwrap_or_default().to_owned();
            let now = Instant::now();
            seen.names
                .lock()
                .expect("no panic")
                .insert(name.clone(), now);
            value["state"] = json!("destroying");
            value["name"] = json!(format!("DESTROYED_{name}_1764201600000"));
        }
        _ => {}
    }
    let Some(rest) = of_sandbox else { return };
    let id = value["id"].as_str().unwrap_or_default().to_owned();
    if method == "POST" && rest.ends_with("/stop") {
        let until = Instant::now() + BUSY;
        seen.busy
            .lock()
            .expect("no panic")
            .insert(id.clone(), until);
    }
    if is_busy(seen, &id) {
        value["state"] = json!("stopping");
    }
    let snapshots = seen.snapshotting.lock().expect("no panic");
    if snapshots.values().any(|left| *left > 0) {
        value["state"] = json!("snapshotting");
    }
}

/// A WebSocket, without what only our engine says at the end of a log.
async fn tunnel(seen: &Arc<Seen>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let path = parts
        .uri
        .path_and_query()
        .map(ToString::to_string)
        .unwrap_or_default();
    let url = format!("{}{path}", seen.engine.replacen("http", "ws", 1));
    let mut there = url.into_client_request().expect("a request");
    for name in ["authorization", "sec-websocket-protocol", "host"] {
        if let Some(value) = parts.headers.get(name) {
            there.headers_mut().insert(name, value.clone());
        }
    }
    let address = seen.engine.trim_start_matches("http://").to_owned();
    let stream = tokio::net::TcpStream::connect(address)
        .await
        .expect("the engine");
    let (upstream, accepted) = match tokio_tungstenite::client_async(there, stream).await {
        Ok(opened) => opened,
        Err(error) => return refusal(StatusCode::BAD_REQUEST, &error.to_string(), &path),
    };
    let mut upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(error) => return error.into_response(),
    };
    if let Some(protocol) = accepted.headers().get("sec-websocket-protocol") {
        upgrade = upgrade.protocols([protocol.to_str().unwrap_or_default().to_owned()]);
    }
    let log = path.contains("/logs");
    upgrade.on_upgrade(move |socket| relay(socket, upstream, log))
}

async fn relay(
    socket: WebSocket,
    upstream: tokio_tungstenite::WebSocketStream<tokio::net::TcpStream>,
    log: bool,
) {
    let (mut to_client, mut from_client) = socket.split();
    let (mut to_engine, mut from_engine) = upstream.split();
    let up = async {
        while let Some(Ok(message)) = from_client.next().await {
            let message = match message {
                Message::Binary(bytes) => Frame::Binary(bytes),
                Message::Text(text) => Frame::text(text.as_str()),
                Message::Close(_) => break,
                _ => continue,
            };
            if to_engine.send(message).await.is_err() {
                break;
            }
        }
        let _ = to_engine.close().await;
    };
    let down = async {
        while let Some(Ok(message)) = from_engine.next().await {
            let message = match message {
                Frame::Binary(bytes) => Message::Binary(bytes),
                Frame::Text(text) => Message::text(text.as_str()),
                Frame::Close(Some(frame)) if !log => Message::Close(Some(CloseFrame {
                    code: frame.code.into(),
                    reason: frame.reason.as_str().into(),
                })),
                Frame::Close(_) => Message::Close(None),
                _ => continue,
            };
            if to_client.send(message).await.is_err() {
                break;
            }
        }
        let _ = to_client.close().await;
    };
    tokio::select! {
        () = up => {}
        () = down => {}
    }
}
