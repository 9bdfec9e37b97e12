//! The routes of what is shared by address: preview URLs, signed ones, keys that sign file addresses; no SSH.

pub(super) mod auth;
pub(super) mod doors;
pub(super) mod host;
mod name;
mod page;
mod path;
pub(super) mod proxy;

use axum::Json;
use axum::extract::{Extension, Path, Query, State};
use axum::http::StatusCode;

use crate::api::types::{PreviewUrl, SignedPreviewUrl};
use crate::engine::service::Opens;
use crate::error::{Error, Kind, Result};

use crate::engine::http::failure::Failure;
use crate::engine::http::permission::{Caller, Need, WRITE_SANDBOXES};
use crate::engine::http::query::Params;
use crate::engine::http::routes::Routes;
use crate::engine::http::{Origin, Reply, Shared};
use host::parse_port;
use path::path_of;

/// The port that SDKs ask for where they want a token for a WebSocket of the toolbox, because a browser
/// sends no key with one.
const SOCKETS: u16 = 1;

/// How long a signed preview lasts where nobody says, in seconds.
const EXPIRES: i64 = 60;

pub(super) fn routes() -> Routes {
    const SSH: &str = "/api/sandbox/{id}/ssh-access";
    Routes::new()
        .get(
            "/api/sandbox/{id}/ports/{port}/preview-url",
            Need::AnyKey,
            url,
        )
        // Opens a port to everybody, as making the sandbox public does, and outlives the key.
        .get(
            "/api/sandbox/{id}/ports/{port}/signed-preview-url",
            WRITE_SANDBOXES,
            sign,
        )
        .post(
            "/api/sandbox/{id}/ports/{port}/signed-preview-url/{token}/expire",
            WRITE_SANDBOXES,
            expire,
        )
        // What signs file addresses also signs those that write.
        .get(
            "/api/sandbox/{id}/signing-key",
            WRITE_SANDBOXES,
            signing_key,
        )
        .post(
            "/api/sandbox/{id}/signing-key/rotate",
            WRITE_SANDBOXES,
            rotate,
        )
        .post(SSH, WRITE_SANDBOXES, ssh_of_sandbox)
        .delete(SSH, WRITE_SANDBOXES, ssh_of_sandbox)
        .get("/api/sandbox/ssh-access/validate", Need::AnyKey, ssh)
}

async fn url(
    State(api): Shared,
    Path((id, port)): Path<(String, String)>,
    Extension(caller): Extension<Caller>,
    origin: Origin,
) -> Reply<PreviewUrl> {
    let port = port_of(&port)?;
    let door = api.service.door(&id).await?;
    let opens = match port {
        _ if !caller.may_write_sandboxes() => Opens::Previews,
        SOCKETS => Opens::Sockets,
        _ => Opens::Start,
    };
    let by_address = api
        .doors
        .origin(&api.service, origin.host(), &door.id, port);
    let url = by_address.await;
    Ok(Json(PreviewUrl {
        url: url.unwrap_or_else(|| origin.preview(port, &door.id)),
        token: door.token(opens)?,
        sandbox_id: door.id,
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
    let by_address = api
        .doors
        .origin(&api.service, origin.host(), &sandbox_id, port);
    let url = by_address.await.map(|url| url + &path_of(&token));
    Ok(Json(SignedPreviewUrl {
        sandbox_id,
        port,
        url: url.unwrap_or_else(|| origin.preview(port, &token)),
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
