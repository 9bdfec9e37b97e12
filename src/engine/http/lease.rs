//! `GET /agent-session/{id}/lease`, our extension: a reply that lasts as long as the client wants its
//! session to. When the last one breaks off, the session's sandboxes are deleted.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;

use crate::error::Error;

use super::Shared;
use super::failure::Failure;
use super::permission::Need;
use super::routes::Routes;

/// How often a byte is sent, so that a client that is gone without a word is noticed.
const BEAT: Duration = Duration::from_secs(15);
/// The longest name of a session.
const LONGEST_SESSION: usize = 64;

pub(super) fn routes() -> Routes {
    // When it breaks off, sandboxes are deleted.
    let need = Need::All(&["write:sandboxes", "delete:sandboxes"]);
    Routes::new().get("/api/agent-session/{id}/lease", need, hold)
}

async fn hold(State(api): Shared, Path(id): Path<String>) -> Result<Response, Failure> {
    if id.is_empty() || id.len() > LONGEST_SESSION {
        return Err(Error::usage(format!(
            "a session's name has 1 to {LONGEST_SESSION} characters"
        ))
        .into());
    }
    let lease = api.service.lease(&id).await?;
    let beats = stream::unfold((lease, true), |(lease, first)| async move {
        if !first {
            tokio::select! {
                () = tokio::time::sleep(BEAT) => {}
                () = lease.ended() => return None,
            }
        }
        let beat = Bytes::from_static(b"\n");
        Some((Ok::<_, std::convert::Infallible>(beat), (lease, false)))
    });
    Ok(Body::from_stream(beats).into_response())
}
