//! Pages of other origins as clients: only those that the engine was told of, and only its own API. What a
//! sandbox serves says itself who may read it.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, HOST, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::Api;
use super::auth::text;
use super::preview::host::Target;

const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE");
/// For how many seconds a browser need not ask again.
const AGE: HeaderValue = HeaderValue::from_static("600");
/// The headers that browsers show only where they are named.
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "x-daytona-api-version, x-daytona-engine, content-disposition, content-range, retry-after",
);
/// Browsers ask by it before a public page reaches a private address, and want it answered.
const PRIVATE: [HeaderName; 2] = [
    HeaderName::from_static("access-control-request-private-network"),
    HeaderName::from_static("access-control-allow-private-network"),
];

/// Answers what browsers ask first, without a key, and lets pages of these origins read replies.
pub(super) async fn share(State(api): State<Arc<Api>>, request: Request, next: Next) -> Response {
    let Some(origin) = allowed(&api, request.headers()) else {
        return next.run(request).await;
    };
    let headers = request.headers();
    let asks = headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if *request.method() == Method::OPTIONS && asks {
        let mut response = StatusCode::NO_CONTENT.into_response();
        let allowed = response.headers_mut();
        allowed.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        allowed.insert(ACCESS_CONTROL_MAX_AGE, AGE);
        if let Some(asked) = headers.get(ACCESS_CONTROL_REQUEST_HEADERS) {
            allowed.insert(ACCESS_CONTROL_ALLOW_HEADERS, asked.clone());
        }
        let [request_private, allow_private] = PRIVATE;
        if headers.contains_key(request_private) {
            allowed.insert(allow_private, HeaderValue::from_static("true"));
        }
        response
    } else {
        let mut response = next.run(request).await;
        response
            .headers_mut()
            .insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        response
    };
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.append(VARY, HeaderValue::from_static("origin"));
    response
}

/// The origin of a page that may use the API, as it was sent.
fn allowed(api: &Api, headers: &HeaderMap) -> Option<HeaderValue> {
    let origin = headers.get(ORIGIN)?;
    let named = api
        .origins
        .iter()
        .any(|one| one.as_bytes() == origin.as_bytes());
    let host = text(headers, HOST.as_str()).unwrap_or_default();
    let of_preview = Target::parse(host).is_some() || api.doors.target(host).is_some();
    (named && !of_preview).then(|| origin.clone())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::super::tests::{KEY, Server};
    use super::*;

    const PAGE: &str = "http://localhost:5173";

    async fn asked(server: &Server, method: &str, headers: &[(&str, &str)]) -> Response {
        let request = headers.iter().fold(
            Request::builder().method(method).uri("/api/sandbox"),
            |request, (name, value)| request.header(*name, *value),
        );
        let answer = server
            .send(request.body(Body::empty()).expect("request"))
            .await;
        let mut response = answer.status.into_response();
        *response.headers_mut() = answer.headers;
        response
    }

    fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
        response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    }

    #[tokio::test]
    async fn pages_of_named_origins_are_clients_and_no_others() {
        let server = Server::new().await;
        let host = server.address.to_string();
        let key = format!("Bearer {KEY}");
        let preflight = |origin| {
            [
                ("host", host.as_str()),
                ("origin", origin),
                ("access-control-request-method", "POST"),
                (
                    "access-control-request-headers",
                    "authorization,content-type",
                ),
            ]
        };
        let answer = asked(&server, "OPTIONS", &preflight(PAGE)).await;
        assert_eq!(answer.status(), 204);
        for (name, value) in [
            ("access-control-allow-origin", PAGE),
            ("access-control-allow-headers", "authorization,content-type"),
            ("vary", "origin"),
        ] {
            assert_eq!(header(&answer, name), Some(value), "{name}");
        }
        assert_eq!(header(&answer, "access-control-allow-credentials"), None);
        let get = |origin| {
            [
                ("host", host.as_str()),
                ("origin", origin),
                ("authorization", &*key),
            ]
        };
        let answer = asked(&server, "GET", &get(PAGE)).await;
        assert_eq!(
            (
                answer.status().as_u16(),
                header(&answer, "access-control-allow-origin")
            ),
            (200, Some(PAGE))
        );
        // A refusal can be read too.
        let answer = asked(&server, "GET", &get(PAGE)[..2]).await;
        assert_eq!(
            (
                answer.status().as_u16(),
                header(&answer, "access-control-allow-origin")
            ),
            (401, Some(PAGE))
        );
        for origin in ["http://localhost:5174", "http://evil.example", "null", ""] {
            let answer = asked(&server, "OPTIONS", &preflight(origin)).await;
            assert!(answer.status().is_client_error());
            assert_eq!(header(&answer, "access-control-allow-origin"), None);
            let answer = asked(&server, "GET", &get(origin)).await;
            assert_eq!(header(&answer, "access-control-allow-origin"), None);
        }
        // Previews are not the engine's to open.
        let host = format!("3000-0123456789abcdef.localhost:{}", server.address.port());
        let answer = asked(&server, "GET", &[("host", &host), ("origin", PAGE)]).await;
        assert_eq!(header(&answer, "access-control-allow-origin"), None);
    }
}
