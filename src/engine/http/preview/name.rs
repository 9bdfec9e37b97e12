//! Servers that refuse to be asked by an address and accept a name below `localhost`, as Django's development
//! server does: they are asked by the preview's name, and what they say of it is translated.

use std::time::{Duration, Instant};

use axum::body::{Body, HttpBody as _};
use axum::extract::Request;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HOST, LOCATION, ORIGIN, REFERER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use crate::engine::http::auth::text;
use crate::engine::http::toolbox::proxy::asks_to_upgrade;

/// How long a server is not asked by name again that refused that too.
const PAUSE: Duration = Duration::from_secs(10);

/// How the server of a port is asked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Asked {
    /// By the `Host` that was sent.
    #[default]
    AsSent,
    /// As sent: by its name it refused too, then.
    AsSentSince(Instant),
    /// By its name.
    ByName,
}

impl Asked {
    /// Whether a refusal may be due to the `Host`.
    pub(super) fn may_be_changed(self) -> bool {
        match self {
            Self::AsSent => true,
            Self::AsSentSince(since) => since.elapsed() > PAUSE,
            Self::ByName => false,
        }
    }
}

/// A request that can be made once more: it changes nothing, and has no body.
pub(super) fn twin(request: &Request) -> Option<Request> {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    if !safe || !request.body().is_end_stream() || asks_to_upgrade(request.headers()) {
        return None;
    }
    let mut twin = Request::new(Body::empty());
    *twin.method_mut() = request.method().clone();
    *twin.uri_mut() = request.uri().clone();
    *twin.headers_mut() = request.headers().clone();
    Some(twin)
}

/// Whether a server may answer so to a `Host` that it does not know.
pub(super) fn is_refusal(status: StatusCode) -> bool {
    status == StatusCode::BAD_REQUEST
}

/// What is the same origin to who asks and to the server.
#[derive(Debug)]
pub(super) struct Names {
    /// As it was sent: `127.x.y.z:port`.
    address: String,
    /// `port-id.localhost:port`.
    name: String,
}

impl Names {
    pub(super) fn of(host: &str, id: &str, port: u16) -> Self {
        let own = host.rsplit_once(':').map_or("", |(_, own)| own);
        Self {
            address: host.to_owned(),
            name: format!("{port}-{id}.localhost:{own}"),
        }
    }

    /// Has a request be one to the name.
    pub(super) fn to_server(&self, headers: &mut HeaderMap) {
        if let Ok(name) = HeaderValue::try_from(&self.name) {
            headers.insert(HOST, name);
        }
        for header in [ORIGIN, REFERER] {
            exchange(headers, header, &self.address, &self.name);
        }
    }

    /// Has a reply be one of the address.
    pub(super) fn to_client(&self, headers: &mut HeaderMap) {
        for header in [LOCATION, ACCESS_CONTROL_ALLOW_ORIGIN] {
            exchange(headers, header, &self.name, &self.address);
        }
    }
}

/// Puts one origin in the place of another at the beginning of a header.
fn exchange(headers: &mut HeaderMap, header: HeaderName, from: &str, to: &str) {
    let rest = text(headers, header.as_str())
        .and_then(|value| value.strip_prefix("http://")?.strip_prefix(from))
        .filter(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
    if let Some(rest) = rest
        && let Ok(value) = HeaderValue::try_from(format!("http://{to}{rest}"))
    {
        headers.insert(header, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_translated_and_others_stay() {
        let names = Names::of("127.70.0.1:39", "id", 3000);
        let mut headers = HeaderMap::new();
        for (name, value) in [
            (HOST, "127.70.0.1:39"),
            (ORIGIN, "http://127.70.0.1:39"),
            (REFERER, "http://127.70.0.1:390/x"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        names.to_server(&mut headers);
        assert_eq!(headers[HOST], "3000-id.localhost:39");
        assert_eq!(headers[ORIGIN], "http://3000-id.localhost:39");
        assert_eq!(headers[REFERER], "http://127.70.0.1:390/x");
        let mut headers = HeaderMap::new();
        let location = HeaderValue::from_static("http://3000-id.localhost:39/a?b");
        headers.insert(LOCATION, location);
        names.to_client(&mut headers);
        assert_eq!(headers[LOCATION], "http://127.70.0.1:39/a?b");
    }

    #[test]
    fn only_what_changes_nothing_is_asked_again() {
        let of = |method: &str, body: &'static str| {
            let request = Request::builder().method(method).uri("/a");
            twin(&request.body(Body::from(body)).unwrap())
        };
        assert_eq!(of("GET", "").unwrap().uri(), "/a");
        assert!(of("POST", "").is_none() && of("GET", "x").is_none());
    }
}
