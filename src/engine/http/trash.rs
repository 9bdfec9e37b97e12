//! The routes of the trash: an extension of our own. `id` is an id or a name.

use axum::Json;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;

use crate::api::types::{Emptied, Sandbox, TrashPage, Trashed};
use crate::error::Result;

use super::failure::Failure;
use super::permission::{DELETE_SANDBOXES, Need, WRITE_SANDBOXES};
use super::query::Params;
use super::routes::Routes;
use super::sandbox::show;
use super::{Origin, Reply, Shared, body};

/// The most on one page.
const MOST_ON_PAGE: i64 = 200;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/trash", Need::AnyKey, list)
        .delete("/api/trash", DELETE_SANDBOXES, empty)
        .get("/api/trash/{id}", Need::AnyKey, one)
        .delete("/api/trash/{id}", DELETE_SANDBOXES, erase)
        .post("/api/trash/{id}/restore", WRITE_SANDBOXES, restore)
}

async fn list(State(api): Shared, Query(pairs): Query<Vec<(String, String)>>) -> Reply<TrashPage> {
    let params = Params(pairs);
    let number = |name, usual, most| -> Result<usize> {
        let number = params.number(name, 1, most)?.unwrap_or(usual);
        Ok(usize::try_from(number).unwrap_or(usize::MAX))
    };
    let (page, limit) = (
        number("page", 1, i64::MAX)?,
        number("limit", 100, MOST_ON_PAGE)?,
    );
    Ok(Json(api.service.trash(page, limit).await?))
}

async fn empty(State(api): Shared) -> Reply<Emptied> {
    let removed = api.service.empty_trash().await?;
    Ok(Json(Emptied { removed }))
}

async fn one(State(api): Shared, Path(id): Path<String>) -> Reply<Trashed> {
    Ok(Json(api.service.trashed(&id).await?))
}

async fn erase(State(api): Shared, Path(id): Path<String>) -> Result<StatusCode, Failure> {
    api.service.erase(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn restore(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
    request: Request,
) -> Reply<Sandbox> {
    let name = body::name(&body::object(request).await?)?;
    show(&origin, api.service.restore(&id, name.as_deref()).await)
}
