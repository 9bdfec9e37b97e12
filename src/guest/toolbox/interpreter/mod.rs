//! The Python interpreter: contexts, and code run in them over a WebSocket (toolbox API, interpreter).

mod context;
mod worker;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message as Frame, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{delete, get};
use axum::{Json, Router};

use crate::api::types::{ContextList, ContextNew, InterpreterContext, InterpreterRun, Message};

use super::failure::{Answer, Failure};
use super::http::{Toolbox, decode};
use super::{shell, socket};
use crate::guest::dirs;

use context::Context;

/// The context of code that names none.
const DEFAULT: &str = "default";
/// How long a client may take to say what is to be run.
const FIRST_MESSAGE: Duration = Duration::from_mins(1);

/// All contexts, by id.
#[derive(Default)]
pub(super) struct Contexts {
    map: Mutex<HashMap<String, Arc<Context>>>,
}

impl Contexts {
    fn map(&self) -> MutexGuard<'_, HashMap<String, Arc<Context>>> {
        self.map.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, id: &str) -> Option<Arc<Context>> {
        let mut map = self.map();
        if id == DEFAULT {
            let made = || Context::new(DEFAULT, dirs::work());
            return Some(Arc::clone(
                map.entry(DEFAULT.to_owned()).or_insert_with(made),
            ));
        }
        map.get(id).cloned()
    }
}

pub(super) fn routes() -> Router<Arc<Toolbox>> {
    Router::new()
        .route("/process/interpreter/context", get(list).post(create))
        .route("/process/interpreter/context/{id}", delete(remove))
        .route("/process/interpreter/execute", get(execute))
}

async fn list(State(toolbox): State<Arc<Toolbox>>) -> Json<ContextList> {
    let mut contexts: Vec<_> = toolbox
        .contexts
        .map()
        .iter()
        .filter(|(id, _)| *id != DEFAULT)
        .map(|(_, context)| Arc::clone(context))
        .collect();
    contexts.sort_by_key(|context| context.created());
    Json(ContextList {
        contexts: contexts.iter().map(|context| context.view()).collect(),
    })
}

async fn create(
    State(toolbox): State<Arc<Toolbox>>,
    body: Bytes,
) -> Answer<Json<InterpreterContext>> {
    let new: ContextNew = if body.is_empty() {
        ContextNew::default()
    } else {
        decode(&body)?
    };
    let language = new.language.filter(|language| !language.is_empty());
    if language.is_some_and(|language| language != "python") {
        return Err(Failure::bad_request("only python is supported"));
    }
    let cwd = match new.cwd.filter(|cwd| !cwd.is_empty()) {
        Some(cwd) => dirs::work().join(cwd),
        None => dirs::work(),
    };
    if !cwd.is_dir() {
        let message = format!("not a directory: {}", cwd.display());
        return Err(Failure::bad_request(message));
    }
    let id = uuid::Uuid::new_v4().to_string();
    let context = Context::new(&id, cwd);
    toolbox.contexts.map().insert(id, Arc::clone(&context));
    Ok(Json(context.view()))
}

async fn remove(
    State(toolbox): State<Arc<Toolbox>>,
    Path(id): Path<String>,
) -> Answer<Json<Message>> {
    if id == DEFAULT {
        return Err(Failure::bad_request(
            "the default context cannot be deleted",
        ));
    }
    let removed = toolbox.contexts.map().remove(&id);
    removed
        .ok_or_else(|| Failure::not_found(format!("context not found: {id}")))?
        .end();
    Ok(Json(Message {
        message: "Context deleted successfully".to_owned(),
    }))
}

async fn execute(
    State(toolbox): State<Arc<Toolbox>>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Answer<Response> {
    let mut upgrade = upgrade.map_err(|_| Failure::bad_request("this route is a WebSocket"))?;
    socket::choose(&mut upgrade, "");
    Ok(upgrade.on_upgrade(|mut client| async move {
        if let Some((code, reason)) = serve(&toolbox, &mut client).await {
            socket::close(&mut client, code, &reason).await;
        }
    }))
}

/// Serves one piece of code; none where the client is gone.
async fn serve(toolbox: &Toolbox, client: &mut WebSocket) -> Option<(u16, String)> {
    let first = tokio::time::timeout(FIRST_MESSAGE, first(client)).await;
    let Ok(Some(first)) = first else {
        return Some((1002, "nothing to run was received".to_owned()));
    };
    let refuse = |reason: &str| Some((1008, reason.to_owned()));
    let Ok(mut run) = serde_json::from_slice::<InterpreterRun>(&first) else {
        return Some((1002, "invalid request".to_owned()));
    };
    if run.code.trim().is_empty() {
        return refuse("code is required");
    }
    if run.timeout.is_some_and(|seconds| seconds < 0) {
        return refuse("timeout must not be negative");
    }
    if let Some(Err(failure)) = run.envs.as_ref().map(shell::check_names) {
        return refuse(failure.message());
    }
    let id = run.context_id.take().filter(|id| !id.is_empty());
    let id = id.unwrap_or_else(|| DEFAULT.to_owned());
    let Some(context) = toolbox.contexts.find(&id) else {
        return refuse(&format!("context not found: {id}"));
    };
    let (code, reason) = context.run(toolbox, client, &run).await?;
    Some((code, reason.to_owned()))
}

async fn first(client: &mut WebSocket) -> Option<Bytes> {
    loop {
        match client.recv().await?.ok()? {
            Frame::Text(text) => return Some(text.into()),
            Frame::Binary(bytes) => return Some(bytes),
            Frame::Close(_) => return None,
            Frame::Ping(_) | Frame::Pong(_) => {}
        }
    }
}
