//! The organization of this machine: what it uses, who is in it, and that there is only one.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Serialize;

use crate::api::types::{Region, Usage};
use crate::engine::clock::stamp;
use crate::engine::service::{ACCOUNT, ORGANIZATION, REGION};
use crate::error::{Error, Kind};

use super::account;
use super::failure::Failure;
use super::permission::Need;
use super::routes::Routes;
use super::{Reply, Shared};

pub(super) fn routes() -> Routes {
    const KEY: Need = Need::AnyKey;
    Routes::new()
        .get("/api/organizations", KEY, account::organizations)
        .post("/api/organizations", Need::Owner, create)
        .get("/api/organizations/{id}", KEY, account::organization)
        .delete("/api/organizations/{id}", Need::Owner, delete)
        .get(
            "/api/organizations/{id}/usage",
            Need::All(&["read:limits"]),
            usage,
        )
        .get("/api/organizations/{id}/users", KEY, members)
        .get(
            "/api/organizations/{id}/available-sandbox-classes",
            KEY,
            classes,
        )
        .get("/api/organizations/{id}/roles", KEY, nobody)
        .get("/api/organizations/{id}/invitations", KEY, nobody)
        .get("/api/organizations/invitations", KEY, none)
        .get("/api/organizations/invitations/count", KEY, zero)
        .get("/api/regions/{id}", KEY, region)
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

/// The one user has every role, and cannot invite anybody.
async fn nobody(Path(id): Path<String>) -> Reply<[(); 0]> {
    ours(&id)?;
    Ok(Json([]))
}

async fn none() -> Json<[(); 0]> {
    Json([])
}

async fn zero() -> Json<u32> {
    Json(0)
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
