//! What two proxies share: headers that are between neighbours only, and connections joined after an upgrade.

use std::pin::pin;
use std::time::Duration;

use axum::http::header::{CONNECTION, TE, TRAILER, TRANSFER_ENCODING, UPGRADE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncWriteExt as _, copy, split};
use tokio::time::timeout;

/// How long one side may still send after the other is gone.
const LINGER: Duration = Duration::from_secs(2);

static KEEP_ALIVE: HeaderName = HeaderName::from_static("keep-alive");
static PROXY_CONNECTION: HeaderName = HeaderName::from_static("proxy-connection");

/// Removes what is between two neighbours only (RFC 9110, section 7.6.1); returns the protocol that was offered.
pub(crate) fn strip(headers: &mut HeaderMap) -> Option<HeaderValue> {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    let protocol = headers.remove(UPGRADE);
    for name in named.iter().chain([
        &CONNECTION,
        &TE,
        &TRAILER,
        &TRANSFER_ENCODING,
        &KEEP_ALIVE,
        &PROXY_CONNECTION,
    ]) {
        headers.remove(name);
    }
    protocol
}

/// Offers the next neighbour that protocol.
pub(crate) fn reinstate(headers: &mut HeaderMap, protocol: Option<HeaderValue>) {
    if let Some(protocol) = protocol {
        headers.insert(UPGRADE, protocol);
        headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
    }
}

/// Joins two connections once both were upgraded; `held` lasts as long as they do.
pub(crate) async fn join(client: OnUpgrade, server: OnUpgrade, held: impl Send) {
    match tokio::try_join!(client, server) {
        Ok((client, server)) => tunnel(client, server).await,
        Err(error) => tracing::debug!("an upgrade came to nothing: {error}"),
    }
    drop(held);
}

/// Copies both ways until both have ended, or one has and the other does not follow.
async fn tunnel(client: Upgraded, server: Upgraded) {
    let (mut from_client, mut to_client) = split(TokioIo::new(client));
    let (mut from_server, mut to_server) = split(TokioIo::new(server));
    let mut up = pin!(async {
        let _ = copy(&mut from_client, &mut to_server).await;
        let _ = to_server.shutdown().await;
    });
    let mut down = pin!(async {
        let _ = copy(&mut from_server, &mut to_client).await;
        let _ = to_client.shutdown().await;
    });
    tokio::select! {
        () = &mut up => { let _ = timeout(LINGER, down).await; }
        () = &mut down => { let _ = timeout(LINGER, up).await; }
    }
}
