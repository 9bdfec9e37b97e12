//! The session `entrypoint`: sandboxes here have no program of their own, so it is one that has ended
//! and said nothing.

use axum::Json;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::api::types::{CommandLogs, Session, SessionCommand};

use super::super::socket;
use super::dialect::Dialect;
use super::routes::speak;

/// The reserved id of the session, and the id of its one command.
pub(super) const ID: &str = "entrypoint";
const COMMAND: &str = "entrypoint_command";

pub(super) fn session() -> Session {
    Session {
        session_id: ID.to_owned(),
        commands: vec![command()],
    }
}

pub(super) async fn show_command() -> Json<SessionCommand> {
    Json(command())
}

pub(super) async fn logs(
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let Ok(mut upgrade) = upgrade else {
        return speak(CommandLogs::default(), Dialect::of(&headers));
    };
    socket::choose(&mut upgrade, "");
    upgrade.on_upgrade(|mut client| async move { socket::close(&mut client, 1000, "").await })
}

fn command() -> SessionCommand {
    SessionCommand {
        id: COMMAND.to_owned(),
        command: String::new(),
        exit_code: Some(0),
    }
}
