//! What surrounds sandboxes: health, configuration, the key, its user and organization, the region.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use serde_json::{Map, json};

use crate::api::types::{ApiKey, Health, Region, ServerConfig};
use crate::engine::clock::stamp;
use crate::engine::service::{MAX_ARCHIVE, ORGANIZATION, REGION, SNAPSHOT};
use crate::error::{Error, Kind};

use super::{Api, Origin, Reply, Shared};

const USER: &str = "local";

pub(super) async fn health() -> Json<Health> {
    Json(Health {
        status: "ok".to_owned(),
    })
}

pub(super) async fn config(State(api): Shared, origin: Origin) -> Json<ServerConfig> {
    Json(ServerConfig {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        // There is nobody to log in with; clients want the keys all the same.
        oidc: json!({
            "issuer": origin.0,
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
        dashboard_url: origin.0,
        max_auto_archive_interval: MAX_ARCHIVE,
        environment: "local".to_owned(),
        ..ServerConfig::default()
    })
}

pub(super) async fn key(State(api): Shared) -> Json<ApiKey> {
    let key = api.key.expose();
    let masked = match (key.get(..3), key.get(key.len().saturating_sub(3)..)) {
        (Some(head), Some(tail)) if key.len() > 16 => format!("{head}{}{tail}", "*".repeat(20)),
        _ => "*".repeat(20),
    };
    Json(ApiKey {
        name: "local engine".to_owned(),
        value: masked,
        created_at: stamp(api.since),
        permissions: ["write:sandboxes", "delete:sandboxes"]
            .map(str::to_owned)
            .into(),
        user_id: USER.to_owned(),
        ..ApiKey::default()
    })
}

/// The reply of `GET /users/me`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct User {
    id: &'static str,
    name: &'static str,
    email: &'static str,
    email_verified: bool,
    public_keys: [(); 0],
    created_at: String,
}

pub(super) async fn user(State(api): Shared) -> Json<User> {
    Json(User {
        id: USER,
        name: USER,
        email: "local@localhost",
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
            name: USER,
            created_by: USER,
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
            secret_quota: 0,
            max_secrets_per_sandbox: 0,
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
    if id == ORGANIZATION {
        Ok(Json(Organization::of(&api)))
    } else {
        let message = format!("Organization with ID {id} not found");
        Err(Error::new(Kind::NotFound, message).into())
    }
}

pub(super) async fn regions(State(api): Shared) -> Json<[Region; 1]> {
    Json([Region {
        id: REGION.to_owned(),
        name: REGION.to_owned(),
        region_type: "shared".to_owned(),
        created_at: stamp(api.since),
        updated_at: stamp(api.since),
        ..Region::default()
    }])
}
