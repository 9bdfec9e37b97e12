//! What comes back, from servers and from what runs in sandboxes: bounded, decoded strictly, and never
//! shown as it came.

use std::fmt::Write as _;

use futures_util::StreamExt as _;
use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Method, Response, StatusCode, Url};
use serde::de::DeserializeOwned;

use crate::error::{Command, Error, Hint, Kind, Result};

use super::retry::asked_to_wait;
use super::types::{API_VERSION_HEADER, ErrorBody};

/// The largest reply that is read as JSON: outputs and pictures are in some.
pub(super) const LARGEST: usize = 64 << 20;
/// How much of an error is read, and how long its message may be.
const LONGEST_ERROR: usize = 64 << 10;
const LONGEST_MESSAGE: usize = 4 << 10;
/// How long the reason of an end may be.
pub(super) const LONGEST_REASON: usize = 500;
/// How much of a reply is read that nobody wants, so that its connection can be used again.
const IGNORED: usize = 64 << 10;

/// The JSON of a good reply.
pub(super) async fn decode<T: DeserializeOwned>(url: &str, response: Response) -> Result<T> {
    let status = response.status();
    let said_length = response.content_length();
    if said_length.is_some_and(|length| length > LARGEST as u64) {
        return Err(too_large(url));
    }
    let mut body = Vec::new();
    let mut chunks = response.bytes_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| broken(url, error))?;
        if body.len() + chunk.len() > LARGEST {
            return Err(too_large(url));
        }
        body.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&body).map_err(|error| {
        let why = said(&error.to_string(), LONGEST_MESSAGE);
        Error::new(
            Kind::Unavailable,
            format!(
                "{url} answered {status} with something that is not the expected JSON ({why}): {}",
                first_line(&body)
            ),
        )
        .hint("check that the API URL is a Daytona API, usually ending in /api: `daytona config show`")
    })
}

/// That a reply is larger than any that makes sense.
pub(super) fn too_large(url: &str) -> Error {
    let message = format!(
        "the reply of {url} is larger than {} MiB, which is not read",
        LARGEST >> 20
    );
    Error::new(Kind::Limit, message)
}

/// Waits for the end of a reply that has nothing to say; one that goes on is left.
pub(super) async fn ignore(url: &str, response: Response) -> Result<()> {
    let mut length = 0;
    let mut chunks = response.bytes_stream();
    while length <= IGNORED
        && let Some(chunk) = chunks.next().await
    {
        length += chunk.map_err(|error| broken(url, error))?.len();
    }
    Ok(())
}

/// The first bytes of a reply, as far as they come.
async fn first_bytes(response: Response, most: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut chunks = response.bytes_stream();
    while bytes.len() < most
        && let Some(Ok(chunk)) = chunks.next().await
    {
        let wanted = (most - bytes.len()).min(chunk.len());
        bytes.extend_from_slice(&chunk[..wanted]);
    }
    bytes
}

fn broken(url: &str, error: reqwest::Error) -> Error {
    let kind = if error.is_timeout() {
        Kind::Timeout
    } else {
        Kind::Unavailable
    };
    Error::new(kind, format!("the reply of {url} broke off")).because(error.without_url())
}

/// The error that a refusing reply to a request of this method stands for; status and first line are always
/// shown.
pub(super) async fn refused(method: &Method, response: Response) -> Error {
    let status = response.status();
    let (wait, limited) = (
        asked_to_wait(response.headers()),
        limited(response.headers()),
    );
    let url = response.url().clone();
    let version = response.headers().get(API_VERSION_HEADER).cloned();
    let body = first_bytes(response, LONGEST_ERROR).await;
    if status == StatusCode::NOT_FOUND && is_no_route(method, &url, &body) {
        return no_route(method, &url, version.as_ref());
    }
    if body.is_empty()
        && status.is_client_error()
        && let Some(path) = file_of(&url)
    {
        return of_file(status, &path);
    }
    let parsed = serde_json::from_slice::<ErrorBody>(&body).ok();
    let message = parsed.as_ref().and_then(ErrorBody::text);
    let message = message.map(|message| said(&message, LONGEST_MESSAGE));
    let kind = match status.as_u16() {
        401 | 403 => Kind::Auth,
        404 | 410 => Kind::NotFound,
        408 | 504 => Kind::Timeout,
        409 => Kind::Conflict,
        412 => Kind::Unconfirmed,
        422 | 501 => Kind::Unsupported,
        429 => Kind::Limit,
        502 | 503 => Kind::Unavailable,
        _ => Kind::Other,
    };
    // A page that is not the API's says nothing about a sandbox.
    let kind = match kind {
        Kind::NotFound if parsed.is_none() && !body.is_empty() => Kind::Unavailable,
        kind => kind,
    };
    let reason = status.canonical_reason().unwrap_or("");
    let Some(message) = message else {
        return Error::new(
            kind,
            format!("{} answered {} {reason}: {}", url.origin().ascii_serialization(), status.as_u16(), first_line(&body)),
        )
        .hint("check that the API URL is a Daytona API, usually ending in /api: `daytona config show`");
    };
    let inside = parsed.as_ref().and_then(|body| body.source.as_deref()) == Some("DAYTONA_DAEMON");
    let code = parsed.as_ref().and_then(|body| body.code.as_deref());
    let quota = !inside && matches!(status.as_u16(), 400 | 403) && is_quota(code, &message);
    let kind = if quota { Kind::Limit } else { kind };
    let error = Error::new(kind, format!("{message} ({} {reason})", status.as_u16()));
    match status.as_u16() {
        _ if quota => error.hint(
            Hint::new("this is the organization's limit, not the key: stop or delete what is not needed (").step(Command::new("list")).words("), or have the limit raised")
        ),
        403 if inside => {
            error.hint("inside the sandbox this belongs to somebody else: its user may not do that")
        }
        401 => error.hint("check the key and where it is sent: `daytona config show`"),
        403 => match permission(method, &url) {
            Some(needed) => error.hint(format!(
                "the key lacks the permission {needed}: see which key it is with `daytona config show`"
            )),
            None => error.hint(
                "the key lacks a permission for this: see which key it is with `daytona config show`",
            ),
        },
        429 => match wait {
            Some(wait) => error.hint(format!(
                "the server limits {limited}: it asks to wait {} s",
                wait.as_secs()
            )),
            None => error.hint("wait a little, then run it again"),
        },
        _ => error,
    }
}

/// Whether a 404 says that the server does not have the route, as NestJS (the API) and Go (the toolbox) say it.
fn is_no_route(method: &Method, url: &Url, body: &[u8]) -> bool {
    if body.trim_ascii() == b"404 page not found" {
        return true;
    }
    let said = serde_json::from_slice::<ErrorBody>(body).ok();
    let said = said.as_ref().and_then(|body| body.message.as_str());
    let (path, query) = (url.path(), url.query());
    let whole = query.map_or(path.to_owned(), |query| format!("{path}?{query}"));
    said.is_some_and(|said| {
        said == format!("Cannot {method} {path}") || said == format!("Cannot {method} {whole}")
    })
}

fn no_route(method: &Method, url: &Url, version: Option<&HeaderValue>) -> Error {
    let version = version.and_then(|version| version.to_str().ok());
    let version = version.map_or(String::new(), |version| {
        format!(" (Daytona {})", said(version, 40))
    });
    let message = format!(
        "this server{version} does not have this: it knows no {method} {}",
        said(url.path(), LONGEST_REASON)
    );
    Error::new(Kind::Unsupported, message).hint(
        "older servers lack what newer ones have; if it should be there, check the API URL, usually ending in \
         /api: `daytona config show`",
    )
}

/// The path that a request about a file of a sandbox names.
fn file_of(url: &Url) -> Option<String> {
    if !url.path().contains("/files") {
        return None;
    }
    let mut pairs = url.query_pairs();
    let (_, path) = pairs.find(|(key, _)| key == "path" || key == "source")?;
    Some(said(&path, LONGEST_REASON))
}

/// What a status stands for where it is all that the toolbox says of a file.
fn of_file(status: StatusCode, path: &str) -> Error {
    let (kind, why) = match status {
        StatusCode::NOT_FOUND => (
            Kind::NotFound,
            "there is no such file or folder in the sandbox",
        ),
        StatusCode::FORBIDDEN => (Kind::Auth, "the sandbox's user may not do that"),
        _ => (Kind::Other, "the sandbox refused it"),
    };
    Error::new(kind, format!("{path}: {why} ({})", status.as_u16()))
}

/// The permission that the API asks of a key for a request (its documentation, `API keys`); none where it is not
/// known.
fn permission(method: &Method, url: &Url) -> Option<&'static str> {
    let path = url.path();
    let rest = path
        .split("/api/")
        .nth(1)
        .or_else(|| path.strip_prefix('/'))?;
    let mut parts = rest.split('/');
    let (noun, what) = (parts.next()?, parts.next().is_some());
    let (reads, deletes) = (*method == Method::GET, *method == Method::DELETE);
    Some(match noun {
        "toolbox" => "write:sandboxes",
        "sandbox" if deletes && what => "delete:sandboxes",
        "sandbox" if !reads => "write:sandboxes",
        "snapshots" if deletes => "delete:snapshots",
        "snapshots" if !reads => "write:snapshots",
        "volumes" if reads => "read:volumes",
        "volumes" if deletes => "delete:volumes",
        "volumes" => "write:volumes",
        "secret" => "manage:secrets",
        "api-keys" => "manage:api_keys",
        _ => return None,
    })
}

/// What a server limits, by the header in which it asks to wait.
fn limited(headers: &HeaderMap) -> &'static str {
    let has = |name: &str| headers.contains_key(name);
    if has("retry-after-sandbox-create") {
        "how often sandboxes are created"
    } else if has("retry-after-sandbox-lifecycle") {
        "how often sandboxes are started, stopped and deleted"
    } else if has("x-ratelimit-limit-failed-auth") {
        "requests whose key is refused"
    } else {
        "requests"
    }
}

/// Whether a refusal is for want of quota or credit. Servers say so by the same status as for want of a
/// permission, and most give no code: then their own words have to tell.
fn is_quota(code: Option<&str>, message: &str) -> bool {
    let code = code.unwrap_or_default().to_ascii_uppercase();
    let message = message.to_ascii_lowercase();
    let words = [
        "limit exceeded",
        "quota",
        "maximum allowed",
        "depleted credits",
        "organization is suspended",
    ];
    code.contains("QUOTA")
        || code.contains("LIMIT_EXCEEDED")
        || words.iter().any(|words| message.contains(words))
}

/// A text from elsewhere as part of a message of ours: not much longer than that, and nothing in it that a
/// terminal or a log would obey. Of a longer one the middle is left out: reasons stand at the end.
pub(super) fn said(text: &str, most: usize) -> String {
    let mut safe = String::new();
    let cut = text.len() > most;
    let (head, tail) = if cut {
        let (head, tail) = (most - most / 4, most / 4);
        (
            text.floor_char_boundary(head),
            text.ceil_char_boundary(text.len() - tail),
        )
    } else {
        (text.len(), text.len())
    };
    escape(&mut safe, &text[..head]);
    if cut {
        safe.push('…');
        escape(&mut safe, &text[tail..]);
    }
    safe
}

fn escape(into: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_control() && c != '\n' && c != '\t' {
            let _ = write!(into, "\\u{{{:x}}}", u32::from(c));
        } else {
            into.push(c);
        }
    }
}

fn first_line(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(LONGEST_ERROR)]);
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or("(empty reply)");
    said(line, 200)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_html_is_cut_to_its_first_line() {
        assert_eq!(first_line(b"\n  <html>\n<body>"), "<html>");
        assert_eq!(first_line(b""), "(empty reply)");
        assert_eq!(
            first_line(&[b'a'; 300]),
            format!("{}…{}", "a".repeat(150), "a".repeat(50))
        );
    }

    #[test]
    fn quota_is_told_from_permission() {
        for message in [
            "Total CPU limit exceeded. Maximum allowed: 10.",
            "Organization is suspended: Depleted credits",
            "CPU request 8 exceeds maximum allowed per sandbox (4)",
            "Volume quota reached",
        ] {
            assert!(is_quota(None, message), "{message}");
        }
        assert!(is_quota(Some("SANDBOX_QUOTA_EXCEEDED"), "no"));
        for message in [
            "Access denied",
            "Forbidden resource",
            "Invalid authentication context",
        ] {
            assert!(!is_quota(Some("FORBIDDEN"), message), "{message}");
        }
    }

    #[test]
    fn nothing_is_left_that_a_terminal_obeys() {
        assert_eq!(
            said("a\u{1b}[2J\0\u{9b}b\r\nc", 100),
            "a\\u{1b}[2J\\u{0}\\u{9b}b\\u{d}\nc"
        );
        let long = format!("{}: the reason", "ä".repeat(100));
        assert!(said(&long, 60).ends_with("the reason") && said(&long, 60).len() < 70);
    }
}
