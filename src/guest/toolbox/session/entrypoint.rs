//! The session `entrypoint`: what the sandbox's image runs when it starts. Without one it has ended, and
//! said nothing.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::api::types::{Session, SessionCommand};

use super::super::failure::Answer;
use super::super::http::Toolbox;
use super::super::{shell, socket};
use super::dialect::Dialect;
use super::routes::{self, LogsQuery, speak};

/// The reserved id of the session, and the id of its one command.
pub(super) const ID: &str = "entrypoint";
const COMMAND: &str = "entrypoint_command";

/// Runs what the engine said, if anything. The sandbox is of use without it.
pub(in crate::guest) async fn begin(toolbox: &Arc<Toolbox>, words: &[String]) {
    if words.is_empty() || !toolbox.sessions.create(ID, false) {
        return;
    }
    let words: Vec<String> = words.iter().map(|word| shell::quote(word)).collect();
    if let Some(session) = toolbox.sessions.get(ID) {
        let text = words.join(" ");
        let _ = session.run_as(toolbox, COMMAND, &text, false, false).await;
    }
}

pub(super) fn session() -> Session {
    Session {
        session_id: ID.to_owned(),
        commands: vec![command()],
    }
}

pub(super) async fn show_command(State(toolbox): State<Arc<Toolbox>>) -> Json<SessionCommand> {
    let found = routes::find(&toolbox, ID, COMMAND);
    Json(found.map_or_else(|_| command(), |command| routes::view_command(&command)))
}

pub(super) async fn logs(
    State(toolbox): State<Arc<Toolbox>>,
    Query(query): Query<LogsQuery>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Answer<Response> {
    if toolbox.sessions.get(ID).is_some() {
        let path = Path((ID.to_owned(), COMMAND.to_owned()));
        return routes::logs(State(toolbox), path, Query(query), headers, upgrade).await;
    }
    let Ok(mut upgrade) = upgrade else {
        return speak(None, Dialect::of(&headers));
    };
    socket::choose(&mut upgrade, "");
    Ok(upgrade.on_upgrade(|mut client| async move { socket::close(&mut client, 1000, "").await }))
}

fn command() -> SessionCommand {
    SessionCommand {
        id: COMMAND.to_owned(),
        command: String::new(),
        exit_code: Some(0),
    }
}
