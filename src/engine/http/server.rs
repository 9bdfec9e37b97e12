//! What this engine is: its health, its configuration, and `GET /engine`, our extension, for commands of
//! another version that may replace it.

use axum::Json;
use axum::extract::State;
use serde_json::json;

use crate::api::types::{About, Health, ServerConfig};
use crate::engine::service::{MAX_ARCHIVE, SNAPSHOT};

use super::permission::Need;
use super::routes::Routes;
use super::{Origin, Reply, Shared};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/health", Need::Nothing, health)
        .get("/api/config", Need::Nothing, config)
        .get("/api/engine", Need::Owner, about)
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

async fn about(State(api): Shared) -> Reply<About> {
    Ok(Json(About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        open: api.service.open(),
    }))
}
