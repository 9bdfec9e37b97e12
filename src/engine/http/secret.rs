//! The routes of secrets, and of those that a sandbox has. No reply has a value.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HOST};

use crate::api::types::{
    NewSecret, Sandbox, SecretChange, SecretPage, State as SandboxState, UpdateEnv, VaultSecret,
};
use crate::engine::service::{SecretQuery, SecretSort};
use crate::error::{Error, Result};

use super::failure::Failure;
use super::permission::{MANAGE_SECRETS, WRITE_SANDBOXES};
use super::query::Params;
use super::routes::Routes;
use super::toolbox::reply::Way;
use super::{Api, Origin, Reply, Shared, body, toolbox};

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/api/secret", MANAGE_SECRETS, create)
        .get("/api/secret", MANAGE_SECRETS, list)
        .get("/api/secret/paginated", MANAGE_SECRETS, page)
        .get("/api/secret/{id}", MANAGE_SECRETS, one)
        .patch("/api/secret/{id}", MANAGE_SECRETS, change)
        .delete("/api/secret/{id}", MANAGE_SECRETS, delete)
        .put("/api/sandbox/{id}/secrets", WRITE_SANDBOXES, set)
}

async fn create(
    State(api): Shared,
    request: Request,
) -> Result<(StatusCode, Json<VaultSecret>), Failure> {
    let mut object = body::object(request).await?;
    let new = NewSecret {
        name: body::string(&mut object, "name")?,
        value: body::string(&mut object, "value")?,
        description: body::optional_string(&mut object, "description")?,
        hosts: body::strings(&mut object, "hosts")?,
    };
    let made = api.service.create_secret(new).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

async fn list(State(api): Shared) -> Reply<Vec<VaultSecret>> {
    let query = SecretQuery {
        limit: usize::MAX / 2,
        ..SecretQuery::default()
    };
    Ok(Json(api.service.secrets(&query).await?.items))
}

async fn page(State(api): Shared, Query(pairs): Query<Vec<(String, String)>>) -> Reply<SecretPage> {
    Ok(Json(api.service.secrets(&query(&Params(pairs))?).await?))
}

fn query(params: &Params) -> Result<SecretQuery> {
    let limit = params.number("limit", 1, 200)?.unwrap_or(100);
    Ok(SecretQuery {
        name: params.one("name").map(str::to_owned),
        sort: match params.one("sort") {
            None | Some("createdAt") => SecretSort::CreatedAt,
            Some("name") => SecretSort::Name,
            Some("updatedAt") => SecretSort::UpdatedAt,
            Some(_) => {
                let message =
                    "sort must be one of the following values: name, createdAt, updatedAt";
                return Err(Error::usage(message));
            }
        },
        ascending: match params.one("order") {
            None | Some("desc") => false,
            Some("asc") => true,
            Some(_) => {
                let message = "order must be one of the following values: asc, desc";
                return Err(Error::usage(message));
            }
        },
        limit: usize::try_from(limit).unwrap_or(100),
        after: params.one("cursor").map(str::to_owned),
    })
}

async fn one(State(api): Shared, Path(id): Path<String>) -> Reply<VaultSecret> {
    Ok(Json(api.service.secret(&id).await?))
}

async fn change(
    State(api): Shared,
    Path(id): Path<String>,
    request: Request,
) -> Reply<VaultSecret> {
    let mut object = body::object(request).await?;
    let change = SecretChange {
        value: body::optional_string(&mut object, "value")?,
        description: body::optional_string(&mut object, "description")?,
        hosts: body::strings(&mut object, "hosts")?,
    };
    Ok(Json(api.service.change_secret(&id, change).await?))
}

async fn delete(State(api): Shared, Path(id): Path<String>) -> Result<StatusCode, Failure> {
    api.service.delete_secret(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Replaces the secrets of a sandbox. Where it runs, what is started in it from now on has them.
async fn set(
    State(api): Shared,
    Path(id): Path<String>,
    origin: Origin,
    request: Request,
) -> Reply<Sandbox> {
    let mut object = body::object(request).await?;
    let secrets =
        body::secrets(&mut object)?.ok_or_else(|| Error::usage("secrets must be an array"))?;
    let (mut sandbox, changes) = api.service.set_secrets(&id, secrets).await?;
    if sandbox.state == SandboxState::Started && !changes.is_empty() {
        tell(&api, &sandbox.id, changes).await?;
    }
    origin.show(&mut sandbox);
    Ok(Json(sandbox))
}

async fn tell(
    api: &Api,
    id: &str,
    changes: BTreeMap<String, Option<String>>,
) -> Result<(), Failure> {
    let (mut set, mut unset) = (BTreeMap::new(), Vec::new());
    for (variable, value) in changes {
        match value {
            Some(value) => drop(set.insert(variable, value)),
            None => unset.push(variable),
        }
    }
    let update = UpdateEnv {
        set: Some(set),
        unset: Some(unset),
        unset_value_prefix: None,
    };
    let update = serde_json::to_vec(&update)
        .map_err(|error| Error::internal("cannot ask the guest").because(error))?;
    let request = Request::post("/env")
        .header(HOST, "guest")
        .header(CONTENT_TYPE, "application/json")
        .body(Body::from(update))
        .map_err(|error| Error::internal("cannot ask the guest").because(error))?;
    let reply = toolbox::proxy::pass(api, id, Way::Toolbox, request).await?;
    if reply.status().is_success() {
        return Ok(());
    }
    Err(Error::internal(
        "the secrets are stored, but the sandbox does not have them before its next start",
    )
    .into())
}
