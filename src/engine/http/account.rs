//! What surrounds sandboxes: health, configuration, the user and the organization, the region.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use serde_json::{Map, json};

use super::organization::ours;
use super::permission::Need;
use super::routes::Routes;
use super::{Api, Origin, Reply, Shared};
use crate::api::types::{Health, Region, ServerConfig};
use crate::engine::clock::stamp;
use crate::engine::service::{
    ACCOUNT, MAX_ARCHIVE, MOST, MOST_IN_SANDBOX, ORGANIZATION, REGION, SNAPSHOT,
};

/// The address of this machine's user: it receives nothing.
pub(super) const EMAIL: &str = "local@localhost";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/health", Need::Nothing, health)
        .get("/api/config", Need::Nothing, config)
        .get("/api/shared-regions", Need::Nothing, regions)
        .get("/api/users/me", Need::AnyKey, user)
        .get("/api/regions", Need::AnyKey, regions)
}

async fn health() -> Json<Health> {
    Json(Health {
        status: "ok".to_owned(),
    })
}

async fn config(State(api): Shared, origin: Origin) -> Json<ServerConfig> {
    Json(ServerConfig {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        // There is nobody to log in with; clients want the keys all the same.
        oidc: json!({
            "issuer": origin.base,
            "clientId": "daytona",
            "audience": "daytona",
            "provider": "local",
        }),
        proxy_template_url: format!(
            "http://{{{{PORT}}}}-{{{{sandboxId}}}}.localhost:{}",
            api.listen.port()
        ),
        proxy_toolbox_url: origin.toolbox(),
        default_snapshot: SNAPSHOT.to_owned(),
        dashboard_url: origin.base,
        max_auto_archive_interval: MAX_ARCHIVE,
        environment: "local".to_owned(),
        ..ServerConfig::default()
    })
}

/// The reply of `GET /users/me`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct User {
    id: &'static str,
    name: &'static str,
    email: &'static str,
    email_verified: bool,
    public_keys: [(); 0],
    created_at: String,
}

async fn user(State(api): Shared) -> Json<User> {
    Json(User {
        id: ACCOUNT,
        name: ACCOUNT,
        email: EMAIL,
        email_verified: true,
        public_keys: [],
        created_at: stamp(api.since),
    })
}

/// An organization, with every key that generated clients require.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Organization {
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
    experimental_config: Map<String, serde_json::Value>,
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

pub(super) async fn organizations(State(api): Shared) -> Json<[Organization; 1]> {
    Json([Organization::of(&api)])
}

pub(super) async fn organization(
    State(api): Shared,
    Path(id): Path<String>,
) -> Reply<Organization> {
    ours(&id)?;
    Ok(Json(Organization::of(&api)))
}

async fn regions(State(api): Shared) -> Json<[Region; 1]> {
    Json([region(&api)])
}

/// The only region.
pub(super) fn region(api: &Api) -> Region {
    Region {
        id: REGION.to_owned(),
        name: REGION.to_owned(),
        region_type: "shared".to_owned(),
        created_at: stamp(api.since),
        updated_at: stamp(api.since),
        ..Region::default()
    }
}
