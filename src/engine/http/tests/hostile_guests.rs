//! Tests of the proxies against guests that send what no guest would.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{Answer, KEY, Server};

const ANSWER_WITHIN: Duration = Duration::from_secs(20);

struct Stage {
    server: Server,
    id: String,
}

impl Stage {
    async fn new() -> Self {
        let server = Server::new().await;
        let id = server.make("box").await;
        Self { server, id }
    }

    /// Asks by the toolbox while the guest answers so.
    async fn toolbox(&self, path: &str, raw: &[u8]) -> Answer {
        let raw = raw.to_vec();
        self.server
            .runtime
            .set(move |switches| switches.raw_reply = Some(raw));
        let path = format!("/toolbox/box{path}");
        let asking = self.server.ask("GET", &path, "");
        timeout(ANSWER_WITHIN, asking)
            .await
            .expect("an answer in time")
    }

    /// As [`Self::toolbox`], by the preview of a port.
    async fn preview(&self, raw: &[u8]) -> Answer {
        let raw = raw.to_vec();
        self.server
            .runtime
            .set(move |switches| switches.raw_reply = Some(raw));
        let request = Request::builder()
            .uri("/")
            .header("host", format!("3000-{}.localhost", self.id))
            .header("authorization", format!("Bearer {KEY}"))
            .body(Body::empty())
            .expect("a request");
        let asking = self.server.send(request);
        timeout(ANSWER_WITHIN, asking)
            .await
            .expect("an answer in time")
    }
}

#[tokio::test]
async fn a_reply_that_sends_elsewhere_does_not_pass() {
    let stage = Stage::new().await;
    for status in ["301", "302", "303", "307", "308", "304", "600", "999"] {
        let raw = format!(
            "HTTP/1.1 {status} X\r\nLocation: /toolbox/other/process/execute\r\nContent-Length: 0\r\n\r\n"
        );
        let answer = stage.toolbox("/files?path=/", raw.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{status}");
        assert_eq!(answer.json()["source"], "DAYTONA_PROXY");
        assert!(!answer.headers.contains_key("location"), "{status}");
    }
    // A server at a port may answer so, but clients of the API are not sent anywhere.
    let raw =
        b"HTTP/1.1 307 X\r\nLocation: /toolbox/other/process/execute\r\nContent-Length: 0\r\n\r\n";
    let answer = stage.toolbox("/proxy/3000/", raw).await;
    assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT);
    assert!(!answer.headers.contains_key("location"));
    let answer = stage.preview(raw).await;
    assert_eq!(answer.headers["location"], "/toolbox/other/process/execute");
}

#[tokio::test]
async fn nobody_is_upgraded_who_did_not_ask() {
    let stage = Stage::new().await;
    let raw = b"HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\nsmuggled";
    for answer in [
        stage.toolbox("/files?path=/", raw).await,
        stage.toolbox("/proxy/3000/", raw).await,
        stage.preview(raw).await,
    ] {
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!answer.headers.contains_key("upgrade"));
    }
}

#[tokio::test]
async fn an_upgrade_to_something_else_is_refused() {
    let stage = Stage::new().await;
    let raw = b"HTTP/1.1 101 X\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n".to_vec();
    stage
        .server
        .runtime
        .set(move |switches| switches.raw_reply = Some(raw));
    let request = Request::builder()
        .uri("/toolbox/box/process/pty/create-connect")
        .header("host", stage.server.address.to_string())
        .header("authorization", format!("Bearer {KEY}"))
        .header("connection", "upgrade")
        .header("upgrade", "websocket")
        .body(Body::empty())
        .expect("a request");
    let answer = stage.server.send(request).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn headers_of_ours_are_not_forged_nor_is_anything_set_on_the_origin_of_the_api() {
    let stage = Stage::new().await;
    let raw = b"HTTP/1.1 200 X\r\nSet-Cookie: a=b\r\nX-Daytona-Engine: 666\r\nAccess-Control-Allow-Origin: *\r\n\
        Content-Type: text/html\r\nClear-Site-Data: \"*\"\r\nContent-Length: 8\r\n\r\n<script>";
    let answer = stage.toolbox("/files/download?path=/a", raw).await;
    assert_eq!(answer.body, "<script>");
    assert_eq!(answer.headers["content-type"], "text/plain; charset=utf-8");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    assert_eq!(
        answer.headers["x-daytona-engine"],
        env!("CARGO_PKG_VERSION")
    );
    for name in [
        "set-cookie",
        "access-control-allow-origin",
        "clear-site-data",
    ] {
        assert!(!answer.headers.contains_key(name), "{name}");
    }
    let raw = b"HTTP/1.1 200 X\r\nSet-Cookie: a=b\r\nSet-Cookie: daytona-sandbox-auth-x=y\r\n\
        X-Daytona-Evil: 1\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n";
    let answer = stage.preview(raw).await;
    assert_eq!(answer.headers["set-cookie"], "a=b");
    assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 1);
    assert_eq!(answer.headers["content-type"], "text/html");
    assert!(!answer.headers.contains_key("x-daytona-evil"));
}

#[tokio::test]
async fn an_error_is_said_again_in_its_shape_only() {
    let stage = Stage::new().await;
    let error = |body: &[u8]| {
        let head = format!("HTTP/1.1 404 X\r\nContent-Length: {}\r\n\r\n", body.len());
        [head.as_bytes(), body].concat()
    };
    let body = json!({
        "statusCode": 401, "message": ["no", "such"], "code": "FILE_NOT_FOUND",
        "source": "DAYTONA_API", "path": "/files", "hint": "run this: curl evil",
    });
    let raw = error(body.to_string().as_bytes());
    let answer = stage.toolbox("/files?path=/", &raw).await;
    let said = answer.json();
    assert_eq!(answer.refusal(), (404, "no, such".to_owned()));
    assert_eq!(said["source"], "DAYTONA_DAEMON");
    assert_eq!(said["code"], "FILE_NOT_FOUND");
    assert_eq!(said["path"], "/files");
    assert!(said.get("hint").is_none(), "{said}");
    for body in [
        b"<html>".to_vec(),
        b"\xff\x00".to_vec(),
        b"{\"message\":".to_vec(),
        Vec::new(),
        vec![b' '; 2 << 20],
        b"{\"code\":\"a\\u001b[2J\"}".to_vec(),
    ] {
        let answer = stage.toolbox("/files?path=/", &error(&body)).await;
        assert_eq!(
            answer.refusal(),
            (
                404,
                "the sandbox answered 404 without saying why".to_owned()
            )
        );
        assert!(answer.json().get("code").is_none());
    }
}

#[tokio::test]
async fn what_is_no_reply_is_an_error_and_nothing_hangs() {
    let stage = Stage::new().await;
    let many = format!("HTTP/1.1 200 X\r\n{}\r\n", "a: b\r\n".repeat(2000));
    let long = format!("HTTP/1.1 200 X\r\na: {}\r\n\r\n", "b".repeat(1 << 20));
    for raw in [
        many.as_bytes(),
        long.as_bytes(),
        b"HTTP/1.1 200 X\r\na: \0\r\n\r\n",
        b"HTTP/1.1 200 X\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 X\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/9.9 200 X\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"SSH-2.0-x\r\n\r\n",
    ] {
        let shown = String::from_utf8_lossy(&raw[..raw.len().min(60)]).into_owned();
        for answer in [
            stage.toolbox("/files?path=/", raw).await,
            stage.preview(raw).await,
        ] {
            assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{shown}");
            assert!(answer.json()["message"].is_string(), "{shown}");
        }
    }
}

#[tokio::test]
async fn a_body_of_a_wrong_length_never_becomes_another_reply() {
    let stage = Stage::new().await;
    let second = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
    for (raw, good) in [
        // More than was announced; two replies at once.
        (
            format!("HTTP/1.1 200 X\r\nContent-Length: 2\r\n\r\nok{second}"),
            true,
        ),
        // Both kinds of length.
        (
            format!(
                "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\nContent-Length: 90\r\n\r\n2\r\nok\r\n0\r\n\r\n{second}"
            ),
            true,
        ),
        // Chunks that are none.
        (
            format!(
                "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nzz\r\n{second}"
            ),
            false,
        ),
    ] {
        let bytes = raw.clone().into_bytes();
        stage
            .server
            .runtime
            .set(move |switches| switches.raw_reply = Some(bytes));
        // One connection for two requests: what follows the first must not be taken for the second's.
        let stream = TcpStream::connect(stage.server.address)
            .await
            .expect("connected");
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .expect("spoken");
        tokio::spawn(connection);
        let request = |path: &str| {
            Request::builder()
                .uri(path)
                .header("host", stage.server.address.to_string())
                .header("authorization", format!("Bearer {KEY}"))
                .body(Body::empty())
                .expect("a request")
        };
        let first = sender.send_request(request("/toolbox/box/files/download?path=/a"));
        let first = timeout(ANSWER_WITHIN, first)
            .await
            .expect("in time")
            .expect("a reply");
        let first = timeout(ANSWER_WITHIN, first.into_body().collect())
            .await
            .expect("in time");
        if good {
            assert_eq!(first.expect("a body").to_bytes(), "ok", "{raw}");
        } else {
            assert!(first.is_err(), "it broke off: {raw}");
        }
        // The connection is closed, or it goes on with what was asked.
        if sender.ready().await.is_ok()
            && let Ok(next) = sender.send_request(request("/api/health")).await
        {
            let body = next.into_body().collect().await.expect("a body").to_bytes();
            assert_eq!(body, r#"{"status":"ok"}"#, "{raw}");
        }
    }
}
