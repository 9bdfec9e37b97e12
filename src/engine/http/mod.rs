//! The routes of the engine, and what holds for every reply. Rules are the service's.

mod accept;
mod auth;
mod body;
mod build_logs;
mod cors;
mod failure;
mod forwarded;
mod key;
mod lease;
mod notifications;
mod organization;
mod parting;
mod permission;
mod preview;
mod query;
mod region;
mod routes;
mod sandbox;
mod secret;
mod server;
mod snapshot;
mod spool;
mod toolbox;
mod trash;
mod unread;
mod unsupported;
mod user;
mod volume;

#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{FromRequestParts, Request};
use axum::http::header::HOST;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt as _;

use crate::api::types::{API_VERSION_HEADER, ENGINE_HEADER, Sandbox};
use crate::engine::service::Service;
use crate::error::{Error, Kind};
use crate::secret::Secret;

pub(super) use accept::{Limits, serve};
use auth::Gate;
use failure::Failure;
pub(super) use notifications::Notifications;
pub(super) use parting::Parting;
use permission::Caller;
pub(super) use preview::doors::Doors;
use routes::Routes;
pub(super) use spool::sweep as sweep_spool;

/// The version of the API that is spoken.
const API_VERSION: &str = "0.205.1";
static API_HEADER: HeaderName = HeaderName::from_static(API_VERSION_HEADER);

/// What the routes need.
pub(crate) struct Api {
    pub(crate) service: Service,
    /// What clients must present.
    pub(crate) key: Secret,
    /// Where clients are told what changes.
    pub(crate) notifications: Notifications,
    /// What older clients look at once more.
    pub(crate) parting: Parting,
    /// Where the engine listens.
    pub(crate) listen: SocketAddr,
    /// Where previews are served beside their names.
    pub(crate) doors: Doors,
    /// Where what is sent to be imported is kept until it is.
    pub(crate) spool: PathBuf,
    /// Whether whoever opens a preview starts its sandbox.
    pub(crate) auto_start: bool,
    /// The origins whose pages may use the API.
    pub(crate) origins: Vec<String>,
    /// When the engine was first set up, in milliseconds since 1970.
    pub(crate) since: i64,
}

type Shared = axum::extract::State<Arc<Api>>;
type Reply<T> = Result<axum::Json<T>, Failure>;

/// Every route, with the checks before and the frame around them.
pub(crate) fn router(api: Api) -> Router {
    let api = Arc::new(api);
    let (router, needs) = routes().split();
    let gate = Arc::new(Gate {
        api: Arc::clone(&api),
        needs,
    });
    let router = router
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(from_fn_with_state(gate, auth::check))
        .layer(from_fn(frame))
        .layer(from_fn_with_state(Arc::clone(&api), cors::share))
        .with_state(Arc::clone(&api));
    toolbox::older_paths::before(router, api)
}

fn routes() -> Routes {
    Routes::new()
        .merge(server::routes())
        .merge(user::routes())
        .merge(region::routes())
        .merge(sandbox::routes())
        .merge(unsupported::routes())
        .merge(build_logs::routes())
        .merge(key::routes())
        .merge(lease::routes())
        .merge(notifications::routes())
        .merge(organization::routes())
        .merge(preview::routes())
        .merge(secret::routes())
        .merge(trash::routes())
        .merge(volume::routes())
        .merge(snapshot::routes())
        .merge(toolbox::routes())
}

async fn unknown(request: Request) -> Failure {
    let (method, path) = (request.method(), request.uri().path());
    Error::new(Kind::NotFound, format!("Cannot {method} {path}")).into()
}

/// Around everything: a panic is a reply, every error has the API's shape, every reply our headers.
async fn frame(request: Request, next: Next) -> Response {
    let path = request
        .uri()
        .path_and_query()
        .map_or_else(|| "/".to_owned(), ToString::to_string);
    let (method, begun) = (request.method().clone(), Instant::now());
    let (request, lent) = unread::lend(request);
    let response = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    let response = response.unwrap_or_else(|_| {
        tracing::error!("the handler of {path} panicked");
        Failure::from(Error::internal("An unexpected error occurred.")).into_response()
    });
    // Without the query: what is in it may be nobody's business.
    let bare = path.split('?').next().unwrap_or_default();
    tracing::debug!(%method, path = bare, status = %response.status(), elapsed = ?begun.elapsed(), "request");
    let mut response = failure::shape(response, path).await;
    let headers = response.headers_mut();
    headers.insert(&API_HEADER, HeaderValue::from_static(API_VERSION));
    headers.insert(
        ENGINE_HEADER,
        HeaderValue::from_static(env!("CARGO_PKG_VERSION")),
    );
    lent.settle(&mut response).await;
    response
}

/// How the client reaches us: `http://` and the host that it asked for; and what it is shown there.
struct Origin {
    base: String,
    /// Whether the caller may look into sandboxes: others do not see their environments.
    sees_inside: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Origin {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let host = parts
            .headers
            .get(HOST)
            .and_then(|host| host.to_str().ok())
            .ok_or_else(|| Error::usage("the request has no Host header"))?;
        Ok(Self {
            base: format!("http://{host}"),
            sees_inside: parts
                .extensions
                .get::<Caller>()
                .is_some_and(Caller::may_write_sandboxes),
        })
    }
}

impl Origin {
    /// The `Host` that was asked.
    fn host(&self) -> &str {
        self.base.rsplit('/').next().unwrap_or_default()
    }

    /// Where a port is served: a name that browsers resolve to this machine, and the port of the engine.
    fn preview(&self, port: u16, who: &str) -> String {
        let own = self.host().rsplit_once(':').map(|(_, own)| own);
        let own = own.filter(|own| own.parse::<u16>().is_ok());
        let own = own.map(|own| format!(":{own}")).unwrap_or_default();
        format!("http://{port}-{who}.localhost{own}")
    }

    /// Where the toolbox is, without an id and without a slash at the end.
    fn toolbox(&self) -> String {
        format!("{}/toolbox", self.base)
    }

    /// The sandbox as this caller sees it.
    fn show(&self, sandbox: &mut Sandbox) {
        sandbox.toolbox_proxy_url = self.toolbox();
        if !self.sees_inside {
            // Keys and passwords are in there; no permission stands for reading them alone.
            sandbox.env.clear();
        }
    }
}

/// What fuzz targets call: a `Host` header. What is taken for a name is one of a sandbox.
#[cfg(fuzzing)]
pub fn fuzz_host(text: &str) {
    if let Some(target) = preview::host::Target::parse(text) {
        assert!(target.port > 0);
    }
}
