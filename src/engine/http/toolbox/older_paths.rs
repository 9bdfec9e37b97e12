//! `/api/toolbox/{id}/toolbox/…`: where older clients ask for what is at `/toolbox/{id}/…` now. Such a request
//! goes through every check as if it had been asked there.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::Uri;
use axum::http::header::HOST;
use axum::response::Response;
use axum::routing::any;
use hyper::service::Service as _;
use hyper::upgrade::OnUpgrade;
use hyper_util::service::TowerToHyperService;

use crate::engine::http::Api;
use crate::engine::http::auth::text;
use crate::engine::http::forwarded::Peer;
use crate::engine::http::preview::host::Target;

/// The two places where the documented names differ, too.
const RENAMED: &[(&str, &str)] = &[("/lsp/workspace-symbols", "/lsp/workspacesymbols")];

/// The router, with the older paths in front of it.
pub(in crate::engine::http) fn before(router: Router, api: Arc<Api>) -> Router {
    let inner = TowerToHyperService::new(router.clone());
    let older = move |request: Request| {
        let request = translated(request, &api);
        let inner = inner.clone();
        async move {
            let response: Result<Response, Infallible> = inner.call(request).await;
            response.unwrap_or_else(|never| match never {})
        }
    };
    Router::new()
        .route("/api/toolbox/{id}/toolbox/{*rest}", any(older))
        .fallback_service(router)
}

/// The request as today's clients send it; but what goes to a preview is its server's.
fn translated(mut request: Request, api: &Api) -> Request {
    let host = text(request.headers(), HOST.as_str()).unwrap_or_default();
    let of_preview = Target::parse(host).is_some() || api.doors.target(host).is_some();
    let mut fresh = Request::new(std::mem::take(request.body_mut()));
    *fresh.method_mut() = request.method().clone();
    *fresh.version_mut() = request.version();
    std::mem::swap(fresh.headers_mut(), request.headers_mut());
    *fresh.uri_mut() = if of_preview {
        request.uri().clone()
    } else {
        today(request.uri()).unwrap_or_else(|| request.uri().clone())
    };
    // Not what the outer router found out about the path.
    let extensions = request.extensions_mut();
    if let Some(peer) = extensions.remove::<Peer>() {
        fresh.extensions_mut().insert(peer);
    }
    if let Some(upgrade) = extensions.remove::<OnUpgrade>() {
        fresh.extensions_mut().insert(upgrade);
    }
    fresh
}

fn today(uri: &Uri) -> Option<Uri> {
    let rest = uri.path().strip_prefix("/api/toolbox/")?;
    let (id, rest) = rest.split_once("/toolbox/")?;
    if id.contains('/') {
        return None;
    }
    let path = format!("/{rest}");
    let renamed = RENAMED.iter().find(|(old, _)| *old == path);
    let path = renamed.map_or(path.as_str(), |(_, new)| new);
    let query = uri.query().map(|query| format!("?{query}"));
    let target = format!("/toolbox/{id}{path}{}", query.unwrap_or_default());
    target.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::http::tests::{KEY, Server};

    #[test]
    fn older_paths_are_those_of_today() {
        for (old, new) in [
            (
                "/api/toolbox/a%20b/toolbox/files?path=%2F",
                Some("/toolbox/a%20b/files?path=%2F"),
            ),
            (
                "/api/toolbox/x/toolbox/lsp/workspace-symbols?q=1",
                Some("/toolbox/x/lsp/workspacesymbols?q=1"),
            ),
            (
                "/api/toolbox/x/toolbox/toolbox/y",
                Some("/toolbox/x/toolbox/y"),
            ),
            ("/api/toolbox/x/y/toolbox/z", None),
            ("/api/toolbox/x", None),
        ] {
            let old: Uri = old.parse().expect("a path");
            let found = today(&old).map(|uri| uri.to_string());
            assert_eq!(found.as_deref(), new);
        }
    }

    #[tokio::test]
    async fn they_are_answered_and_guarded_as_those_of_today() {
        let server = Server::new().await;
        server.make("box").await;
        let made = server
            .ask("POST", "/api/api-keys", r#"{"name":"k","permissions":[]}"#)
            .await;
        let made = made.json();
        let limited = made["value"].as_str().expect("a key");
        for (method, rest) in [("POST", "process/execute"), ("GET", "work-dir")] {
            let (old, new) = (
                format!("/api/toolbox/box/toolbox/{rest}"),
                format!("/toolbox/box/{rest}"),
            );
            for key in [KEY, limited, "dtn_wrong"] {
                let body = json!({ "command": "true" });
                let one = server.ask_as(key, method, &old, &body).await;
                let other = server.ask_as(key, method, &new, &body).await;
                assert_eq!(one.status, other.status, "{method} {rest}");
            }
        }
        let answer = server
            .ask("GET", "/api/toolbox/nope/toolbox/files", "")
            .await;
        assert_eq!(answer.refusal().0, 404);
    }
}
