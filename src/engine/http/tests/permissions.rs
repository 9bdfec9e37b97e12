//! Every route, asked with every kind of credential in each form in which it can be carried: who gets in.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use expect_test::expect_file;
use http_body_util::BodyExt as _;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use ring::hmac;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use crate::api::types::PERMISSIONS;

use super::{KEY, Server};
use crate::engine::http::routes;

/// Permissions of which a route takes both.
const PAIRS: [[&str; 2]; 2] = [
    ["write:sandboxes", "delete:sandboxes"],
    ["write:sandboxes", "write:snapshots"],
];

/// What a request carries.
#[derive(Clone, Debug, Default)]
struct Credential {
    name: String,
    headers: Vec<(&'static str, String)>,
    query: String,
}

impl Credential {
    fn bearer(name: &str, key: &str) -> Self {
        Self {
            name: name.to_owned(),
            headers: vec![("authorization", format!("Bearer {key}"))],
            ..Self::default()
        }
    }

    /// A token of a sandbox, in each form.
    fn token(name: &str, token: &str, id: &str) -> Vec<Self> {
        let form = |form: &str, header: Option<(&'static str, String)>| Self {
            name: format!("{name} in {form}"),
            headers: header.into_iter().collect(),
            query: String::new(),
        };
        let cookie = format!("daytona-sandbox-auth-{id}={token}");
        vec![
            form(
                "header",
                Some(("x-daytona-preview-token", token.to_owned())),
            ),
            form("cookie", Some(("cookie", cookie))),
            form("bearer", Some(("authorization", format!("Bearer {token}")))),
            Self {
                query: format!("DAYTONA_SANDBOX_AUTH_KEY={token}"),
                ..form("query", None)
            },
        ]
    }
}

/// An engine with a sandbox, and one key of each kind.
struct Stage {
    server: Server,
    id: String,
    keys: Vec<(String, String)>,
}

impl Stage {
    async fn new() -> Self {
        let server = Server::new().await;
        let id = server.make("box").await;
        let mut kinds: Vec<(String, Vec<&str>)> = vec![("no permission".to_owned(), Vec::new())];
        kinds.extend(PERMISSIONS.map(|one| (one.to_owned(), vec![one])));
        kinds.extend(PAIRS.map(|pair| (pair.join("+"), pair.to_vec())));
        kinds.push(("every permission".to_owned(), PERMISSIONS.to_vec()));
        let mut keys = Vec::new();
        for (name, permissions) in kinds {
            let body = json!({ "name": name.replace(':', " "), "permissions": permissions });
            let made = server.ask("POST", "/api/api-keys", body.to_string()).await;
            let value = made.json()["value"].as_str().map(str::to_owned);
            keys.push((name, value.unwrap_or_else(|| panic!("{:?}", made.body))));
        }
        Self { server, id, keys }
    }

    fn key(&self, name: &str) -> &str {
        let found = self.keys.iter().find(|(one, _)| one == name);
        &found.expect("a key").1
    }

    /// The token that a key is given for a port of a sandbox.
    async fn token_for(&self, id: &str, key: &str, port: u16) -> String {
        let path = format!("/api/sandbox/{id}/ports/{port}/preview-url");
        let preview = self.server.ask_as(key, "GET", &path, &Value::Null).await;
        preview.json()["token"]
            .as_str()
            .expect("a token")
            .to_owned()
    }

    /// Everything that can be carried; tokens are made anew with each start of the sandbox.
    async fn credentials(&self) -> Vec<Credential> {
        let mut all = vec![Credential {
            name: "nothing".to_owned(),
            ..Credential::default()
        }];
        all.push(Credential::bearer("wrong key", "dtn_wrong"));
        for (name, key) in &self.keys {
            all.push(Credential::bearer(name, key));
        }
        all.push(Credential::bearer("owner", KEY));
        let reader = self.key("no permission");
        let writer = self.key("write:sandboxes");
        for (name, key, port) in [
            ("reader's token", reader, 3000),
            ("reader's token of port 1", reader, 1),
            ("writer's token", writer, 3000),
            ("writer's token of port 1", writer, 1),
            ("owner's token", KEY, 3000),
            ("owner's token of port 1", KEY, 1),
        ] {
            let token = self.token_for(&self.id, key, port).await;
            all.extend(Credential::token(name, &token, &self.id));
        }
        all.extend(Credential::token(
            "wrong token",
            "0123456789abcdef",
            &self.id,
        ));
        all
    }

    /// The address of a file of the sandbox, signed for a method.
    async fn signed(&self, method: &Method) -> Credential {
        let path = format!("/api/sandbox/{}/signing-key", self.id);
        let key = self.server.ask("GET", &path, "").await.body;
        let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
        let tag = hmac::sign(&key, format!("v1:files:{method}:/tmp/a:0").as_bytes());
        let tag = URL_SAFE_NO_PAD.encode(tag.as_ref());
        Credential {
            name: format!("file signed for {method}"),
            headers: Vec::new(),
            query: format!("path=/tmp/a&expires=0&signature=v1_{tag}"),
        }
    }

    /// The status and the message of a refusal.
    async fn send(
        &self,
        method: &Method,
        host: &str,
        path: &str,
        more: &[(&str, &str)],
        credential: &Credential,
    ) -> (StatusCode, String) {
        let query = match (credential.query.as_str(), path.contains('?')) {
            ("", _) => String::new(),
            (query, true) => format!("&{query}"),
            (query, false) => format!("?{query}"),
        };
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{path}{query}"))
            .header("host", host);
        for (name, value) in &credential.headers {
            request = request.header(*name, value);
        }
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from("[]")).expect("a request");
        let stream = TcpStream::connect(self.server.address)
            .await
            .expect("connected");
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .expect("spoken");
        tokio::spawn(connection);
        let response = sender.send_request(request).await.expect("answered");
        let (status, mut text) = (response.status(), String::new());
        if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            let body = response
                .into_body()
                .collect()
                .await
                .expect("a body")
                .to_bytes();
            text = String::from_utf8_lossy(&body).into_owned();
            if let Ok(body) = serde_json::from_slice::<Value>(&body) {
                text = body["message"].as_str().unwrap_or_default().to_owned();
            }
        }
        (status, text)
    }

    /// Who gets past the gate of a route.
    async fn let_in(
        &self,
        method: &Method,
        path: &str,
        more: &[(&str, &str)],
        all: &[Credential],
    ) -> Vec<String> {
        let host = self.server.address.to_string();
        let mut seen = Vec::new();
        for credential in all {
            let (_, message) = self.send(method, &host, path, more, credential).await;
            let refused = ["Invalid credentials", "Access denied", "Invalid signature"];
            if !refused.contains(&message.as_str()) {
                seen.push(credential.name.clone());
            }
        }
        seen
    }
}

/// Those who got in, without those of whom it goes without saying.
fn summary(seen: &[String], all: &[Credential]) -> String {
    if seen.len() == all.len() {
        return "anybody".to_owned();
    }
    let has = |name: &str| seen.iter().any(|one| one == name);
    assert!(has("owner"), "the owner gets in everywhere: {seen:?}");
    let any_key = has("no permission");
    let said = |name: &&String| {
        let is_pair = |pair: &[&str; 2]| **name == pair.join("+");
        let pair = PAIRS.iter().find(|pair| is_pair(pair));
        let is_key = PERMISSIONS.contains(&name.as_str()) || pair.is_some();
        !(**name == "owner"
            || **name == "every permission"
            || any_key && is_key
            || pair.is_some_and(|pair| pair.iter().any(|one| has(one))))
    };
    let mut names: Vec<String> = Vec::new();
    if !has("every permission") {
        names.push("owner only".to_owned());
    }
    for name in seen.iter().filter(said) {
        let same = names.last_mut().zip(name.split_once(" in "));
        match (name.as_str(), same) {
            ("no permission", _) => names.push("any key".to_owned()),
            // The same token in another form.
            (_, Some((last, (kind, form)))) if last.starts_with(&format!("{kind} in ")) => {
                let _ = write!(last, "/{form}");
            }
            (name, _) => names.push(name.to_owned()),
        }
    }
    names.join(", ")
}

/// A path of a route. What is only looked at is there; what would be changed is not.
fn example(pattern: &str, id: &str, method: &Method) -> String {
    let id = if pattern.starts_with("/toolbox") || *method == Method::GET {
        id
    } else {
        "nobody"
    };
    let part = |part: &str| match part {
        "{id}" => id.to_owned(),
        "{port}" => "3000".to_owned(),
        "{minutes}" => "1".to_owned(),
        "{public}" => "true".to_owned(),
        part if part.starts_with('{') => "x".to_owned(),
        part => part.to_owned(),
    };
    let parts: Vec<String> = pattern.split('/').map(part).collect();
    parts.join("/")
}

#[tokio::test]
async fn every_route_opens_to_whom_it_should() {
    let stage = Stage::new().await;
    let mut all = stage.credentials().await;
    for method in [Method::GET, Method::POST] {
        all.push(stage.signed(&method).await);
    }
    let (_, needs) = routes().split();
    let mut asked: Vec<(String, Method)> = Vec::new();
    for (pattern, method) in needs.all() {
        let methods = method.map_or_else(|| vec![Method::GET, Method::POST], |method| vec![method]);
        asked.extend(
            methods
                .into_iter()
                .map(|method| (pattern.to_owned(), method)),
        );
    }
    // What nobody declared.
    for (method, path) in [
        (Method::GET, "/"),
        (Method::GET, "/api"),
        (Method::GET, "/api/nope"),
        (Method::GET, "/api/health/"),
        (Method::POST, "/api/health"),
        (Method::OPTIONS, "/api/sandbox"),
        (Method::PATCH, "/api/sandbox/{id}"),
        (Method::PUT, "/toolbox/{id}/files"),
        (Method::POST, "/toolbox/{id}/version"),
        (Method::GET, "/toolbox/{id}//files"),
        (Method::GET, "/toolbox/{id}/files/download/"),
        (Method::GET, "/toolbox/{id}/x/../files/download"),
        (Method::POST, "/toolbox/{id}/init"),
        (Method::GET, "/toolbox"),
    ] {
        asked.push((path.to_owned(), method));
    }
    let mut table: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (pattern, method) in asked {
        let path = example(&pattern, &stage.id, &method);
        let seen = summary(&stage.let_in(&method, &path, &[], &all).await, &all);
        table
            .entry(seen.clone())
            .or_default()
            .push(format!("{method} {pattern}"));
        if method == Method::GET && pattern.starts_with("/toolbox/") {
            let upgrade = [("connection", "upgrade"), ("upgrade", "websocket")];
            let socket = summary(&stage.let_in(&method, &path, &upgrade, &all).await, &all);
            if socket != seen {
                table
                    .entry(socket)
                    .or_default()
                    .push(format!("WebSocket {pattern}"));
            }
        }
    }
    let mut text = String::new();
    for (who, what) in table {
        let _ = writeln!(text, "{who}:\n    {}", what.join("\n    "));
    }
    expect_file!["permissions.txt"].assert_eq(&text);
}

#[tokio::test]
async fn previews_open_to_whom_they_should() {
    let stage = Stage::new().await;
    let other = stage.server.make("other").await;
    let sign = format!("/api/sandbox/{}/ports/3000/signed-preview-url", stage.id);
    let signed = stage.server.ask("GET", &sign, "").await.json();
    let signed = signed["token"].as_str().expect("a token").to_owned();
    let mut text = String::new();
    let foreign = stage.token_for(&other, KEY, 1).await;
    let file = stage.signed(&Method::GET).await;
    let all = async || {
        let mut all = stage.credentials().await;
        all.extend(Credential::token("another's token", &foreign, &stage.id));
        all.push(file.clone());
        all
    };
    let first = all().await;
    for public in [false, true] {
        let path = format!("/api/sandbox/box/public/{public}");
        stage.server.ask("POST", &path, "").await;
        for (what, host) in [
            ("port 3000", format!("3000-{}.localhost", stage.id)),
            ("port 22222", format!("22222-{}.localhost", stage.id)),
            ("port 2280", format!("2280-{}.localhost", stage.id)),
            ("a signed address", format!("3000-{signed}.localhost")),
            (
                "its name with another port",
                format!("3001-{signed}.localhost"),
            ),
        ] {
            let mut seen = Vec::new();
            for credential in &first {
                let (status, _) = stage.send(&Method::GET, &host, "/", &[], credential).await;
                if !matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
                    seen.push(credential.name.clone());
                }
            }
            let seen = if seen.is_empty() {
                "nobody".to_owned()
            } else {
                summary(&seen, &first)
            };
            let kind = if public { "public, " } else { "" };
            let _ = writeln!(text, "{kind}{what}: {seen}");
        }
    }
    // The button of the page that a sandbox at rest shows; each start makes new tokens.
    for (what, host) in [
        ("the button", format!("3000-{}.localhost", stage.id)),
        (
            "the button of a signed address",
            format!("3000-{signed}.localhost"),
        ),
    ] {
        let origin = format!("http://{host}");
        let more = [("origin", origin.as_str()), ("accept", "text/html")];
        let mut seen = Vec::new();
        for number in 0..first.len() {
            let credential = &all().await[number];
            stage.server.ask("POST", "/api/sandbox/box/stop", "").await;
            let path = "/?daytona-start";
            let _ = stage
                .send(&Method::POST, &host, path, &more, credential)
                .await;
            let after = stage.server.ask("GET", "/api/sandbox/box", "").await.json();
            if after["state"] == "started" {
                seen.push(credential.name.clone());
            } else {
                stage.server.ask("POST", "/api/sandbox/box/start", "").await;
            }
        }
        let _ = writeln!(text, "{what}: {}", summary(&seen, &first));
    }
    expect_file!["permissions_of_previews.txt"].assert_eq(&text);
}

#[tokio::test]
async fn who_may_not_look_into_sandboxes_does_not_see_their_environments() {
    let stage = Stage::new().await;
    let body = json!({ "name": "secretive", "env": { "TOKEN": "hunter2" } });
    let made = stage
        .server
        .ask("POST", "/api/sandbox", body.to_string())
        .await;
    assert_eq!(made.json()["env"]["TOKEN"], "hunter2");
    for (name, sees) in [("no permission", false), ("write:sandboxes", true)] {
        let key = stage.key(name);
        for path in ["/api/sandbox/secretive", "/api/sandbox?limit=200"] {
            let seen = stage.server.ask_as(key, "GET", path, &Value::Null).await;
            assert_eq!(seen.status, StatusCode::OK);
            let text = String::from_utf8_lossy(&seen.body).into_owned();
            assert!(sees || !text.contains("hunter2"), "{name} {path}: {text}");
        }
        let one = stage
            .server
            .ask_as(key, "GET", "/api/sandbox/secretive", &Value::Null);
        assert_eq!(one.await.json()["env"] == json!({}), !sees);
    }
}
