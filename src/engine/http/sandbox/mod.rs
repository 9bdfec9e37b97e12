//! The sandbox routes of the control plane. `id` is an id or a name everywhere.

mod lifecycle;
mod paginated;

use axum::Json;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::IF_MATCH;
use axum::http::{HeaderMap, StatusCode};

use crate::api::types::{Revision, Sandbox, SandboxPage, ToolboxUrl};
use crate::engine::service::{Deleting, Interval, Stop};
use crate::error::{Error, Kind, Result};

use crate::engine::http::failure::Failure;
use crate::engine::http::permission::{DELETE_SANDBOXES, Need, WRITE_SANDBOXES};
use crate::engine::http::query::{self, Params};
use crate::engine::http::routes::Routes;
use crate::engine::http::{Origin, Reply, Shared, body};

type Pairs = Query<Vec<(String, String)>>;

pub(super) fn routes() -> Routes {
    let interval =
        |interval| move |shared, path, origin| set_interval(interval, shared, path, origin);
    Routes::new()
        .get("/api/sandbox", Need::AnyKey, list)
        .post("/api/sandbox", WRITE_SANDBOXES, create)
        .get("/api/sandbox/{id}", Need::AnyKey, get)
        .delete("/api/sandbox/{id}", DELETE_SANDBOXES, delete)
        .get("/api/sandbox/{id}/revision", Need::AnyKey, revision)
        .post("/api/sandbox/{id}/start", WRITE_SANDBOXES, start)
        .post("/api/sandbox/{id}/stop", WRITE_SANDBOXES, stop)
        .post("/api/sandbox/{id}/archive", WRITE_SANDBOXES, archive)
        .post("/api/sandbox/{id}/recover", WRITE_SANDBOXES, recover)
        .put("/api/sandbox/{id}/labels", WRITE_SANDBOXES, set_labels)
        .post(
            "/api/sandbox/{id}/public/{public}",
            WRITE_SANDBOXES,
            set_public,
        )
        .post(
            "/api/sandbox/{id}/autostop/{minutes}",
            WRITE_SANDBOXES,
            interval(Interval::Stop),
        )
        .post(
            "/api/sandbox/{id}/autopause/{minutes}",
            WRITE_SANDBOXES,
            interval(Interval::Pause),
        )
        .post(
            "/api/sandbox/{id}/autoarchive/{minutes}",
            WRITE_SANDBOXES,
            interval(Interval::Archive),
        )
        .post(
            "/api/sandbox/{id}/autodelete/{minutes}",
            WRITE_SANDBOXES,
            interval(Interval::Delete),
        )
        .post("/api/sandbox/{id}/ttl/{minutes}", WRITE_SANDBOXES, set_ttl)
        .post("/api/sandbox/{id}/last-activity", WRITE_SANDBOXES, touch)
        .get(
            "/api/sandbox/{id}/toolbox-proxy-url",
            Need::AnyKey,
            toolbox_url,
        )
        .merge(lifecycle::routes())
        .merge(paginated::routes())
}

/// The reply with the sandbox, reached as the client reaches us.
pub(super) fn show(origin: &Origin, sandbox: Result<Sandbox>) -> Reply<Sandbox> {
    let mut sandbox = sandbox?;
    origin.show(&mut sandbox);
    Ok(Json(sandbox))
}

async fn list(State(api): Shared, Query(pairs): Pairs, origin: Origin) -> Reply<SandboxPage> {
    let mut page = api.service.list(Params(pairs).filter()?).await?;
    for sandbox in &mut page.items {
        origin.show(sandbox);
    }
    Ok(Json(page))
}

async fn create(State(api): Shared, origin: Origin, request: Request) -> Reply<Sandbox> {
    let request = body::create(body::object(request).await?)?;
    show(&origin, api.service.create(request).await)
}

async fn get(State(api): Shared, Path(id): Path<String>, origin: Origin) -> Reply<Sandbox> {
    let found = match api.service.get(&id).await {
        Err(error) if error.kind() == Kind::NotFound => api.parting.take(&id).ok_or(error),
        found => found,
    };
    show(&origin, found)
}

async fn delete(
    State(api): Shared,
    Path(id): Path<String>,
    Query(pairs): Pairs,
    origin: Origin,
    headers: HeaderMap,
) -> Reply<Sandbox> {
    let params = Params(pairs);
    let force = params.flag("force")?.unwrap_or_default();
    let deletion = Deleting {
        // Of our own: nothing of it is kept.
        permanent: params.flag("permanent")?.unwrap_or_default(),
        seen: seen(&headers)?,
    };
    let deleted = api.service.delete_as(&id, deletion).await?;
    if force {
        api.parting.keep(&deleted);
    }
    show(&origin, Ok(deleted))
}

async fn revision(State(api): Shared, Path(id): Path<String>) -> Reply<Revision> {
    let revision = api.service.revision(&id).await?;
    Ok(Json(Revision { revision }))
}

/// The revision that the sandbox must still have (RFC 9110, 13.1.1).
fn seen(headers: &HeaderMap) -> Result<Option<&str>> {
    let Some(value) = headers.get(IF_MATCH) else {
        return Ok(None);
    };
    let quoted = value.to_str().ok().map(str::trim);
    match quoted.and_then(|text| text.strip_prefix('"')?.strip_suffix('"')) {
        Some(revision) => Ok(Some(revision)),
        None if quoted == Some("*") => Ok(None),
        None => Err(Error::usage("If-Match must be one revision in quotes")),
    }
}

async fn start(State(api): Shared, Path(id): Path<String>, origin: Origin) -> Reply<Sandbox> {
    show(&origin, api.service.start(&id).await)
}

async fn stop(
    State(api): Shared,
    Path(id): Path<String>,
    Query(pairs): Pairs,
    origin: Origin,
    headers: HeaderMap,
) -> Reply<Sandbox> {
    let params = Params(pairs);
    let force = params.flag("force")?.unwrap_or_default();
    // Of our own: whoever expects it to be there afterwards.
    let keep = params.flag("keep")?.unwrap_or_default();
    let wanted = Stop {
        force,
        keep,
        seen: seen(&headers)?,
    };
    show(&origin, api.service.stop_as(&id, wanted).await)
}

async fn archive(State(api): Shared, Path(id): Path<String>, origin: Origin) -> Reply<Sandbox> {
    show(&origin, api.service.archive(&id).await)
}

async fn recover(
    State(api): Shared,
    Path(id): Path<String>,
    Query(pairs): Pairs,
    origin: Origin,
) -> Reply<Sandbox> {
    let skip_start = Params(pairs).flag("skipStart")?.unwrap_or_default();
    show(&origin, api.service.recover(&id, skip_start).await)
}

async fn set_labels(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
    request: Request,
) -> Reply<Sandbox> {
    let labels = body::labels(body::object(request).await?)?;
    show(&origin, api.service.set_labels(&id, labels).await)
}

async fn set_public(
    State(api): Shared,
    Path((id, public)): Path<(String, String)>,
    origin: Origin,
) -> Reply<Sandbox> {
    let public = query::flag(&public)
        .ok_or_else(|| Error::usage("Validation failed (boolean string is expected)"))?;
    show(&origin, api.service.set_public(&id, public).await)
}

async fn set_interval(
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

async fn set_ttl(
    State(api): Shared,
    Path((id, minutes)): Path<(String, String)>,
    origin: Origin,
) -> Reply<Sandbox> {
    let minutes = number(&minutes)?;
    show(&origin, api.service.set_ttl(&id, minutes).await)
}

async fn touch(State(api): Shared, Path(id): Path<String>) -> Result<StatusCode, Failure> {
    api.service.touch_now(&id).await?;
    Ok(StatusCode::CREATED)
}

async fn toolbox_url(
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
