//! The organization of this machine: what it uses, who is in it, and that there is only one.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::api::types::Usage;
use crate::engine::clock::stamp;
use crate::engine::service::{ACCOUNT, MOST, MOST_IN_SANDBOX, ORGANIZATION, REGION};
use crate::error::{Error, Kind};

use super::failure::Failure;
use super::permission::Need;
use super::routes::Routes;
use super::user::EMAIL;
use super::{Api, Reply, Shared};

pub(super) fn routes() -> Routes {
    const KEY: Need = Need::AnyKey;
    Routes::new()
        .get("/api/organizations", KEY, list)
        .post("/api/organizations", Need::Owner, create)
        .get("/api/organizations/{id}", KEY, one)
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
}

/// Ours, or not there.
fn ours(id: &str) -> Result<(), Failure> {
    if id == ORGANIZATION {
        return Ok(());
    }
    let message = format!("Organization with ID {id} not found");
    Err(Error::new(Kind::NotFound, message).into())
}

/// An organization, with every key that generated clients require.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Organization {
    id: &'static str,
    name: &'static str,
    created_by: &'static str,
    personal: bool,
    created_at: String,
    updated_at: String,
    suspended: bool,
    suspension_reason: &'static str,
    suspended_at: String,
    suspended_until: String,
    suspension_cleanup_grace_period_hours: u32,
    max_cpu_per_sandbox: u32,
    max_memory_per_sandbox: u32,
    max_disk_per_sandbox: u32,
    secret_quota: u32,
    max_secrets_per_sandbox: u32,
    snapshot_deactivation_timeout_minutes: u32,
    sandbox_limited_network_egress: bool,
    preview_warning_enabled: bool,
    sso_enabled: bool,
    scim_enabled: bool,
    default_queue_timeout: Option<u32>,
    default_region_id: &'static str,
    authenticated_rate_limit: Option<u32>,
    sandbox_create_rate_limit: Option<u32>,
    sandbox_lifecycle_rate_limit: Option<u32>,
    experimental_config: Map<String, Value>,
    otel_config: Option<u32>,
    authenticated_rate_limit_ttl_seconds: Option<u32>,
    sandbox_create_rate_limit_ttl_seconds: Option<u32>,
    sandbox_lifecycle_rate_limit_ttl_seconds: Option<u32>,
}

impl Organization {
    fn of(api: &Api) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self {
            id: ORGANIZATION,
            name: ACCOUNT,
            created_by: ACCOUNT,
            personal: true,
            created_at: stamp(api.since),
            updated_at: stamp(api.since),
            suspended: false,
            suspension_reason: "",
            // Generated clients refuse null here, though it never was suspended.
            suspended_at: stamp(0),
            suspended_until: stamp(0),
            suspension_cleanup_grace_period_hours: 0,
            max_cpu_per_sandbox: u32::try_from(cores).unwrap_or(u32::MAX),
            max_memory_per_sandbox: 1024,
            max_disk_per_sandbox: 1024,
            secret_quota: MOST,
            max_secrets_per_sandbox: MOST_IN_SANDBOX,
            snapshot_deactivation_timeout_minutes: 20_160,
            sandbox_limited_network_egress: false,
            preview_warning_enabled: false,
            sso_enabled: false,
            scim_enabled: false,
            default_queue_timeout: None,
            default_region_id: REGION,
            authenticated_rate_limit: None,
            sandbox_create_rate_limit: None,
            sandbox_lifecycle_rate_limit: None,
            experimental_config: Map::new(),
            otel_config: None,
            authenticated_rate_limit_ttl_seconds: None,
            sandbox_create_rate_limit_ttl_seconds: None,
            sandbox_lifecycle_rate_limit_ttl_seconds: None,
        }
    }
}

async fn list(State(api): Shared) -> Json<[Organization; 1]> {
    Json([Organization::of(&api)])
}

async fn one(State(api): Shared, Path(id): Path<String>) -> Reply<Organization> {
    ours(&id)?;
    Ok(Json(Organization::of(&api)))
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
        email: EMAIL,
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
