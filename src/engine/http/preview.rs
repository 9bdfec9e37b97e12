//! The routes of what is shared by address: preview URLs, signed ones, keys that sign file addresses; no SSH.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};

use crate::api::types::{PreviewUrl, SignedPreviewUrl};
use crate::error::{Error, Kind, Result};

use super::failure::Failure;
use super::preview_host::parse_port;
use super::query::Params;
use super::{Api, Origin, Reply, Shared};

/// How long a signed preview lasts where nobody says, in seconds.
const EXPIRES: i64 = 60;

pub(super) fn routes() -> Router<Arc<Api>> {
    Router::new()
        .route("/api/sandbox/{id}/ports/{port}/preview-url", get(url))
        .route(
            "/api/sandbox/{id}/ports/{port}/signed-preview-url",
            get(sign),
        )
        .route(
            "/api/sandbox/{id}/ports/{port}/signed-preview-url/{token}/expire",
            post(expire),
        )
        .route("/api/sandbox/{id}/signing-key", get(signing_key))
        .route("/api/sandbox/{id}/signing-key/rotate", post(rotate))
        .route(
            "/api/sandbox/{id}/ssh-access",
            post(ssh_of_sandbox).delete(ssh_of_sandbox),
        )
        .route("/api/sandbox/ssh-access/validate", get(ssh))
}

async fn url(
    State(api): Shared,
    Path((id, port)): Path<(String, String)>,
    origin: Origin,
) -> Reply<PreviewUrl> {
    let port = port_of(&port)?;
    let door = api.service.door(&id).await?;
    Ok(Json(PreviewUrl {
        url: origin.preview(port, &door.id),
        sandbox_id: door.id,
        token: door.token,
    }))
}

async fn sign(
    State(api): Shared,
    Path((id, port)): Path<(String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
    origin: Origin,
) -> Reply<SignedPreviewUrl> {
    let port = port_of(&port)?;
    let seconds = Params(pairs).number("expiresInSeconds", i64::MIN, i64::MAX)?;
    let seconds = seconds.unwrap_or(EXPIRES);
    let (sandbox_id, token) = api.service.sign_preview(&id, port, seconds).await?;
    Ok(Json(SignedPreviewUrl {
        sandbox_id,
        port,
        url: origin.preview(port, &token),
        token,
    }))
}

async fn expire(
    State(api): Shared,
    Path((id, port, token)): Path<(String, String, String)>,
) -> Result<StatusCode, Failure> {
    let port = port_of(&port)?;
    api.service.expire_preview(&id, port, &token).await?;
    Ok(StatusCode::OK)
}

async fn signing_key(State(api): Shared, Path(id): Path<String>) -> Result<String, Failure> {
    Ok(api.service.signing_key(&id, false).await?)
}

async fn rotate(State(api): Shared, Path(id): Path<String>) -> Result<String, Failure> {
    Ok(api.service.signing_key(&id, true).await?)
}

async fn ssh_of_sandbox(State(api): Shared, Path(id): Path<String>) -> Failure {
    match api.service.get(&id).await {
        Ok(_) => ssh().await,
        Err(error) => error.into(),
    }
}

async fn ssh() -> Failure {
    let message = "The local engine has no SSH gateway";
    Error::new(Kind::Unsupported, message)
        .hint("for commands in a sandbox: `daytona exec SANDBOX -- COMMAND`")
        .into()
}

fn port_of(text: &str) -> Result<u16> {
    parse_port(text).ok_or_else(|| Error::usage("Invalid port"))
}
