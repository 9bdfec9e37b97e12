//! The routes of API keys. All but the look at one's own are for the engine's own key only.

use axum::Json;
use axum::extract::{Extension, Path, Request, State};
use axum::http::StatusCode;

use crate::api::types::{ApiKey, MadeApiKey, NewApiKey, PERMISSIONS};
use crate::engine::clock::stamp;
use crate::engine::service::{ACCOUNT, OWNER, masked};
use crate::error::{Error, Kind};

use super::failure::Failure;
use super::permission::{Caller, Need};
use super::routes::Routes;
use super::{Api, Reply, Shared, body};

/// A key that could make keys could make itself stronger.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/api-keys", Need::Owner, list)
        .post("/api/api-keys", Need::Owner, create)
        .get("/api/api-keys/current", Need::AnyKey, current)
        .get("/api/api-keys/{name}", Need::Owner, one)
        .delete("/api/api-keys/{name}", Need::Owner, delete)
        .delete("/api/api-keys/{user}/{name}", Need::Owner, delete_of_user)
}

async fn create(
    State(api): Shared,
    request: Request,
) -> Result<(StatusCode, Json<MadeApiKey>), Failure> {
    let mut object = body::object(request).await?;
    let new = NewApiKey {
        name: body::string(&mut object, "name")?,
        permissions: body::strings(&mut object, "permissions")?
            .ok_or_else(|| Error::usage("permissions must be an array"))?,
        expires_at: body::optional_string(&mut object, "expiresAt")?,
    };
    let made = api.service.create_key(new).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

async fn list(State(api): Shared) -> Reply<Vec<ApiKey>> {
    let mut keys = api.service.keys().await?;
    keys.push(owner(&api));
    Ok(Json(keys))
}

async fn current(State(api): Shared, Extension(caller): Extension<Caller>) -> Reply<ApiKey> {
    Ok(Json(match caller {
        Caller::Owner => owner(&api),
        Caller::Key(known) => api.service.key(&known.name).await?,
    }))
}

async fn one(State(api): Shared, Path(name): Path<String>) -> Reply<ApiKey> {
    if name == OWNER {
        return Ok(Json(owner(&api)));
    }
    Ok(Json(api.service.key(&name).await?))
}

async fn delete(State(api): Shared, Path(name): Path<String>) -> Result<StatusCode, Failure> {
    if name == OWNER {
        return Err(Failure::new(
            StatusCode::FORBIDDEN,
            "the engine's own key cannot be revoked through the API: it is in the file engine.key of the engine's folder; stop the engine and delete that file for a new one",
        ));
    }
    api.service.delete_key(&name).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn delete_of_user(
    api: Shared,
    Path((user, name)): Path<(String, String)>,
) -> Result<StatusCode, Failure> {
    if user != ACCOUNT {
        return Err(Error::new(Kind::NotFound, "API key not found").into());
    }
    delete(api, Path(name)).await
}

/// The engine's own key, as it is shown.
fn owner(api: &Api) -> ApiKey {
    ApiKey {
        name: OWNER.to_owned(),
        value: masked(api.key.expose()),
        created_at: stamp(api.since),
        permissions: PERMISSIONS.map(str::to_owned).into(),
        user_id: ACCOUNT.to_owned(),
        ..ApiKey::default()
    }
}
