//! The logs of builds: where they are, and their text, live where it is asked for.

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::response::Response;
use futures_util::stream;

use crate::api::types::BuildLogsUrl;
use crate::engine::service::BuildLog;
use crate::error::Result;

use super::failure::Failure;
use super::permission::Need;
use super::query::Params;
use super::routes::Routes;
use super::{Origin, Reply, Shared};

type Pairs = Query<Vec<(String, String)>>;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/sandbox/{id}/build-logs", Need::AnyKey, of_sandbox)
        .get(
            "/api/sandbox/{id}/build-logs-url",
            Need::AnyKey,
            url_of_sandbox,
        )
        .get("/api/snapshots/{id}/build-logs", Need::AnyKey, of_snapshot)
        .get(
            "/api/snapshots/{id}/build-logs-url",
            Need::AnyKey,
            url_of_snapshot,
        )
}

async fn url_of_sandbox(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
) -> Reply<BuildLogsUrl> {
    let (id, _) = api.service.sandbox_log(&id).await?;
    let url = format!("{}/api/sandbox/{id}/build-logs", origin.base);
    Ok(Json(BuildLogsUrl { url }))
}

async fn url_of_snapshot(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
) -> Reply<BuildLogsUrl> {
    let (id, _) = api.service.snapshot_log(&id).await?;
    let url = format!("{}/api/snapshots/{id}/build-logs", origin.base);
    Ok(Json(BuildLogsUrl { url }))
}

async fn of_sandbox(
    State(api): Shared,
    Path(id): Path<String>,
    Query(pairs): Pairs,
) -> Result<Response, Failure> {
    let (_, log) = api.service.sandbox_log(&id).await?;
    Ok(text(log, &Params(pairs))?)
}

async fn of_snapshot(
    State(api): Shared,
    Path(id): Path<String>,
    Query(pairs): Pairs,
) -> Result<Response, Failure> {
    let (_, log) = api.service.snapshot_log(&id).await?;
    Ok(text(log, &Params(pairs))?)
}

/// The log, which is empty where nothing was built; until its end where that is asked for.
fn text(log: Option<BuildLog>, params: &Params) -> Result<Response> {
    let body = match log {
        None => Body::empty(),
        Some(log) if params.flag("follow")?.unwrap_or_default() => {
            Body::from_stream(stream::unfold((log, 0), |(log, read)| async move {
                let more = log.beyond(read).await?;
                let read = read + more.len();
                Some((
                    Ok::<_, std::convert::Infallible>(Bytes::from(more)),
                    (log, read),
                ))
            }))
        }
        Some(log) => Body::from(log.text()),
    };
    let mut response = Response::new(body);
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    Ok(response)
}
