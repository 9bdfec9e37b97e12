//! The routes of the engine, and what holds for every reply. Rules are the service's.

mod absent;
mod account;
mod body;
mod disk;
mod failure;
mod gate;
mod key;
mod lease;
mod organization;
mod permission;
mod preview;
mod preview_auth;
mod preview_host;
mod preview_page;
mod preview_proxy;
mod query;
mod sandbox;
mod secret;
mod signed_file;
mod snapshot;
mod spool;
mod toolbox;
mod volume;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_account;
#[cfg(test)]
mod tests_of_errors;
#[cfg(test)]
mod tests_of_proxy;

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
use axum::routing::{get, post, put};
use futures_util::FutureExt as _;

use crate::api::types::ENGINE_HEADER;
use crate::engine::service::{Interval, Service};
use crate::error::{Error, Kind};
use crate::secret::Secret;

use failure::Failure;
pub(super) use spool::sweep as sweep_spool;

/// The version of the API that is spoken.
const API_VERSION: &str = "0.205.1";
static API_HEADER: HeaderName = HeaderName::from_static("x-daytona-api-version");

/// What the routes need.
pub(crate) struct Api {
    pub(crate) service: Service,
    /// What clients must present.
    pub(crate) key: Secret,
    /// Where the engine listens.
    pub(crate) listen: SocketAddr,
    /// Where what is sent to be imported is kept until it is.
    pub(crate) spool: PathBuf,
    /// Whether whoever opens a preview starts its sandbox.
    pub(crate) auto_start: bool,
    /// When the engine was first set up, in milliseconds since 1970.
    pub(crate) since: i64,
}

type Shared = axum::extract::State<Arc<Api>>;
type Reply<T> = Result<axum::Json<T>, Failure>;

/// Every route, with the checks before and the frame around them.
pub(crate) fn router(api: Api) -> Router {
    let api = Arc::new(api);
    let interval = |interval| {
        post(move |shared, path, origin| sandbox::set_interval(interval, shared, path, origin))
    };
    let forward = axum::routing::any(toolbox::forward);
    Router::new()
        .route("/api/health", get(account::health))
        .route("/api/config", get(account::config))
        .route("/api/users/me", get(account::user))
        .route("/api/regions", get(account::regions))
        .route("/api/shared-regions", get(account::regions))
        .route("/api/sandbox", get(sandbox::list).post(sandbox::create))
        .route(
            "/api/sandbox/{id}",
            get(sandbox::get).delete(sandbox::delete),
        )
        .route("/api/sandbox/{id}/start", post(sandbox::start))
        .route("/api/sandbox/{id}/stop", post(sandbox::stop))
        .route("/api/sandbox/{id}/archive", post(sandbox::archive))
        .route("/api/sandbox/{id}/recover", post(sandbox::recover))
        .route("/api/sandbox/{id}/labels", put(sandbox::set_labels))
        .route(
            "/api/sandbox/{id}/public/{public}",
            post(sandbox::set_public),
        )
        .route(
            "/api/sandbox/{id}/autostop/{minutes}",
            interval(Interval::Stop),
        )
        .route(
            "/api/sandbox/{id}/autopause/{minutes}",
            interval(Interval::Pause),
        )
        .route(
            "/api/sandbox/{id}/autoarchive/{minutes}",
            interval(Interval::Archive),
        )
        .route(
            "/api/sandbox/{id}/autodelete/{minutes}",
            interval(Interval::Delete),
        )
        .route("/api/sandbox/{id}/ttl/{minutes}", post(sandbox::set_ttl))
        .route("/api/sandbox/{id}/last-activity", post(sandbox::touch))
        .route(
            "/api/sandbox/{id}/toolbox-proxy-url",
            get(sandbox::toolbox_url),
        )
        .merge(absent::routes())
        .merge(disk::routes())
        .merge(key::routes())
        .merge(lease::routes())
        .merge(organization::routes())
        .merge(preview::routes())
        .merge(secret::routes())
        .merge(volume::routes())
        .merge(snapshot::routes())
        .route("/toolbox/{id}", forward.clone())
        .route("/toolbox/{id}/", forward.clone())
        .route("/toolbox/{id}/{*path}", forward)
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(from_fn_with_state(Arc::clone(&api), gate::check))
        .layer(from_fn(frame))
        .with_state(api)
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
    response
}

/// How the client reaches us: `http://` and the host that it asked for.
struct Origin(String);

impl<S: Send + Sync> FromRequestParts<S> for Origin {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let host = parts
            .headers
            .get(HOST)
            .and_then(|host| host.to_str().ok())
            .ok_or_else(|| Error::usage("the request has no Host header"))?;
        Ok(Self(format!("http://{host}")))
    }
}

impl Origin {
    /// Where a port is served: a name that browsers resolve to this machine, and the port of the engine.
    fn preview(&self, port: u16, who: &str) -> String {
        let host = self.0.rsplit('/').next().unwrap_or_default();
        let own = host.rsplit_once(':').map(|(_, own)| own);
        let own = own.filter(|own| own.parse::<u16>().is_ok());
        let own = own.map(|own| format!(":{own}")).unwrap_or_default();
        format!("http://{port}-{who}.localhost{own}")
    }

    /// Where the toolbox is, without an id and without a slash at the end.
    fn toolbox(&self) -> String {
        format!("{}/toolbox", self.0)
    }
}

/// What fuzz targets call: a `Host` header. What is taken for a name is one of a sandbox.
#[cfg(fuzzing)]
pub fn fuzz_host(text: &str) {
    if let Some(target) = preview_host::Target::parse(text) {
        assert!(target.port > 0);
    }
}
