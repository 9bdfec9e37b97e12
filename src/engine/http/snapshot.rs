//! Snapshots: so far only the one that every sandbox starts from.

use axum::Json;
use axum::extract::{Path, Query, State};

use crate::api::types::{Snapshot, SnapshotPage};
use crate::engine::clock::stamp;
use crate::engine::service::{REGION, RESOURCES, SNAPSHOT};
use crate::error::{Error, Kind};

use super::query::Params;
use super::{Api, Reply, Shared};

const ID: &str = "00000000-0000-4000-8000-000000000002";

pub(super) async fn list(
    State(api): Shared,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Reply<SnapshotPage> {
    let params = Params(pairs);
    let page = params.number("page", 1, i64::MAX)?.unwrap_or(1);
    params.number("limit", 1, 200)?;
    let named = params
        .one("name")
        .is_none_or(|name| SNAPSHOT.contains(&name.to_lowercase()));
    let total = i64::from(named);
    Ok(Json(SnapshotPage {
        items: if named && page == 1 {
            vec![host(&api)]
        } else {
            Vec::new()
        },
        total,
        page,
        total_pages: total,
    }))
}

pub(super) async fn get(State(api): Shared, Path(id): Path<String>) -> Reply<Snapshot> {
    if [ID, SNAPSHOT].contains(&id.as_str()) {
        Ok(Json(host(&api)))
    } else {
        let message = format!("Snapshot with name {id} not found");
        Err(Error::new(Kind::NotFound, message).into())
    }
}

fn host(api: &Api) -> Snapshot {
    let (cpu, memory, disk) = RESOURCES;
    Snapshot {
        id: ID.to_owned(),
        general: true,
        name: SNAPSHOT.to_owned(),
        image_name: Some(String::new()),
        state: "active".to_owned(),
        cpu: cpu.into(),
        mem: memory.into(),
        disk: disk.into(),
        created_at: stamp(api.since),
        updated_at: stamp(api.since),
        region_ids: vec![REGION.to_owned()],
        ..Snapshot::default()
    }
}
