//! Tests of the routes over real connections: shapes, the gate.

mod account;
mod connections;
mod errors;
mod hostile_guests;
mod permissions;
mod proxy;

use std::net::SocketAddr;
use std::sync::Arc;

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
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::api::types::ENGINE_HEADER;
use crate::engine::clock::Clock;
use crate::engine::runtime::fake::{Fake, fake};
use crate::engine::service::{Runtimes, Service};
use crate::engine::store::Store;
use crate::secret::Secret;

use crate::engine::http::Doors;
use crate::engine::http::{Api, Limits, Notifications, Parting, frame, router, serve};

pub(in crate::engine::http) const KEY: &str = "dtn_0123456789abcdef0123456789abcdef";

pub(in crate::engine::http) struct Server {
    _dir: TempDir,
    pub(in crate::engine::http) stop: watch::Sender<bool>,
    pub(in crate::engine::http) address: SocketAddr,
    pub(in crate::engine::http) runtime: Arc<Fake>,
}

pub(in crate::engine::http) struct Answer {
    pub(in crate::engine::http) status: StatusCode,
    pub(in crate::engine::http) headers: HeaderMap,
    pub(in crate::engine::http) body: Bytes,
}

impl Answer {
    pub(in crate::engine::http) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }

    /// The status and the message of an error.
    pub(in crate::engine::http) fn refusal(&self) -> (u16, String) {
        let body = self.json();
        assert_eq!(body["statusCode"], self.status.as_u16());
        (
            self.status.as_u16(),
            body["message"].as_str().expect("message").to_owned(),
        )
    }
}

async fn listen(app: Router, limits: Limits) -> (SocketAddr, watch::Sender<bool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bound");
    let address = listener.local_addr().expect("address");
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(serve(listener, app, limits, stopped));
    (address, stop)
}

impl Server {
    pub(in crate::engine::http) async fn new() -> Self {
        Self::with(Limits::of_process()).await
    }

    pub(in crate::engine::http) async fn with(limits: Limits) -> Self {
        let dir = TempDir::new().expect("dir");
        let runtime = fake();
        let store = Store::open(&dir.path().join("engine.db")).expect("store");
        let service = Service::new(
            store,
            Runtimes::new(Arc::clone(&runtime) as _, Vec::new()),
            Clock::default(),
            0,
        );
        let app = router(Api {
            notifications: Notifications::new(&service, &Secret::new(KEY)),
            service,
            key: Secret::new(KEY),
            listen: "127.0.0.1:3986".parse().expect("address"),
            // Nobody listens there: previews have names only.
            parting: Parting::default(),
            doors: Doors::of("[::1]:3986".parse().expect("address")).0,
            spool: dir.path().join("spool"),
            auto_start: false,
            origins: vec!["http://localhost:5173".to_owned()],
            since: 0,
        });
        let (address, stop) = listen(app, limits).await;
        Self {
            _dir: dir,
            stop,
            address,
            runtime,
        }
    }

    pub(in crate::engine::http) async fn ask(
        &self,
        method: &str,
        path: &str,
        body: impl Into<Body>,
    ) -> Answer {
        self.send(
            self.request(method, path)
                .body(body.into())
                .expect("request"),
        )
        .await
    }

    /// Asks with another key.
    pub(in crate::engine::http) async fn ask_as(
        &self,
        key: &str,
        method: &str,
        path: &str,
        body: &Value,
    ) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", self.address.to_string())
            .header("authorization", format!("Bearer {key}"))
            .body(Body::from(body.to_string()))
            .expect("request");
        self.send(request).await
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header("host", self.address.to_string())
            .header("authorization", format!("Bearer {KEY}"))
    }

    pub(in crate::engine::http) async fn send(&self, request: Request<Body>) -> Answer {
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

    pub(in crate::engine::http) async fn make(&self, name: &str) -> String {
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
    let app = Router::new()
        .route("/boom", get(boom))
        .layer(from_fn(frame));
    (server.address, server.stop) = listen(app, Limits::of_process()).await;
    for _ in 0..2 {
        let answer = server.ask("GET", "/boom", "").await;
        assert_eq!(
            answer.refusal(),
            (500, "An unexpected error occurred.".to_owned())
        );
    }
}

#[tokio::test]
async fn the_list_of_older_clients_has_numbered_pages() {
    let server = Server::new().await;
    for name in ["a", "b", "c"] {
        server.make(name).await;
    }
    let page = async |query: &str| {
        let path = format!("/api/sandbox/paginated?{query}");
        let page = server.ask("GET", &path, "").await.json();
        let names: Vec<String> = page["items"]
            .as_array()
            .unwrap_or_else(|| panic!("{page}"))
            .iter()
            .map(|one| one["name"].as_str().expect("a name").to_owned())
            .collect();
        let number = |name: &str| page[name].as_u64().expect("a number");
        (
            names.join(" "),
            [number("total"), number("page"), number("totalPages")],
        )
    };
    let by_name = "sort=name&order=asc&limit=2";
    assert_eq!(page(by_name).await, ("a b".to_owned(), [3, 1, 2]));
    let second = format!("{by_name}&page=2&states[]=started&regions=local");
    assert_eq!(page(&second).await, ("c".to_owned(), [3, 2, 2]));
    assert_eq!(page("page=9").await, (String::new(), [3, 9, 1]));
    assert_eq!(page("name=B").await, ("b".to_owned(), [1, 1, 1]));
    for (query, message) in [
        ("page=0", "page must not be less than 1"),
        ("limit=201", "limit must not be greater than 200"),
        (
            "sort=cpu",
            "sort must be one of the following values: id, name, state, snapshot, region, updatedAt, createdAt, lastActivityAt",
        ),
    ] {
        let path = format!("/api/sandbox/paginated?{query}");
        let refused = server.ask("GET", &path, "").await;
        assert_eq!(refused.refusal(), (400, message.to_owned()));
    }
}
