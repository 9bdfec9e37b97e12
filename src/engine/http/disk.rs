//! The routes by which a sandbox becomes more, larger, still or lonely: forks, sizes, pauses, networks.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::routing::{get, post};
use axum::{Json, Router};

use crate::api::types::Sandbox;
use crate::error::Result;

use super::sandbox::show;
use super::{Api, Origin, Reply, Shared, body};

pub(super) fn routes() -> Router<Arc<Api>> {
    Router::new()
        .route("/api/sandbox/{id}/pause", post(pause))
        .route("/api/sandbox/{id}/resize", post(resize))
        .route("/api/sandbox/{id}/network-settings", post(set_network))
        .route("/api/sandbox/{id}/fork", post(fork))
        .route("/api/sandbox/{id}/forks", get(forks))
        .route("/api/sandbox/{id}/parent", get(parent))
        .route("/api/sandbox/{id}/ancestors", get(ancestors))
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
        sandbox.toolbox_proxy_url = origin.toolbox();
    }
    Ok(Json(sandboxes))
}
