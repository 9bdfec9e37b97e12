//! The user: who runs the engine.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::engine::clock::stamp;
use crate::engine::service::ACCOUNT;

use super::Shared;
use super::permission::Need;
use super::routes::Routes;

/// The address of this machine's user: it receives nothing.
pub(super) const EMAIL: &str = "local@localhost";

pub(super) fn routes() -> Routes {
    Routes::new().get("/api/users/me", Need::AnyKey, user)
}

/// The reply of `GET /users/me`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct User {
    id: &'static str,
    name: &'static str,
    email: &'static str,
    email_verified: bool,
    public_keys: [(); 0],
    created_at: String,
}

async fn user(State(api): Shared) -> Json<User> {
    Json(User {
        id: ACCOUNT,
        name: ACCOUNT,
        email: EMAIL,
        email_verified: true,
        public_keys: [],
        created_at: stamp(api.since),
    })
}
