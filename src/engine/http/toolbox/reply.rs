//! What of a guest's reply passes. Any program of the sandbox may have a hand in it, so it is data: it
//! sends nobody elsewhere, sets nothing on the engine's own origin, and does not speak for the engine.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LAST_MODIFIED, SEC_WEBSOCKET_ACCEPT,
    SEC_WEBSOCKET_EXTENSIONS, SEC_WEBSOCKET_PROTOCOL, SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value};
use tokio::time::timeout;

use crate::api::types::ErrorBody;

use crate::engine::http::auth::text;
use crate::engine::http::failure::{Failure, Proxied};
use crate::engine::http::preview::auth::COOKIE_PREFIX;

/// The longest error of a guest's, and how long it may take.
const LONGEST_ERROR: usize = 1 << 20;
const WAIT_FOR_ERROR: Duration = Duration::from_secs(10);

/// What passes to the origin of the API.
const PASSING: [HeaderName; 10] = [
    ACCEPT_RANGES,
    CACHE_CONTROL,
    CONTENT_DISPOSITION,
    CONTENT_RANGE,
    CONTENT_TYPE,
    ETAG,
    LAST_MODIFIED,
    SEC_WEBSOCKET_ACCEPT,
    SEC_WEBSOCKET_EXTENSIONS,
    SEC_WEBSOCKET_PROTOCOL,
];
/// What browsers run or take apart, as parts of a type's name.
const ACTIVE: [&str; 4] = ["html", "xml", "script", "svg"];

/// By which way a guest is asked, and so who reads its reply and where.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::engine::http) enum Way {
    /// By the toolbox proxy: on the API's origin, in the toolbox's own shapes.
    Toolbox,
    /// Also on the API's origin, but it is the server at a port that answers.
    ToolboxPort,
    /// By the preview proxy: on an origin of its own, where a server has all that is HTTP.
    Preview,
}

/// Whether an upgrade passes: to just what was asked for.
pub(in crate::engine::http) fn switches(
    status: StatusCode,
    asked: Option<&HeaderValue>,
    answered: Option<&HeaderValue>,
) -> bool {
    let same = |(asked, answered): (&HeaderValue, &HeaderValue)| {
        asked.as_bytes().eq_ignore_ascii_case(answered.as_bytes())
    };
    status == StatusCode::SWITCHING_PROTOCOLS && asked.zip(answered).is_some_and(same)
}

/// The headers of a reply that pass by a way.
pub(in crate::engine::http) fn filter(way: Way, headers: &HeaderMap) -> HeaderMap {
    let mut kept = HeaderMap::new();
    for (name, value) in headers {
        let passes = match way {
            Way::Preview => !speaks_for_the_engine(name, value),
            Way::Toolbox | Way::ToolboxPort => PASSING.contains(name) && value.to_str().is_ok(),
        };
        if passes && *name != CONTENT_LENGTH {
            kept.append(name, value.clone());
        }
    }
    if way != Way::Preview {
        if is_active(&kept) {
            kept.insert(
                CONTENT_TYPE,
                HeaderValue::from_static("text/plain; charset=utf-8"),
            );
        }
        kept.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        kept.insert(
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("sandbox; default-src 'none'"),
        );
    }
    kept
}

/// A reply that is none: what it says is that of an error of ours.
pub(in crate::engine::http) fn check(way: Way, status: StatusCode) -> Result<(), Failure> {
    let code = status.as_u16();
    let good = match way {
        Way::Toolbox => matches!(code, 200..=299 | 400..=599),
        Way::ToolboxPort | Way::Preview => matches!(code, 200..=599),
    };
    if good {
        return Ok(());
    }
    // Not a 502: whoever asks again would run a command twice.
    let message = format!("the sandbox answered with the status {code}, which is not passed on");
    Err(Failure::new(StatusCode::INTERNAL_SERVER_ERROR, message).of_proxy())
}

/// Gives a reply the length that its body has, not that which it says it has.
pub(in crate::engine::http) fn measure(
    method: &Method,
    said: Option<&HeaderValue>,
    exact: Option<u64>,
    headers: &mut HeaderMap,
) {
    let length = if *method == Method::HEAD {
        said.and_then(|said| said.to_str().ok()?.parse().ok())
    } else {
        exact
    };
    if let Some(length) = length {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
}

/// An error of the toolbox, said again in its shape: bounded, and with nothing in it that no error has.
pub(in crate::engine::http) async fn said_again(status: StatusCode, body: Body) -> Response {
    let bytes = timeout(WAIT_FOR_ERROR, to_bytes(body, LONGEST_ERROR)).await;
    let bytes = bytes.ok().and_then(Result::ok).unwrap_or_default();
    let mut said: Map<String, Value> = serde_json::from_slice(&bytes).unwrap_or_default();
    let message = serde_json::from_slice::<ErrorBody>(&bytes)
        .ok()
        .and_then(|error| error.text());
    said.retain(|name, value| match name.as_str() {
        "path" | "timestamp" | "method" => value.is_string(),
        "code" => value.as_str().is_some_and(is_code),
        // An upload of several files tells of each.
        "files" | "errors" => value.is_array(),
        _ => false,
    });
    if message.is_some() || !said.contains_key("errors") {
        let reason = status.canonical_reason().unwrap_or("Error");
        let unsaid = || {
            format!(
                "the sandbox answered {} without saying why",
                status.as_u16()
            )
        };
        said.insert("statusCode".to_owned(), status.as_u16().into());
        said.insert("error".to_owned(), reason.into());
        said.insert("message".to_owned(), message.unwrap_or_else(unsaid).into());
        said.insert("source".to_owned(), "DAYTONA_DAEMON".into());
    }
    let mut response = (status, axum::Json(said)).into_response();
    response.extensions_mut().insert(Proxied);
    response
}

fn is_code(code: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    code.len() <= 64 && code.bytes().all(known)
}

/// Whether a server says something that only the engine may say: in its headers, or by its cookies, of
/// which those for all of `localhost` would reach other sandboxes' previews.
fn speaks_for_the_engine(name: &HeaderName, value: &HeaderValue) -> bool {
    if name.as_str().starts_with("x-daytona-") {
        return true;
    }
    if *name != SET_COOKIE {
        return false;
    }
    let cookie = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
    let mut parts = cookie.split(';').map(str::trim);
    let ours = parts
        .next()
        .is_some_and(|pair| pair.starts_with(COOKIE_PREFIX));
    let wide = parts
        .filter_map(|part| part.strip_prefix("domain"))
        .filter_map(|rest| rest.trim_start().strip_prefix('='))
        .any(|domain| domain.trim().trim_start_matches('.') == "localhost");
    ours || wide
}

fn is_active(headers: &HeaderMap) -> bool {
    text(headers, CONTENT_TYPE.as_str()).is_some_and(|kind| {
        let kind = kind.to_ascii_lowercase();
        let essence = kind.split(';').next().unwrap_or_default();
        ACTIVE.iter().any(|part| essence.contains(part))
    })
}

#[cfg(test)]
mod tests {
    use axum::http::header::{LOCATION, TRANSFER_ENCODING};

    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&str, &str)| {
            let name: HeaderName = name.parse().expect("a name");
            (name, HeaderValue::from_str(value).expect("a value"))
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn only_what_a_toolbox_says_passes_to_the_origin_of_the_api() {
        let sent = headers(&[
            ("content-type", "application/json"),
            ("content-range", "bytes 0-1/2"),
            ("content-length", "7"),
            ("location", "/api/sandbox"),
            ("set-cookie", "a=b"),
            ("x-daytona-engine", "9"),
            ("access-control-allow-origin", "*"),
            ("refresh", "0; url=/"),
            ("retry-after", "30"),
            ("content-encoding", "gzip"),
            ("www-authenticate", "Basic"),
        ]);
        let kept = filter(Way::Toolbox, &sent);
        let mut names: Vec<&str> = kept.keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "content-range",
                "content-security-policy",
                "content-type",
                "x-content-type-options"
            ]
        );
    }

    #[test]
    fn what_browsers_run_is_text() {
        for kind in [
            "text/html",
            "TEXT/HTML; charset=utf-8",
            "image/svg+xml",
            "application/xhtml+xml",
            "text/xml",
            "text/javascript",
        ] {
            let kept = filter(Way::ToolboxPort, &headers(&[("content-type", kind)]));
            assert_eq!(kept[CONTENT_TYPE], "text/plain; charset=utf-8", "{kind}");
        }
        for kind in ["application/json", "application/octet-stream", "image/png"] {
            let kept = filter(Way::Toolbox, &headers(&[("content-type", kind)]));
            assert_eq!(kept[CONTENT_TYPE], kind);
        }
    }

    #[test]
    fn a_preview_says_what_it_likes_but_not_in_the_engines_name() {
        let sent = headers(&[
            ("location", "/login"),
            ("x-frame-options", "DENY"),
            ("X-Daytona-Engine", "1"),
            ("set-cookie", "session=1; Path=/"),
            ("set-cookie", "daytona-sandbox-auth-x=stolen"),
            ("set-cookie", "Daytona-Sandbox-Auth-x=stolen"),
            ("set-cookie", "a=b; domain = .LOCALHOST"),
        ]);
        let kept = filter(Way::Preview, &sent);
        assert_eq!(kept.len(), 3, "{kept:?}");
        assert_eq!(kept[SET_COOKIE], "session=1; Path=/");
        assert_eq!(kept[LOCATION], "/login");
        assert!(!kept.contains_key(TRANSFER_ENCODING));
    }

    #[test]
    fn an_upgrade_is_to_what_was_asked_for() {
        let switching = StatusCode::SWITCHING_PROTOCOLS;
        let value = HeaderValue::from_static;
        let (asked, same, other) = (value("websocket"), value("WebSocket"), value("h2c"));
        assert!(switches(switching, Some(&asked), Some(&same)));
        assert!(!switches(switching, Some(&asked), Some(&other)));
        assert!(!switches(switching, Some(&asked), None));
        assert!(!switches(switching, None, Some(&same)));
        assert!(!switches(StatusCode::OK, Some(&asked), Some(&same)));
    }

    #[test]
    fn statuses_that_send_elsewhere_do_not_come_from_a_toolbox() {
        let passes = |way, code| check(way, StatusCode::from_u16(code).expect("a status")).is_ok();
        for code in [200, 206, 404, 500, 599] {
            assert!(passes(Way::Toolbox, code), "{code}");
        }
        for code in [100, 101, 103, 199, 301, 304, 307, 399, 600, 999] {
            assert!(!passes(Way::Toolbox, code), "{code}");
        }
        assert!(passes(Way::Preview, 307) && !passes(Way::Preview, 101));
        assert!(!passes(Way::Preview, 600));
    }
}
