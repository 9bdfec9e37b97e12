//! Tests of the routes over real connections: shapes, the gate, and the proxy.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::middleware::from_fn;
use axum::routing::get;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::HeaderMap;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::api::types::ENGINE_HEADER;
use crate::engine::clock::Clock;
use crate::engine::runtime::fake::{Fake, fake};
use crate::engine::service::Service;
use crate::engine::store::Store;
use crate::secret::Secret;

use super::{Api, frame, router};

const KEY: &str = "dtn_0123456789abcdef0123456789abcdef";

struct Server {
    _dir: TempDir,
    address: SocketAddr,
    runtime: Arc<Fake>,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }

    /// The status and the message of an error.
    fn refusal(&self) -> (u16, String) {
        let body = self.json();
        assert_eq!(body["statusCode"], self.status.as_u16());
        (
            self.status.as_u16(),
            body["message"].as_str().expect("message").to_owned(),
        )
    }
}

async fn listen(app: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bound");
    let address = listener.local_addr().expect("address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

impl Server {
    async fn new() -> Self {
        let dir = TempDir::new().expect("dir");
        let runtime = fake();
        let store = Store::open(&dir.path().join("engine.db")).expect("store");
        let service = Service::new(store, Arc::clone(&runtime) as _, Clock::default());
        let address = listen(router(Api {
            service,
            key: Secret::new(KEY),
            listen: "127.0.0.1:3986".parse().expect("address"),
            since: 0,
        }))
        .await;
        Self {
            _dir: dir,
            address,
            runtime,
        }
    }

    async fn ask(&self, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        self.send(
            self.request(method, path)
                .body(body.into())
                .expect("request"),
        )
        .await
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header("host", self.address.to_string())
            .header("authorization", format!("Bearer {KEY}"))
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let stream = TcpStream::connect(self.address).await.expect("connected");
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .expect("handshake");
        tokio::spawn(connection);
        let response = sender.send_request(request).await.expect("answered");
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.expect("body").to_bytes(),
        }
    }

    async fn make(&self, name: &str) -> String {
        let made = self
            .ask("POST", "/api/sandbox", json!({ "name": name }).to_string())
            .await;
        assert_eq!(made.status, StatusCode::OK, "{:?}", made.body);
        made.json()["id"].as_str().expect("id").to_owned()
    }
}

#[tokio::test]
async fn a_sandbox_has_the_shape_that_every_sdk_reads() {
    let server = Server::new().await;
    let request = json!({
        "name": "box", "env": {}, "volumes": [], "labels": {"code-toolbox-language": "python"},
        "autoStopInterval": 30.0, "target": null, "unknown": 1,
    });
    let made = server
        .ask("POST", "/api/sandbox", request.to_string())
        .await;
    assert_eq!(made.status, StatusCode::OK);
    assert_eq!(made.headers["content-type"], "application/json");
    assert_eq!(made.headers["x-daytona-api-version"], "0.205.1");
    assert!(made.headers.contains_key(ENGINE_HEADER));
    let sandbox = made.json();
    assert_eq!(sandbox["state"], "started");
    assert_eq!(sandbox["kvm"], false);
    assert_eq!(sandbox["gpu"], 0);
    assert_eq!(sandbox["autoStopInterval"], 30);
    assert_eq!(
        sandbox["toolboxProxyUrl"],
        format!("http://{}/toolbox", server.address)
    );
    let text = String::from_utf8_lossy(&made.body).into_owned();
    assert!(text.contains("\"cpu\":1,"), "{text}");

    let got = server.ask("GET", "/api/sandbox/box?verbose=true", "").await;
    assert_eq!(got.json()["id"], sandbox["id"]);
    let stopped = server
        .ask("POST", "/api/sandbox/box/stop?force=false", "")
        .await;
    assert_eq!(stopped.json()["state"], "stopped");
    let labelled = server
        .ask("PUT", "/api/sandbox/box/labels", r#"{"labels":{"a":"b"}}"#)
        .await;
    assert_eq!(labelled.status, StatusCode::OK);
    assert_eq!(labelled.json()["labels"], json!({"a": "b"}));
    let public = server.ask("POST", "/api/sandbox/box/public/True", "").await;
    assert_eq!(public.json()["public"], true);
    let timer = server
        .ask("POST", "/api/sandbox/box/autodelete/-1", "")
        .await;
    assert_eq!(timer.json()["autoDeleteInterval"], -1);
    let touched = server
        .ask("POST", "/api/sandbox/box/last-activity", "{}")
        .await;
    assert_eq!(
        (touched.status, touched.body.len()),
        (StatusCode::CREATED, 0)
    );
    let url = server
        .ask("GET", "/api/sandbox/box/toolbox-proxy-url", "")
        .await;
    assert_eq!(url.json()["url"], sandbox["toolboxProxyUrl"]);
    let deleted = server.ask("DELETE", "/api/sandbox/box", "").await;
    assert_eq!(deleted.status, StatusCode::OK);
    assert_eq!(deleted.json()["state"], "destroyed");
    assert_eq!(deleted.json()["name"], "box");
    let gone = server.ask("GET", "/api/sandbox/box", "").await;
    assert_eq!(
        gone.refusal(),
        (404, "Sandbox with ID or name box not found".to_owned())
    );
}

#[tokio::test]
async fn a_list_always_says_where_the_next_page_starts() {
    let server = Server::new().await;
    let empty = server.ask("GET", "/api/sandbox", "").await;
    assert_eq!(empty.json(), json!({"items": [], "nextCursor": null}));
    server.make("one").await;
    server.make("two").await;
    let first = server
        .ask(
            "GET",
            "/api/sandbox?limit=1&sort=name&order=asc&bogus=1",
            "",
        )
        .await
        .json();
    assert_eq!(first["items"][0]["name"], "one");
    let cursor = first["nextCursor"].as_str().expect("cursor");
    let path = format!("/api/sandbox?limit=1&sort=name&order=asc&cursor={cursor}");
    let second = server.ask("GET", &path, "").await.json();
    assert_eq!(second["items"][0]["name"], "two");
    assert_eq!(second["nextCursor"], Value::Null);
    let states = server
        .ask(
            "GET",
            "/api/sandbox?states[]=started&states[]=error&labels=%7B%7D",
            "",
        )
        .await;
    assert_eq!(states.json()["items"].as_array().expect("items").len(), 2);
}

#[tokio::test]
async fn every_error_has_one_shape() {
    let server = Server::new().await;
    let body = server
        .ask("GET", "/api/sandbox?cursor=zzz", "")
        .await
        .json();
    assert_eq!(body["path"], "/api/sandbox?cursor=zzz");
    assert_eq!(body["error"], "Bad Request");
    assert_eq!(body["code"], "BAD_REQUEST");
    assert_eq!(body["source"], "DAYTONA_API");
    assert_eq!(body["message"], "Invalid cursor provided: zzz");
    let time = body["timestamp"].as_str().expect("time");
    assert_eq!((time.len(), time.ends_with('Z')), (24, true), "{time}");

    let big = format!(r#"{{"name":"{}"}}"#, "x".repeat(2 << 20));
    for (method, path, sent, status, message) in [
        ("GET", "/api/nope", "", 404, "Cannot GET /api/nope"),
        (
            "PATCH",
            "/api/sandbox/box",
            "{}",
            404,
            "Cannot PATCH /api/sandbox/box",
        ),
        (
            "POST",
            "/api/sandbox",
            "{bad",
            400,
            "Invalid JSON in request body",
        ),
        (
            "POST",
            "/api/sandbox",
            "[]",
            400,
            "the request body must be a JSON object",
        ),
        (
            "POST",
            "/api/sandbox",
            r#"{"cpu":"abc","env":"x","labels":[1],"public":"maybe","memory":-1}"#,
            400,
            "env must be an object, labels must be an object, public must be a boolean value, \
             cpu must be a number conforming to the specified constraints, memory must not be less than 0",
        ),
        (
            "POST",
            "/api/sandbox",
            r#"{"networkAllowList":"10.0.0.0/8"}"#,
            400,
            "networkAllowList is not supported by the local engine yet",
        ),
        (
            "POST",
            "/api/sandbox",
            big.as_str(),
            413,
            "the request body is larger than 1 MiB",
        ),
        (
            "POST",
            "/api/sandbox/box/autostop/abc",
            "",
            400,
            "Validation failed (numeric string is expected)",
        ),
        (
            "GET",
            "/api/snapshots/nope",
            "",
            404,
            "Snapshot with name nope not found",
        ),
        (
            "GET",
            "/api/snapshots?page=0",
            "",
            400,
            "page must not be less than 1",
        ),
    ] {
        let answer = server.ask(method, path, sent.to_owned()).await;
        assert_eq!(answer.refusal(), (status, message.to_owned()), "{path}");
        assert!(answer.headers.contains_key("x-daytona-api-version"));
    }
    let broken = server.ask("GET", "/api/sandbox/%FF", "").await;
    assert_eq!(broken.refusal().0, 400);
    server.make("box").await;
    let pause = server.ask("POST", "/api/sandbox/box/pause", "").await;
    assert_eq!(
        pause.refusal(),
        (422, "Pausing is not supported for this sandbox".to_owned())
    );
}

#[tokio::test]
async fn the_surroundings_are_there() {
    let server = Server::new().await;
    let config = server.ask("GET", "/api/config", "").await.json();
    assert_eq!(config["oidc"]["provider"], "local");
    assert_eq!(config["defaultSnapshot"], "host");
    let key = server.ask("GET", "/api/api-keys/current", "").await.json();
    assert_eq!(key["value"], "dtn********************def");
    for path in [
        "/api/health",
        "/api/users/me",
        "/api/organizations",
        "/api/regions",
        "/api/shared-regions",
        "/api/snapshots?limit=100&page=1",
        "/api/snapshots/host",
    ] {
        assert_eq!(
            server.ask("GET", path, "").await.status,
            StatusCode::OK,
            "{path}"
        );
    }
}

#[tokio::test]
async fn only_the_key_and_our_own_names_come_in() {
    let server = Server::new().await;
    let host = server.address.to_string();
    let ask = async |path: &str, host: &str, key: Option<&str>| {
        let mut request = Request::builder().uri(path).header("host", host);
        if let Some(key) = key {
            request = request.header("authorization", key);
        }
        let request = request.body(Body::empty()).expect("request");
        server.send(request).await
    };
    let good = format!("bearer {KEY}");
    assert_eq!(
        ask("/api/sandbox", &host, Some(&good)).await.status,
        StatusCode::OK
    );
    for key in [None, Some("Bearer wrong"), Some("Bearer "), Some(KEY)] {
        for path in ["/api/sandbox", "/api/nope", "/toolbox/box/version"] {
            let refused = ask(path, &host, key).await;
            assert_eq!(refused.refusal(), (401, "Invalid credentials".to_owned()));
        }
    }
    for path in ["/api/health", "/api/config", "/api/shared-regions"] {
        assert_eq!(ask(path, &host, None).await.status, StatusCode::OK);
        let foreign = ask(path, "evil.example", Some(&good)).await;
        assert_eq!(foreign.refusal().0, 403);
    }
    let cors = ask("/api/health", "localhost", None).await;
    assert!(!cors.headers.contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn a_panic_is_a_reply() {
    async fn boom() -> &'static str {
        panic!("a defect")
    }
    let mut server = Server::new().await;
    server.address = listen(
        Router::new()
            .route("/boom", get(boom))
            .layer(from_fn(frame)),
    )
    .await;
    for _ in 0..2 {
        let answer = server.ask("GET", "/boom", "").await;
        assert_eq!(
            answer.refusal(),
            (500, "An unexpected error occurred.".to_owned())
        );
    }
}

#[tokio::test]
async fn the_proxy_passes_requests_on_and_replies_back() {
    let server = Server::new().await;
    let id = server.make("box").await;
    for name in ["box", &id] {
        let path = format!("/toolbox/{name}/files/upload?path=%2Ftmp%2Fa%20b");
        let echoed = server.ask("POST", &path, "x".repeat(3 << 20)).await;
        assert_eq!(echoed.status, StatusCode::OK);
        assert_eq!(echoed.body.len(), 3 << 20);
        assert_eq!(
            echoed.headers["x-seen"],
            "POST /files/upload?path=%2Ftmp%2Fa%20b"
        );
        assert_eq!(echoed.headers["x-credential"], "false");
        assert!(echoed.headers.contains_key(ENGINE_HEADER));
    }
    // The agent's own errors are not ours to change.
    let missing = server.ask("POST", "/toolbox/box/missing", "as it is").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert_eq!(missing.body, "as it is");
}

#[tokio::test]
async fn the_proxy_says_why_a_sandbox_is_not_reached() {
    let server = Server::new().await;
    let unknown = server.ask("GET", "/toolbox/nope/version", "").await;
    assert_eq!(unknown.refusal().0, 404);
    assert_eq!(unknown.json()["source"], "DAYTONA_PROXY");
    server.make("box").await;
    server.runtime.set(|switches| switches.fail_dial = true);
    let broken = server.ask("GET", "/toolbox/box/version", "").await;
    assert_eq!(
        broken.refusal(),
        (
            502,
            "the sandbox cannot be reached: simulated dial failure".to_owned()
        )
    );
    server.ask("POST", "/api/sandbox/box/stop", "").await;
    let stopped = server
        .ask("POST", "/toolbox/box/process/execute", "x".repeat(1 << 20))
        .await;
    assert_eq!(
        stopped.refusal(),
        (
            400,
            "Sandbox box is in state stopped: start it first".to_owned()
        )
    );
    assert_eq!(stopped.json()["source"], "DAYTONA_PROXY");
}

#[tokio::test]
async fn an_upgrade_is_a_tunnel_that_ends_on_both_sides() {
    let server = Server::new().await;
    server.make("box").await;
    let mut stream = TcpStream::connect(server.address).await.expect("connected");
    let request = format!(
        "GET /toolbox/box/upgrade HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {KEY}\r\n\
         Connection: keep-alive, Upgrade\r\nUpgrade: echo\r\n\r\n",
        server.address
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("head"));
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    assert!(head.starts_with("http/1.1 101"), "{head}");
    assert!(head.contains("upgrade: echo"), "{head}");
    assert!(head.contains(ENGINE_HEADER), "{head}");
    let sent = vec![7_u8; 256 * 1024];
    let (mut reader, mut writer) = stream.split();
    let mut received = vec![0; sent.len()];
    let (wrote, read) = tokio::join!(writer.write_all(&sent), reader.read_exact(&mut received));
    wrote.expect("wrote");
    read.expect("read");
    assert_eq!(sent, received);
    writer.shutdown().await.expect("closed");
    let rest = tokio::time::timeout(Duration::from_secs(5), reader.read_to_end(&mut received));
    assert_eq!(rest.await.expect("in time").expect("end"), 0);
}
