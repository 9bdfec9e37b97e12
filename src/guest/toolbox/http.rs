//! The routes of the toolbox API, and what their handlers share.

use std::sync::Arc;

use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::de::DeserializeOwned;

use crate::api::types::{Dir, ErrorBody, Version};
use crate::guest_boot::{Boot, HOME};

use super::failure::{Answer, Failure};
use super::interpreter::{self, Contexts};
use super::ports;
use super::pty::{self, Terminals};
use super::session::{self, Sessions};
use super::warm_shell::Spare;
use super::{code_run, drain_body, env, execute, files, git, metrics, unsupported};
use crate::guest::dirs;
use crate::guest::environment::Environment;
use crate::guest::reaper::Reaper;
use crate::guest::spawn::{Rank, Spawner};

/// The longest request body that is not a file.
const LONGEST_BODY: usize = 8 << 20;

/// Marks a refusal whose body is what it should be.
#[derive(Clone)]
pub(in crate::guest) struct Complete;

/// What handlers share.
pub(in crate::guest) struct Toolbox {
    pub(super) sessions: Sessions,
    pub(super) spare: Arc<Spare>,
    pub(super) terminals: Terminals,
    pub(super) contexts: Contexts,
    pub(super) environment: Arc<Environment>,
    pub(super) programs: Arc<Spawner>,
    /// The memory limit in bytes, where we keep it.
    pub(super) memory: Option<u64>,
}

impl Toolbox {
    pub(in crate::guest) fn new(reaper: Arc<Reaper>, boot: &Boot, rank: Option<Rank>) -> Arc<Self> {
        let environment = Arc::<Environment>::default();
        let programs = Spawner::new(reaper, Arc::clone(&environment), boot.processes, rank);
        Arc::new(Self {
            spare: Spare::new(Arc::clone(&programs)),
            programs,
            memory: boot.memory,
            sessions: Sessions::default(),
            terminals: Terminals::default(),
            contexts: Contexts::default(),
            environment,
        })
    }
}

/// The toolbox API.
pub(in crate::guest) fn router(toolbox: Arc<Toolbox>) -> Router {
    Router::new()
        .route("/version", get(version))
        .route("/work-dir", get(work))
        .route("/user-home-dir", get(home))
        .route("/project-dir", get(work))
        .route("/system/metrics", get(metrics::metrics))
        .route("/env", post(env::update))
        .route("/process/code-run", post(code_run::run))
        .route("/process/execute", post(execute::execute))
        .merge(unsupported::routes())
        .merge(files::routes())
        .merge(git::routes())
        .merge(interpreter::routes())
        .merge(ports::routes())
        .merge(pty::routes())
        .merge(session::routes())
        .fallback(unknown)
        .layer(from_fn(drain_body::read))
        .layer(from_fn(complete_errors))
        .with_state(toolbox)
}

/// Decodes a JSON body, whatever its content type says.
pub(super) fn decode<T: DeserializeOwned>(body: &Bytes) -> Answer<T> {
    if body.len() > LONGEST_BODY {
        return Err(Failure::bad_request(format!(
            "the request body is larger than {LONGEST_BODY} bytes"
        )));
    }
    serde_json::from_slice(body)
        .map_err(|error| Failure::bad_request(format!("invalid request body: {error}")))
}

async fn version(State(_): State<Arc<Toolbox>>) -> Json<Version> {
    Json(Version {
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

async fn home() -> Json<Dir> {
    Json(Dir {
        dir: HOME.to_owned(),
    })
}

async fn work() -> Json<Dir> {
    Json(Dir {
        dir: dirs::work().to_string_lossy().into_owned(),
    })
}

async fn unknown(method: Method, uri: Uri) -> Failure {
    Failure::not_found(format!("this toolbox has no {method} {}", uri.path()))
}

/// Adds path and method to error bodies, and gives the framework's own refusals our shape.
async fn complete_errors(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request.uri().path_and_query().map(ToString::to_string);
    let response = next.run(request).await;
    let refused = response.status().is_client_error() || response.status().is_server_error();
    if !refused || response.extensions().get::<Complete>().is_some() {
        return response;
    }
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 16).await.unwrap_or_default();
    let mut error = serde_json::from_slice::<ErrorBody>(&bytes).unwrap_or_else(|_| ErrorBody {
        message: String::from_utf8_lossy(&bytes).into_owned().into(),
        source: Some("DAYTONA_DAEMON".to_owned()),
        timestamp: Some(jiff::Timestamp::now().to_string()),
        error: parts.status.canonical_reason().map(str::to_owned),
        ..ErrorBody::default()
    });
    error.status_code = parts.status.as_u16();
    error.path = path;
    error.method = Some(method.to_string());
    let mut headers = HeaderMap::new();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    if let Some(range) = parts.headers.get(header::CONTENT_RANGE) {
        headers.insert(header::CONTENT_RANGE, range.clone());
    }
    (parts.status, headers, Json(error)).into_response()
}
