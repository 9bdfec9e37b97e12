//! The volume routes.

use axum::Json;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;

use crate::api::types::Volume;

use super::failure::Failure;
use super::permission::Need;
use super::query::Params;
use super::routes::Routes;
use super::{Reply, Shared, body};

pub(super) fn routes() -> Routes {
    const READ: Need = Need::All(&["read:volumes"]);
    Routes::new()
        .get("/api/volumes", READ, list)
        .post("/api/volumes", Need::All(&["write:volumes"]), create)
        .get("/api/volumes/{id}", READ, one)
        .delete("/api/volumes/{id}", Need::All(&["delete:volumes"]), delete)
        .get("/api/volumes/by-name/{name}", READ, by_name)
}

async fn list(
    State(api): Shared,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Reply<Vec<Volume>> {
    // A deleted volume leaves nothing to include; a wrong value is refused all the same.
    Params(pairs).flag("includeDeleted")?;
    Ok(Json(api.service.volumes().await?))
}

async fn create(State(api): Shared, request: Request) -> Reply<Volume> {
    let mut object = body::object(request).await?;
    let name = body::string(&mut object, "name")?;
    Ok(Json(api.service.create_volume(&name).await?))
}

async fn one(State(api): Shared, Path(id): Path<String>) -> Reply<Volume> {
    Ok(Json(api.service.volume(&id).await?))
}

async fn by_name(State(api): Shared, Path(name): Path<String>) -> Reply<Volume> {
    Ok(Json(api.service.volume_by_name(&name).await?))
}

async fn delete(State(api): Shared, Path(id): Path<String>) -> Result<StatusCode, Failure> {
    api.service.delete_volume(&id).await?;
    Ok(StatusCode::OK)
}
