//! The routes by which a sandbox becomes more, larger, still or lonely: forks, sizes, pauses, networks.

use axum::Json;
use axum::extract::{Path, Request, State};

use crate::api::types::Sandbox;
use crate::error::Result;

use super::show;
use crate::engine::http::permission::{Need, WRITE_SANDBOXES};
use crate::engine::http::routes::Routes;
use crate::engine::http::{Origin, Reply, Shared, body};

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/api/sandbox/{id}/pause", WRITE_SANDBOXES, pause)
        .post("/api/sandbox/{id}/resize", WRITE_SANDBOXES, resize)
        .post(
            "/api/sandbox/{id}/network-settings",
            WRITE_SANDBOXES,
            set_network,
        )
        .post("/api/sandbox/{id}/fork", WRITE_SANDBOXES, fork)
        .get("/api/sandbox/{id}/forks", Need::AnyKey, forks)
        .get("/api/sandbox/{id}/parent", Need::AnyKey, parent)
        .get("/api/sandbox/{id}/ancestors", Need::AnyKey, ancestors)
}

async fn pause(State(api): Shared, Path(id): Path<String>, origin: Origin) -> Reply<Sandbox> {
    show(&origin, api.service.pause(&id).await)
}

async fn resize(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
    request: Request,
) -> Reply<Sandbox> {
    let sizes = body::resize(body::object(request).await?)?;
    show(&origin, api.service.resize(&id, sizes).await)
}

async fn set_network(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
    request: Request,
) -> Reply<Sandbox> {
    let settings = body::network(body::object(request).await?)?;
    show(&origin, api.service.set_network(&id, settings).await)
}

async fn fork(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
    request: Request,
) -> Reply<Sandbox> {
    let name = body::name(&body::object(request).await?)?;
    show(&origin, api.service.fork(&id, name).await)
}

async fn forks(State(api): Shared, Path(id): Path<String>, origin: Origin) -> Reply<Vec<Sandbox>> {
    all(&origin, api.service.forks(&id).await)
}

async fn parent(State(api): Shared, Path(id): Path<String>, origin: Origin) -> Reply<Sandbox> {
    show(&origin, api.service.parent(&id).await)
}

async fn ancestors(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
) -> Reply<Vec<Sandbox>> {
    all(&origin, api.service.ancestors(&id).await)
}

fn all(origin: &Origin, sandboxes: Result<Vec<Sandbox>>) -> Reply<Vec<Sandbox>> {
    let mut sandboxes = sandboxes?;
    for sandbox in &mut sandboxes {
        origin.show(sandbox);
    }
    Ok(Json(sandboxes))
}
