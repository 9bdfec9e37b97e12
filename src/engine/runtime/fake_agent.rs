//! The agent of a runtime in memory: it echoes.

use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::{AUTHORIZATION, CONNECTION, UPGRADE};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;

/// How many requests wait in agents for ever.
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

/// Echoes the body; says in headers what it saw. `/upgrade` echoes bytes until the other side is gone,
/// `/hang` never answers, `/die` breaks off.
pub(super) async fn agent(
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
    let credential = request.headers().contains_key(AUTHORIZATION);
    let status = if request.uri().path() == "/missing" {
        StatusCode::NOT_FOUND
    } else {
        StatusCode::OK
    };
    let body = request.into_body().collect().await;
    Ok(Response::builder()
        .status(status)
        .header("x-seen", seen)
        .header("x-credential", credential.to_string())
        .body(Full::new(body.map_or_else(
            |_| Bytes::new(),
            http_body_util::Collected::to_bytes,
        )))
        .expect("response"))
}
