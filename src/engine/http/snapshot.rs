//! The snapshot routes of the control plane. `id` is an id or a name but where something is changed.

use axum::Json;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;

use crate::api::types::{CreateSnapshot, Sandbox, Snapshot, SnapshotPage};
use crate::engine::service::{HOST_ID, SnapshotOrder, SnapshotQuery};
use crate::error::{Error, Result};

use super::failure::Failure;
use super::permission::{DELETE_SNAPSHOTS, Need, WRITE_SNAPSHOTS};
use super::query::Params;
use super::routes::Routes;
use super::sandbox::show;
use super::{Origin, Reply, Shared, body, spool};

pub(super) fn routes() -> Routes {
    let both = Need::All(&["write:sandboxes", "write:snapshots"]);
    Routes::new()
        .get("/api/snapshots", Need::AnyKey, list)
        .post("/api/snapshots", WRITE_SNAPSHOTS, create)
        .post("/api/snapshots/import", WRITE_SNAPSHOTS, import)
        .get("/api/snapshots/{id}", Need::AnyKey, one)
        .delete("/api/snapshots/{id}", DELETE_SNAPSHOTS, delete)
        .post("/api/snapshots/{id}/activate", WRITE_SNAPSHOTS, activate)
        .post(
            "/api/snapshots/{id}/deactivate",
            WRITE_SNAPSHOTS,
            deactivate,
        )
        .post("/api/sandbox/{id}/snapshot", both, take)
}

async fn list(
    State(api): Shared,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Reply<SnapshotPage> {
    let params = Params(pairs);
    let number = |name, usual, most| -> Result<usize> {
        let number = params.number(name, 1, most)?.unwrap_or(usual);
        Ok(usize::try_from(number).unwrap_or(usize::MAX))
    };
    let (page, limit) = (number("page", 1, i64::MAX)?, number("limit", 100, 200)?);
    Ok(Json(
        api.service.snapshots(query(&params)?, page, limit).await?,
    ))
}

fn query(params: &Params) -> Result<SnapshotQuery> {
    let order = match params.one("sort") {
        None | Some("lastUsedAt") => SnapshotOrder::LastUsedAt,
        Some("createdAt") => SnapshotOrder::CreatedAt,
        Some("name") => SnapshotOrder::Name,
        Some("state") => SnapshotOrder::State,
        Some(_) => {
            return Err(Error::usage(
                "sort must be one of the following values: name, state, lastUsedAt, createdAt",
            ));
        }
    };
    let ascending = match params.one("order") {
        None | Some("desc") => false,
        Some("asc") => true,
        Some(_) => {
            return Err(Error::usage(
                "order must be one of the following values: asc, desc",
            ));
        }
    };
    Ok(SnapshotQuery {
        name: params.one("name").map(str::to_owned),
        source_sandbox_id: params.one("sourceSandboxId").map(str::to_owned),
        order,
        ascending,
    })
}

async fn create(State(api): Shared, request: Request) -> Reply<Snapshot> {
    let request = body::snapshot(body::object(request).await?)?;
    Ok(Json(api.service.create_snapshot(request).await?))
}

/// An extension of the API: the body is an archive, the query what `POST /snapshots` has as its body.
async fn import(
    State(api): Shared,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Reply<Snapshot> {
    let new = new_snapshot(&Params(pairs))?;
    api.service.check_new_snapshot(&new).await?;
    let file = spool::to_file(&api.spool, request.into_body()).await?;
    Ok(Json(api.service.import_snapshot(new, file).await?))
}

fn new_snapshot(params: &Params) -> Result<CreateSnapshot> {
    let size = |name| -> Result<Option<u32>> {
        let size = params.number(name, 1, i64::from(u32::MAX))?;
        Ok(size.and_then(|size| u32::try_from(size).ok()))
    };
    Ok(CreateSnapshot {
        name: params.one("name").unwrap_or_default().to_owned(),
        cpu: size("cpu")?,
        memory: size("memory")?,
        disk: size("disk")?,
        ..CreateSnapshot::default()
    })
}

async fn one(State(api): Shared, Path(id): Path<String>) -> Reply<Snapshot> {
    Ok(Json(api.service.snapshot(&id).await?))
}

async fn delete(State(api): Shared, Path(id): Path<String>) -> Result<StatusCode, Failure> {
    if id == HOST_ID {
        let message = "Snapshot host is this machine's own and cannot be deleted";
        return Err(Failure::new(StatusCode::FORBIDDEN, message));
    }
    api.service.delete_snapshot(&id).await?;
    Ok(StatusCode::OK)
}

async fn activate(State(api): Shared, Path(id): Path<String>) -> Reply<Snapshot> {
    Ok(Json(api.service.activate_snapshot(&id).await?))
}

async fn deactivate(State(api): Shared, Path(id): Path<String>) -> Result<StatusCode, Failure> {
    api.service.deactivate_snapshot(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn take(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
    request: Request,
) -> Reply<Sandbox> {
    let name = body::snapshot_name(&body::object(request).await?)?;
    show(&origin, api.service.take_snapshot(&id, name).await)
}
