//! What the contract has and this toolbox has not: language servers, and a desktop to control.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{any, post};

use super::failure::Failure;
use super::http::Toolbox;

pub(super) fn routes() -> Router<Arc<Toolbox>> {
    Router::new()
        .route("/lsp/start", post(no_servers))
        .route("/lsp/{*path}", any(not_started))
        .route("/computeruse/{*path}", any(no_desktop))
}

async fn no_servers() -> Failure {
    Failure::new(
        StatusCode::NOT_IMPLEMENTED,
        "INTERNAL_SERVER_ERROR",
        "this toolbox starts no language servers: run one in a session, and talk to it there",
    )
}

async fn not_started() -> Failure {
    Failure::new(
        StatusCode::BAD_REQUEST,
        "LSP_SERVER_NOT_INITIALIZED",
        "no language server was started",
    )
}

/// As the contract answers where the plugin for it is not installed.
async fn no_desktop() -> Failure {
    Failure::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "A11Y_UNAVAILABLE",
        "computer use is not available in this sandbox: it has no desktop",
    )
}
