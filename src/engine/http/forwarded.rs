//! What a server behind the preview proxy is told of who asked, and by which name: `Host` stays as it was
//! sent, so that what servers compare with it (redirects, origins, cookies) is right.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::header::{FORWARDED, HOST};
use axum::http::{HeaderName, HeaderValue};

const BY: HeaderName = HeaderName::from_static("x-forwarded-for");
const NAME: HeaderName = HeaderName::from_static("x-forwarded-host");
const SCHEME: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Who is at the other end of a connection, if that has an address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) Option<IpAddr>);

/// Adds what this proxy knows; another one before it (TLS, a tunnel) knows better what was asked first.
pub(super) fn add(request: &mut Request) {
    let peer = request.extensions().get::<Peer>().and_then(|peer| peer.0);
    let headers = request.headers_mut();
    let Some(host) = headers.get(HOST).cloned() else {
        return;
    };
    let mut element = format!("proto=http;host=\"{}\"", host.to_str().unwrap_or_default());
    if let Some(peer) = peer {
        element = match peer {
            IpAddr::V4(peer) => format!("for={peer};{element}"),
            IpAddr::V6(peer) => format!("for=\"[{peer}]\";{element}"),
        };
        let before = headers.get(&BY).and_then(|before| before.to_str().ok());
        let by = before.map_or_else(|| peer.to_string(), |before| format!("{before}, {peer}"));
        if let Ok(by) = HeaderValue::try_from(by) {
            headers.insert(BY, by);
        }
    }
    headers.entry(NAME).or_insert(host);
    headers
        .entry(SCHEME)
        .or_insert(HeaderValue::from_static("http"));
    if let Ok(element) = HeaderValue::try_from(element) {
        headers.append(FORWARDED, element);
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn what_came_first_stays_and_the_peer_is_added() {
        let mut request = Request::builder()
            .header("host", "127.70.1.2:3986")
            .header("x-forwarded-for", "10.0.0.1")
            .header("x-forwarded-proto", "https")
            .body(Body::empty())
            .unwrap();
        request
            .extensions_mut()
            .insert(Peer("127.0.0.1".parse().ok()));
        add(&mut request);
        let text = |name: &str| request.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(text("x-forwarded-for"), "10.0.0.1, 127.0.0.1");
        assert_eq!(text("x-forwarded-proto"), "https");
        assert_eq!(text("x-forwarded-host"), "127.70.1.2:3986");
        assert_eq!(text("host"), "127.70.1.2:3986");
        assert_eq!(
            text("forwarded"),
            "for=127.0.0.1;proto=http;host=\"127.70.1.2:3986\""
        );
    }
}
