//! The organization of this machine: what it uses, who is in it, and that there is only one.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

use crate::api::types::{Region, Usage};
use crate::engine::clock::stamp;
use crate::engine::service::{ACCOUNT, ORGANIZATION, REGION};
use crate::error::{Error, Kind};

use super::account;
use super::failure::Failure;
use super::{Api, Reply, Shared};

pub(super) fn routes() -> Router<Arc<Api>> {
    Router::new()
        .route(
            "/api/organizations",
            get(account::organizations).post(create),
        )
        .route(
            "/api/organizations/{id}",
            get(account::organization).delete(delete),
        )
        .route("/api/organizations/{id}/usage", get(usage))
        .route("/api/organizations/{id}/users", get(members))
        .route(
            "/api/organizations/{id}/available-sandbox-classes",
            get(classes),
        )
        .route("/api/regions/{id}", get(region))
}

/// Ours, or not there.
pub(super) fn ours(id: &str) -> Result<(), Failure> {
    if id == ORGANIZATION {
        return Ok(());
    }
    let message = format!("Organization with ID {id} not found");
    Err(Error::new(Kind::NotFound, message).into())
}

async fn usage(State(api): Shared, Path(id): Path<String>) -> Reply<Usage> {
    ours(&id)?;
    Ok(Json(api.service.usage().await?))
}

/// A member of the organization.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    user_id: &'static str,
    organization_id: &'static str,
    name: &'static str,
    email: &'static str,
    role: &'static str,
    assigned_roles: [(); 0],
    created_at: String,
    updated_at: String,
}

async fn members(State(api): Shared, Path(id): Path<String>) -> Reply<[Member; 1]> {
    ours(&id)?;
    Ok(Json([Member {
        user_id: ACCOUNT,
        organization_id: ORGANIZATION,
        name: ACCOUNT,
        email: account::EMAIL,
        role: "owner",
        assigned_roles: [],
        created_at: stamp(api.since),
        updated_at: stamp(api.since),
    }]))
}

/// A class of sandboxes that there is.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Offer {
    region_id: &'static str,
    sandbox_class: &'static str,
    gpu_available: bool,
}

async fn classes(Path(id): Path<String>) -> Reply<[Offer; 1]> {
    ours(&id)?;
    Ok(Json([Offer {
        region_id: REGION,
        sandbox_class: "container",
        gpu_available: false,
    }]))
}

async fn region(State(api): Shared, Path(id): Path<String>) -> Reply<Region> {
    if id == REGION {
        Ok(Json(account::region(&api)))
    } else {
        Err(Error::new(Kind::NotFound, "Region not found").into())
    }
}

async fn create() -> Failure {
    let message = "The local engine has one organization: this machine's user";
    Error::new(Kind::Unsupported, message).into()
}

async fn delete(Path(id): Path<String>) -> Failure {
    match ours(&id) {
        Ok(()) => Failure::new(StatusCode::FORBIDDEN, "Cannot delete personal organization"),
        Err(failure) => failure,
    }
}
