//! The region: this machine.

use axum::Json;
use axum::extract::{Path, State};

use crate::api::types::Region;
use crate::engine::clock::stamp;
use crate::engine::service::REGION;
use crate::error::{Error, Kind};

use super::permission::Need;
use super::routes::Routes;
use super::{Api, Reply, Shared};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/shared-regions", Need::Nothing, list)
        .get("/api/regions", Need::AnyKey, list)
        .get("/api/regions/{id}", Need::AnyKey, one)
}

async fn list(State(api): Shared) -> Json<[Region; 1]> {
    Json([only(&api)])
}

/// The only region.
fn only(api: &Api) -> Region {
    Region {
        id: REGION.to_owned(),
        name: REGION.to_owned(),
        region_type: "shared".to_owned(),
        created_at: stamp(api.since),
        updated_at: stamp(api.since),
        ..Region::default()
    }
}

async fn one(State(api): Shared, Path(id): Path<String>) -> Reply<Region> {
    if id == REGION {
        Ok(Json(only(&api)))
    } else {
        Err(Error::new(Kind::NotFound, "Region not found").into())
    }
}
