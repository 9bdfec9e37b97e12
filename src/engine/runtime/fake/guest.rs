//! The guest of a runtime in memory: it echoes, or sends what it was told to.

use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::{CONNECTION, HeaderName, UPGRADE};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;

/// How many requests wait in guests for ever.
pub(crate) static HANGING: AtomicUsize = AtomicUsize::new(0);

struct Hanging;

impl Hanging {
    fn new() -> Self {
        HANGING.fetch_add(1, Ordering::SeqCst);
        Self
    }
}

impl Drop for Hanging {
    fn drop(&mut self) {
        HANGING.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Echoes the body. `/work-dir` says what it saw, `/git/status` is not found, `/upgrade` echoes bytes until the other side is gone,
/// `/hang` never answers, `/die` breaks off.
pub(super) async fn guest(
    mut request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, std::io::Error> {
    let seen = format!("{} {}", request.method(), request.uri());
    if request.uri().path() == "/upgrade" {
        let upgrade = hyper::upgrade::on(&mut request);
        tokio::spawn(async move {
            let mut stream = TokioIo::new(upgrade.await.expect("upgraded"));
            let (mut reader, mut writer) = tokio::io::split(&mut stream);
            let _ = tokio::io::copy(&mut reader, &mut writer).await;
        });
        return Ok(Response::builder()
            .status(StatusCode::SWITCHING_PROTOCOLS)
            .header(CONNECTION, "upgrade")
            .header(UPGRADE, "echo")
            .body(Full::default())
            .expect("response"));
    }
    if request.uri().path() == "/hang" {
        let _hanging = Hanging::new();
        std::future::pending::<()>().await;
    }
    if request.uri().path() == "/die" {
        return Err(std::io::Error::other("died"));
    }
    let headers: Vec<&str> = request.headers().keys().map(HeaderName::as_str).collect();
    let seen = format!("{seen} {}", headers.join(" "));
    let status = if request.uri().path() == "/git/status" {
        StatusCode::NOT_FOUND
    } else {
        StatusCode::OK
    };
    let body = if request.uri().path() == "/work-dir" {
        Bytes::from(seen)
    } else {
        let body = request.into_body().collect().await;
        body.map_or_else(|_| Bytes::new(), http_body_util::Collected::to_bytes)
    };
    Ok(Response::builder()
        .status(status)
        .body(Full::new(body))
        .expect("response"))
}

/// Reads one request's head, and answers with these bytes; then holds the connection until the other
/// side is gone.
pub(super) async fn send_raw(mut stream: UnixStream, raw: Vec<u8>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    // Who is told nonsense may hang up before its end.
    let _ = stream.write_all(&raw).await;
    let _ = stream.read_to_end(&mut head).await;
}
