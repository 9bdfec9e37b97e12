//! Terminals: a shell each, made and watched over REST and WebSockets (toolbox API, PTY).

mod attach;
mod terminal;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};

use crate::api::types::{
    Message, PTY_ENVS, PTY_EXIT_CONTROL, PtyInfo, PtyList, PtyMade, PtyNew, PtySize,
};

use super::failure::{Answer, Failure};
use super::http::{Toolbox, decode};
use super::params::Params;
use super::{shell, socket};
use crate::guest::dirs;

use terminal::{Settings, Terminal};

/// The most columns and rows.
const LARGEST: u16 = 1000;
/// The longest message of a client.
const LONGEST_INPUT: usize = 64 << 10;

/// All terminals that have not ended, by id.
#[derive(Default)]
pub(super) struct Terminals {
    map: Mutex<HashMap<String, Arc<Terminal>>>,
}

impl Terminals {
    fn map(&self) -> MutexGuard<'_, HashMap<String, Arc<Terminal>>> {
        self.map.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, id: &str) -> Option<Arc<Terminal>> {
        self.map().get(id).cloned()
    }

    /// Forgets a terminal, but not another one that has its id by now.
    fn forget(&self, id: &str, terminal: &Arc<Terminal>) {
        let mut map = self.map();
        if map.get(id).is_some_and(|own| Arc::ptr_eq(own, terminal)) {
            map.remove(id);
        }
    }
}

pub(super) fn routes() -> Router<Arc<Toolbox>> {
    Router::new()
        .route("/process/pty", get(list).post(create))
        .route("/process/pty/create-connect", get(create_connect))
        .route("/process/pty/{id}", get(show).delete(delete))
        .route("/process/pty/{id}/resize", post(resize))
        .route("/process/pty/{id}/connect", get(connect))
}

async fn list(State(toolbox): State<Arc<Toolbox>>) -> Json<PtyList> {
    let mut sessions: Vec<_> = toolbox
        .terminals
        .map()
        .values()
        .map(|terminal| terminal.info())
        .collect();
    sessions.sort_by(|one, other| one.created_at.cmp(&other.created_at));
    Json(PtyList { sessions })
}

async fn show(
    State(toolbox): State<Arc<Toolbox>>,
    Path(id): Path<String>,
) -> Answer<Json<PtyInfo>> {
    let terminal = toolbox.terminals.get(&id).ok_or_else(|| unknown(&id))?;
    Ok(Json(terminal.info()))
}

async fn delete(
    State(toolbox): State<Arc<Toolbox>>,
    Path(id): Path<String>,
) -> Answer<Json<Message>> {
    let removed = toolbox.terminals.map().remove(&id);
    removed.ok_or_else(|| unknown(&id))?.kill();
    Ok(Json(Message {
        message: "PTY session deleted".to_owned(),
    }))
}

async fn create(
    State(toolbox): State<Arc<Toolbox>>,
    body: Bytes,
) -> Answer<(StatusCode, Json<PtyMade>)> {
    let new: PtyNew = decode(&body)?;
    let terminal = make(&toolbox, new)?;
    let info = terminal.info();
    if !info.lazy_start {
        start(&toolbox, &info.id, &terminal)?;
    }
    let made = PtyMade {
        session_id: info.id,
    };
    Ok((StatusCode::CREATED, Json(made)))
}

async fn resize(
    State(toolbox): State<Arc<Toolbox>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer<Json<PtyInfo>> {
    let size: PtySize = decode(&body)?;
    check(size)?;
    let ended = || Failure::gone("SESSION_ENDED", format!("PTY session {id} has ended"));
    let terminal = toolbox.terminals.get(&id).ok_or_else(ended)?;
    if !terminal.resize(size) {
        return Err(ended());
    }
    Ok(Json(terminal.info()))
}

type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

async fn connect(
    State(toolbox): State<Arc<Toolbox>>,
    Path(id): Path<String>,
    upgrade: Upgrade,
) -> Answer<Response> {
    let upgrade = upgrade.map_err(|_| no_socket())?;
    let terminal = toolbox.terminals.get(&id).ok_or_else(|| unknown(&id))?;
    attach(&toolbox, &id, &terminal, upgrade)
}

async fn create_connect(
    State(toolbox): State<Arc<Toolbox>>,
    params: Params,
    upgrade: Upgrade,
) -> Answer<Response> {
    let upgrade = upgrade.map_err(|_| no_socket())?;
    let envs = match socket::offered(&upgrade)
        .iter()
        .find_map(|offer| offer.strip_prefix(PTY_ENVS))
    {
        Some(encoded) => decode_envs(encoded)
            .ok_or_else(|| Failure::bad_request("the environment is not base64url of JSON"))?,
        None => BTreeMap::new(),
    };
    let new = PtyNew {
        id: params.required("id")?,
        cwd: params.text("cwd"),
        envs: Some(envs),
        cols: params.number("cols")?,
        rows: params.number("rows")?,
        ..PtyNew::default()
    };
    let id = new.id.clone();
    let terminal = make(&toolbox, new)?;
    attach(&toolbox, &id, &terminal, upgrade)
}

fn make(toolbox: &Toolbox, new: PtyNew) -> Answer<Arc<Terminal>> {
    if new.id.is_empty() {
        return Err(Failure::bad_request("id is required"));
    }
    let given =
        |number: Option<u16>, default| number.filter(|number| *number > 0).unwrap_or(default);
    let size = PtySize {
        cols: given(new.cols, 80),
        rows: given(new.rows, 24),
    };
    check(size)?;
    let envs = new.envs.unwrap_or_default();
    shell::check_names(&envs)?;
    let cwd = match new.cwd.filter(|cwd| !cwd.is_empty()) {
        Some(cwd) => dirs::work().join(cwd),
        None => dirs::work(),
    };
    if !cwd.is_dir() {
        let message = format!("not a directory: {}", cwd.display());
        return Err(Failure::bad_request(message));
    }
    let settings = Settings {
        id: new.id.clone(),
        cwd: PathBuf::from(&cwd),
        envs,
        size,
        lazy: new.lazy_start.unwrap_or(false),
        command: new.command.filter(|command| !command.is_empty()),
    };
    let mut map = toolbox.terminals.map();
    if map.contains_key(&new.id) {
        return Err(Failure::conflict(format!(
            "PTY session {} already exists",
            new.id
        )));
    }
    let terminal = Terminal::new(settings);
    map.insert(new.id, Arc::clone(&terminal));
    Ok(terminal)
}

fn start(toolbox: &Arc<Toolbox>, id: &str, terminal: &Arc<Terminal>) -> Answer<()> {
    let (own, name, ended) = (Arc::clone(toolbox), id.to_owned(), Arc::clone(terminal));
    terminal
        .start(toolbox, move || own.terminals.forget(&name, &ended))
        .map_err(|error| {
            toolbox.terminals.forget(id, terminal);
            Failure::internal("cannot start a shell", error)
        })
}

fn attach(
    toolbox: &Arc<Toolbox>,
    id: &str,
    terminal: &Arc<Terminal>,
    mut upgrade: WebSocketUpgrade,
) -> Answer<Response> {
    // Before it starts, so that nothing is missed.
    let seen = terminal.watch().ok_or_else(|| unknown(id))?;
    start(toolbox, id, terminal)?;
    let exit_control = socket::offered(&upgrade)
        .iter()
        .any(|offer| offer == PTY_EXIT_CONTROL);
    socket::choose(&mut upgrade, PTY_EXIT_CONTROL);
    let terminal = Arc::clone(terminal);
    Ok(upgrade
        .max_message_size(LONGEST_INPUT)
        .on_upgrade(move |socket| attach::attach(socket, terminal, seen, exit_control)))
}

fn check(size: PtySize) -> Answer<()> {
    if [size.cols, size.rows]
        .iter()
        .all(|number| (1..=LARGEST).contains(number))
    {
        Ok(())
    } else {
        Err(Failure::bad_request(format!(
            "cols and rows must be between 1 and {LARGEST}"
        )))
    }
}

fn decode_envs(encoded: &str) -> Option<BTreeMap<String, String>> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(encoded)
        .ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn unknown(id: &str) -> Failure {
    Failure::not_found(format!("PTY session {id} not found"))
}

fn no_socket() -> Failure {
    Failure::bad_request("this route is a WebSocket")
}
