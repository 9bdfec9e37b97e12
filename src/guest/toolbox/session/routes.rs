//! The routes of sessions: `/process/session…`.

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

use crate::api::types::{
    Session as Shown, SessionCommand, SessionExec, SessionExecResponse, SessionInput, SessionNew,
};

use super::super::failure::{Answer, Failure};
use super::super::http::{Toolbox, decode};
use super::super::reply::{Part, reply};
use super::super::socket;
use super::command::Command;
use super::dialect::Dialect;
use super::log::Stream;
use super::records::Records;
use super::{Deletion, Session, entrypoint, follow};

const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";
/// How long a transient session waits for the follower it is made for.
const UNCLAIMED: Duration = Duration::from_secs(30);

pub(in super::super) fn routes() -> Router<Arc<Toolbox>> {
    Router::new()
        .route("/process/session", get(list).post(create))
        .route("/process/session/entrypoint/logs", get(entrypoint::logs))
        .route(
            "/process/session/entrypoint/command/entrypoint_command",
            get(entrypoint::show_command),
        )
        .route(
            "/process/session/entrypoint/command/entrypoint_command/logs",
            get(entrypoint::logs),
        )
        .route("/process/session/{id}", get(show).delete(delete))
        .route("/process/session/{id}/exec", post(exec))
        .route("/process/session/{id}/command/{command}", get(show_command))
        .route("/process/session/{id}/command/{command}/logs", get(logs))
        .route("/process/session/{id}/command/{command}/input", post(input))
}

async fn create(State(toolbox): State<Arc<Toolbox>>, body: Bytes) -> Answer<StatusCode> {
    let new: SessionNew = decode(&body)?;
    if new.session_id.is_empty() {
        return Err(Failure::bad_request("sessionId cannot be empty"));
    }
    if new.session_id == entrypoint::ID {
        return Err(Failure::bad_request(
            "the session id entrypoint is reserved",
        ));
    }
    if toolbox.sessions.create(&new.session_id, new.transient) {
        Ok(StatusCode::CREATED)
    } else {
        Err(Failure::conflict(format!(
            "session {} already exists",
            new.session_id
        )))
    }
}

async fn list(State(toolbox): State<Arc<Toolbox>>) -> Json<Vec<Shown>> {
    Json(
        toolbox
            .sessions
            .all()
            .iter()
            .map(|session| view(session))
            .collect(),
    )
}

async fn show(State(toolbox): State<Arc<Toolbox>>, Path(id): Path<String>) -> Answer<Json<Shown>> {
    if id == entrypoint::ID && toolbox.sessions.get(&id).is_none() {
        return Ok(Json(entrypoint::session()));
    }
    Ok(Json(view(&*session(&toolbox, &id)?)))
}

#[derive(Deserialize)]
struct DeleteQuery {
    /// `spare`: our extension, by which what was left in the background lives on.
    #[serde(default)]
    background: String,
    /// `INT`: our extension, by which commands are interrupted before they are ended.
    #[serde(default)]
    signal: String,
}

async fn delete(
    State(toolbox): State<Arc<Toolbox>>,
    Path(id): Path<String>,
    Query(query): Query<DeleteQuery>,
) -> Answer<StatusCode> {
    if id == entrypoint::ID {
        return Err(Failure::bad_request(
            "the entrypoint session cannot be deleted",
        ));
    }
    let how = Deletion {
        spare: query.background == "spare",
        interrupt: query.signal == "INT",
    };
    if toolbox.sessions.delete(&id, how).await {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(no_session(&id))
    }
}

async fn exec(
    State(toolbox): State<Arc<Toolbox>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Response> {
    let request: SessionExec = decode(&body)?;
    if request.command.trim().is_empty() {
        return Err(Failure::bad_request("command cannot be empty"));
    }
    let session = session(&toolbox, &id)?;
    let later = request.run_async.or(request.legacy_async).unwrap_or(false);
    let command = session
        .run(
            &toolbox,
            &request.command,
            later,
            !request.suppress_input_echo.unwrap_or(false),
        )
        .await
        .map_err(refusal)?;
    let mut response = SessionExecResponse {
        cmd_id: command.id.clone(),
        ..SessionExecResponse::default()
    };
    if later {
        if session.transient {
            expect_follower(Arc::clone(&toolbox), id, Arc::clone(&command));
        }
        return Ok((StatusCode::ACCEPTED, Json(response)).into_response());
    }
    response.exit_code = Some(command.ended().await);
    if session.cancelled.load(std::sync::atomic::Ordering::Relaxed) {
        return Err(Failure::bad_request("session cancelled"));
    }
    let marked = Dialect::of(&headers) != Dialect::Plain;
    let code = response.exit_code.unwrap_or(-1);
    let id = serde_json::Value::from(response.cmd_id);
    let mut parts = vec![Part::Raw(format!("{{\"cmdId\":{id},\"exitCode\":{code},"))];
    parts.extend(apart(&Records::of(command)?, marked));
    reply(JSON, parts)
}

/// Why a command was not given to the shell.
fn refusal(error: std::io::Error) -> Failure {
    match error.kind() {
        ErrorKind::NotConnected => Failure::gone("SESSION_ENDED", error.to_string()),
        ErrorKind::WouldBlock | ErrorKind::OutOfMemory => {
            Failure::internal("cannot start a shell", error)
        }
        _ => Failure::bad_request(error.to_string()),
    }
}

async fn show_command(
    State(toolbox): State<Arc<Toolbox>>,
    Path((id, command)): Path<(String, String)>,
) -> Answer<Json<SessionCommand>> {
    Ok(Json(view_command(&*find(&toolbox, &id, &command)?)))
}

async fn input(
    State(toolbox): State<Arc<Toolbox>>,
    Path((id, command)): Path<(String, String)>,
    body: Bytes,
) -> Answer<StatusCode> {
    let input: SessionInput = decode(&body)?;
    let command = find(&toolbox, &id, &command)?;
    if command.exit_code().is_some() {
        return Err(Failure::gone(
            "COMMAND_ALREADY_COMPLETED",
            "the command has ended",
        ));
    }
    let data = if input.base64 {
        decode_base64(&input.data).ok_or_else(|| Failure::bad_request("data is not base64"))?
    } else {
        let mut data = input.data.into_bytes();
        if !input.eof && data.last() != Some(&b'\n') {
            data.push(b'\n');
        }
        data
    };
    if !data.is_empty() && !command.input(&data).await {
        return Err(Failure::gone(
            "SESSION_ENDED",
            "the command takes no more input",
        ));
    }
    if input.eof {
        command.end_input();
    }
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
pub(super) struct LogsQuery {
    #[serde(default)]
    follow: String,
}

pub(super) async fn logs(
    State(toolbox): State<Arc<Toolbox>>,
    Path((id, command)): Path<(String, String)>,
    Query(query): Query<LogsQuery>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Answer<Response> {
    let session = session(&toolbox, &id)?;
    let command = session
        .command(&command)
        .ok_or_else(|| no_command(&command))?;
    let Ok(mut upgrade) = upgrade else {
        return speak(Some(command), Dialect::of(&headers));
    };
    socket::choose(&mut upgrade, "");
    if session.transient && !follow::claim(&command) {
        return Err(Failure::conflict(
            "the log of a transient session has one follower, and it had that",
        ));
    }
    let following = query.follow.eq_ignore_ascii_case("true");
    Ok(upgrade.on_upgrade(move |socket| async move {
        let transient = session.transient.then(|| (&toolbox.sessions, id));
        follow::follow(socket, command, following, transient).await;
    }))
}

fn expect_follower(toolbox: Arc<Toolbox>, id: String, command: Arc<Command>) {
    tokio::spawn(async move {
        tokio::time::sleep(UNCLAIMED).await;
        if !command.followed.load(std::sync::atomic::Ordering::Relaxed) {
            toolbox.sessions.delete(&id, Deletion::SPARING).await;
        }
    });
}

/// A log as a client of its age wants it; that of a command which never was is empty.
pub(super) fn speak(command: Option<Arc<Command>>, dialect: Dialect) -> Answer<Response> {
    let records = command.map_or_else(|| Ok(Records::default()), Records::of)?;
    match dialect {
        Dialect::Apart => {
            let mut parts = vec![Part::Raw("{".to_owned())];
            parts.extend(apart(&records, true));
            reply(JSON, parts)
        }
        Dialect::Marked => reply(TEXT, vec![Part::Plain(records.chunks(true, None))]),
        Dialect::Plain => reply(TEXT, vec![Part::Plain(records.chunks(false, None))]),
    }
}

/// The end of an object with a log: the whole, and each stream.
fn apart(records: &Records, marked: bool) -> Vec<Part> {
    vec![
        Part::Raw("\"output\":".to_owned()),
        Part::Quoted(records.chunks(marked, None)),
        Part::Raw(",\"stdout\":".to_owned()),
        Part::Quoted(records.chunks(false, Some(Stream::Stdout))),
        Part::Raw(",\"stderr\":".to_owned()),
        Part::Quoted(records.chunks(false, Some(Stream::Stderr))),
        Part::Raw("}".to_owned()),
    ]
}

fn view(session: &Session) -> Shown {
    Shown {
        session_id: session.id.clone(),
        commands: session
            .commands()
            .iter()
            .map(|command| view_command(command))
            .collect(),
    }
}

pub(super) fn view_command(command: &Command) -> SessionCommand {
    SessionCommand {
        id: command.id.clone(),
        command: command.text.clone(),
        exit_code: command.exit_code(),
    }
}

fn session(toolbox: &Toolbox, id: &str) -> Answer<Arc<Session>> {
    toolbox.sessions.get(id).ok_or_else(|| no_session(id))
}

pub(super) fn find(toolbox: &Toolbox, id: &str, command: &str) -> Answer<Arc<Command>> {
    session(toolbox, id)?
        .command(command)
        .ok_or_else(|| no_command(command))
}

fn no_session(id: &str) -> Failure {
    Failure::not_found(format!("session {id} not found"))
}

fn no_command(id: &str) -> Failure {
    Failure::not_found(format!("command {id} not found"))
}

/// Standard base64, padded (RFC 4648, section 4).
fn decode_base64(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text).ok()
}
