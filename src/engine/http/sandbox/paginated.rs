//! `GET /sandbox/paginated`: the list of older clients, page by number, with a count of all.

use std::cmp::Ordering;

use axum::Json;
use axum::extract::{Query, State};
use serde::Serialize;

use crate::api::types::Sandbox;
use crate::error::{Error, Result};

use crate::engine::http::permission::Need;
use crate::engine::http::query::Params;
use crate::engine::http::routes::Routes;
use crate::engine::http::{Origin, Reply, Shared};

/// How many are read at a time.
const STEP: &str = "200";
const SORTS: &str = "id, name, state, snapshot, region, updatedAt, createdAt, lastActivityAt";

pub(super) fn routes() -> Routes {
    Routes::new().get("/api/sandbox/paginated", Need::AnyKey, list)
}

/// A page, and how many there are.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Paginated {
    items: Vec<Sandbox>,
    total: usize,
    page: usize,
    total_pages: usize,
}

async fn list(
    State(api): Shared,
    Query(pairs): Query<Vec<(String, String)>>,
    origin: Origin,
) -> Reply<Paginated> {
    let params = Params(pairs);
    let number = |name, usual, most| -> Result<usize> {
        let number = params.number(name, 1, most)?.unwrap_or(usual);
        Ok(usize::try_from(number).unwrap_or(usize::MAX))
    };
    let (page, limit) = (number("page", 1, i64::MAX)?, number("limit", 100, 200)?);
    let compare = order(params.one("sort"))?;
    let ascending = match params.one("order") {
        Some("asc") => true,
        None | Some("desc") => false,
        Some(_) => {
            let message = "order must be one of the following values: asc, desc";
            return Err(Error::usage(message).into());
        }
    };
    let mut all = Vec::new();
    let mut cursor = None;
    loop {
        let found = api.service.list(newer(&params, cursor).filter()?).await?;
        all.extend(found.items);
        cursor = found.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    all.sort_by(|one, other| {
        let order = compare(one, other).then_with(|| one.id.cmp(&other.id));
        if ascending { order } else { order.reverse() }
    });
    let total = all.len();
    let first = (page - 1).saturating_mul(limit);
    let mut items: Vec<Sandbox> = all.into_iter().skip(first).take(limit).collect();
    for sandbox in &mut items {
        origin.show(sandbox);
    }
    Ok(Json(Paginated {
        items,
        total,
        page,
        total_pages: total.div_ceil(limit),
    }))
}

/// The same question as the newer list has it, from a cursor on.
fn newer(params: &Params, cursor: Option<String>) -> Params {
    const OWN: [&str; 5] = ["page", "limit", "sort", "order", "cursor"];
    let kept = params.0.iter().filter_map(|(name, value)| {
        let bare = name.strip_suffix("[]").unwrap_or(name);
        let name = match bare {
            "regions" => "regionIds",
            bare if OWN.contains(&bare) => return None,
            _ => name,
        };
        Some((name.to_owned(), value.clone()))
    });
    let own = [("limit", Some(STEP.to_owned())), ("cursor", cursor)];
    let own = own
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Params(kept.chain(own).collect())
}

fn order(sort: Option<&str>) -> Result<fn(&Sandbox, &Sandbox) -> Ordering> {
    Ok(match sort {
        None | Some("createdAt") => |one, other| one.created_at.cmp(&other.created_at),
        Some("id") => |one, other| one.id.cmp(&other.id),
        Some("name") => |one, other| one.name.cmp(&other.name),
        Some("state") => |one, other| one.state.to_string().cmp(&other.state.to_string()),
        Some("snapshot") => |one, other| one.snapshot.cmp(&other.snapshot),
        Some("region") => |one, other| one.target.cmp(&other.target),
        Some("updatedAt") => |one, other| one.updated_at.cmp(&other.updated_at),
        Some("lastActivityAt") => |one, other| one.last_activity_at.cmp(&other.last_activity_at),
        Some(_) => {
            return Err(Error::usage(format!(
                "sort must be one of the following values: {SORTS}"
            )));
        }
    })
}
