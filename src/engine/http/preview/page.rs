//! A refused preview as a person sees it in a browser: one small page that says what to do.

use std::fmt::Write as _;

use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName};
use axum::response::{IntoResponse, Response};

use crate::engine::http::auth::text;
use crate::engine::http::failure::{Failure, Proxied};

const HEADERS: [(HeaderName, &str); 3] = [
    (CONTENT_TYPE, "text/html; charset=utf-8"),
    (CACHE_CONTROL, "no-store"),
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    ),
];

/// Whether whoever asks shows pages to people.
pub(super) fn wants_page(headers: &HeaderMap) -> bool {
    text(headers, ACCEPT.as_str()).is_some_and(|accept| accept.contains("text/html"))
}

/// The query of the button that starts a sandbox.
pub(super) const START: &str = "daytona-start";

/// The page of a failure: its first sentence is the title, the others are below.
pub(super) fn page(failure: &Failure, start: bool) -> Response {
    let status = failure.status();
    let message = failure.message();
    let (title, rest) = message.split_once("; ").unwrap_or((message, ""));
    let button = if start {
        format!("<form method=\"post\" action=\"?{START}\"><button>Start it</button></form>")
    } else {
        String::new()
    };
    let body = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{status}</title>\
         <style>body{{font:16px/1.5 system-ui,sans-serif;max-width:40em;margin:15vh auto;padding:0 1em;\
         color-scheme:light dark}}h1{{font-size:1.3em}}small{{opacity:.6}}</style></head>\
         <body><h1>{}</h1><p>{}</p>{button}<small>{status} · daytona</small></body></html>\n",
        escaped(title),
        escaped(rest),
    );
    let mut response = (status, HEADERS, body).into_response();
    response.extensions_mut().insert(Proxied);
    response
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut safe, c| {
        match c {
            '<' | '>' | '&' | '"' | '\'' => {
                let _ = write!(safe, "&#{};", u32::from(c));
            }
            c => safe.push(c),
        }
        safe
    })
}
