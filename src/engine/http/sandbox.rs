//! The sandbox routes of the control plane. `id` is an id or a name everywhere.

use axum::Json;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;

use crate::api::types::{Sandbox, SandboxPage, ToolboxUrl};
use crate::engine::service::Interval;
use crate::error::{Error, Result};

use super::failure::Failure;
use super::query::{self, Params};
use super::{Origin, Reply, Shared, body};

type Pairs = Query<Vec<(String, String)>>;

/// The reply with the sandbox, reached as the client reaches us.
pub(super) fn show(origin: &Origin, sandbox: Result<Sandbox>) -> Reply<Sandbox> {
    let mut sandbox = sandbox?;
    sandbox.toolbox_proxy_url = origin.toolbox();
    Ok(Json(sandbox))
}

pub(super) async fn list(
    State(api): Shared,
    Query(pairs): Pairs,
    origin: Origin,
) -> Reply<SandboxPage> {
    let mut page = api.service.list(Params(pairs).filter()?).await?;
    for sandbox in &mut page.items {
        sandbox.toolbox_proxy_url = origin.toolbox();
    }
    Ok(Json(page))
}

pub(super) async fn create(State(api): Shared, origin: Origin, request: Request) -> Reply<Sandbox> {
    let request = body::create(body::object(request).await?)?;
    show(&origin, api.service.create(request).await)
}

pub(super) async fn get(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
) -> Reply<Sandbox> {
    show(&origin, api.service.get(&id).await)
}

pub(super) async fn delete(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
) -> Reply<Sandbox> {
    show(&origin, api.service.delete(&id).await)
}

pub(super) async fn start(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
) -> Reply<Sandbox> {
    show(&origin, api.service.start(&id).await)
}

pub(super) async fn stop(
    State(api): Shared,
    Path(id): Path<String>,
    Query(pairs): Pairs,
    origin: Origin,
) -> Reply<Sandbox> {
    let force = Params(pairs).flag("force")?.unwrap_or_default();
    show(&origin, api.service.stop(&id, force).await)
}

pub(super) async fn archive(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
) -> Reply<Sandbox> {
    show(&origin, api.service.archive(&id).await)
}

pub(super) async fn recover(
    State(api): Shared,
    Path(id): Path<String>,
    Query(pairs): Pairs,
    origin: Origin,
) -> Reply<Sandbox> {
    let skip_start = Params(pairs).flag("skipStart")?.unwrap_or_default();
    show(&origin, api.service.recover(&id, skip_start).await)
}

pub(super) async fn set_labels(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
    request: Request,
) -> Reply<Sandbox> {
    let labels = body::labels(body::object(request).await?)?;
    show(&origin, api.service.set_labels(&id, labels).await)
}

pub(super) async fn set_public(
    State(api): Shared,
    Path((id, public)): Path<(String, String)>,
    origin: Origin,
) -> Reply<Sandbox> {
    let public = query::flag(&public)
        .ok_or_else(|| Error::usage("Validation failed (boolean string is expected)"))?;
    show(&origin, api.service.set_public(&id, public).await)
}

pub(super) async fn set_interval(
    interval: Interval,
    State(api): Shared,
    Path((id, minutes)): Path<(String, String)>,
    origin: Origin,
) -> Reply<Sandbox> {
    let minutes = number(&minutes)?;
    show(
        &origin,
        api.service.set_interval(&id, interval, minutes).await,
    )
}

pub(super) async fn set_ttl(
    State(api): Shared,
    Path((id, minutes)): Path<(String, String)>,
    origin: Origin,
) -> Reply<Sandbox> {
    let minutes = number(&minutes)?;
    show(&origin, api.service.set_ttl(&id, minutes).await)
}

pub(super) async fn touch(
    State(api): Shared,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    api.service.touch_now(&id).await?;
    Ok(StatusCode::CREATED)
}

pub(super) async fn toolbox_url(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
) -> Reply<ToolboxUrl> {
    api.service.get(&id).await?;
    Ok(Json(ToolboxUrl {
        url: origin.toolbox(),
    }))
}

fn number(text: &str) -> Result<i64> {
    text.parse()
        .map_err(|_| Error::usage("Validation failed (numeric string is expected)"))
}
