//! `GET /engine`, our extension: what this engine is, for commands of another version that may replace it.

use axum::Json;
use axum::extract::State;

use crate::api::types::About;

use super::permission::Need;
use super::routes::Routes;
use super::{Reply, Shared};

pub(super) fn routes() -> Routes {
    Routes::new().get("/api/engine", Need::Owner, about)
}

async fn about(State(api): Shared) -> Reply<About> {
    Ok(Json(About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        open: api.service.open(),
    }))
}
