//! Signed previews at an address: the token is the first part of the path, `/~TOKEN/…`, until a browser has
//! it as a cookie. The server behind sees neither.

use axum::extract::Request;
use axum::http::header::{HeaderMap, HeaderValue, LOCATION};
use axum::http::uri::PathAndQuery;
use axum::http::{Uri, header};

use super::auth::{COOKIE_PREFIX, take_cookie};
use super::host::TOKEN;
use crate::engine::http::auth::text;

/// The beginning of the path of a signed address.
pub(super) fn path_of(token: &str) -> String {
    format!("/~{token}")
}

/// The token at the beginning of a path, and the address without it.
pub(super) fn split(uri: &Uri) -> Option<(String, Uri)> {
    let whole = uri.path_and_query()?.as_str().strip_prefix("/~")?;
    let (token, rest) = whole.split_at_checked(TOKEN)?;
    let is_token = token
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if !is_token {
        return None;
    }
    let rest = match rest.as_bytes().first() {
        None => "/".to_owned(),
        Some(b'/') => rest.to_owned(),
        Some(b'?') => format!("/{rest}"),
        Some(_) => return None,
    };
    let rest = PathAndQuery::try_from(rest).ok()?;
    Some((token.to_owned(), Uri::from(rest)))
}

fn cookie_name(id: &str, port: u16) -> String {
    format!("{COOKIE_PREFIX}{id}-{port}")
}

/// Takes the cookie out that a browser was given for the token.
pub(super) fn take(request: &mut Request, id: &str, port: u16) -> Option<String> {
    take_cookie(request.headers_mut(), &cookie_name(id, port))
}

/// Gives the token as a cookie, which lasts no longer than it does: each request is checked.
pub(super) fn keep(headers: &mut HeaderMap, id: &str, port: u16, token: &str) {
    let name = cookie_name(id, port);
    let cookie = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax");
    headers.extend(HeaderValue::try_from(cookie).map(|value| (header::SET_COOKIE, value)));
}

/// Has a reply lead where it would without the token: a client without cookies goes on with the token.
pub(super) fn lead_back(headers: &mut HeaderMap, host: &str, token: &str) {
    let Some(target) = text(headers, LOCATION.as_str()) else {
        return;
    };
    let own = format!("http://{host}");
    let path = match target.strip_prefix(&own) {
        Some(rest) if rest.is_empty() || rest.starts_with(['/', '?']) => rest,
        None if target.starts_with('/') && !target.starts_with("//") => target,
        _ => return,
    };
    if let Ok(led) = HeaderValue::try_from(format!("{own}{}{path}", path_of(token))) {
        headers.insert(LOCATION, led);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_taken_from_the_beginning_of_a_path_only() {
        let of =
            |uri: &str| split(&uri.parse().unwrap()).map(|(token, uri)| (token, uri.to_string()));
        let found = |rest: &str| Some(("pww46jptpcmme2pl".to_owned(), rest.to_owned()));
        assert_eq!(of("/~pww46jptpcmme2pl"), found("/"));
        assert_eq!(of("/~pww46jptpcmme2pl?a=1"), found("/?a=1"));
        assert_eq!(of("/~pww46jptpcmme2pl//b%20c?d"), found("//b%20c?d"));
        for other in [
            "/",
            "/~user/x",
            "/~pww46jptpcmme2plx/",
            "/~PWW46jptpcmme2pl/",
            "/a/~pww46jptpcmme2pl/",
            "/~ä0000000000000000",
        ] {
            assert_eq!(of(&other.replace('ä', "%c3")), None, "{other}");
        }
    }

    #[test]
    fn redirects_keep_the_token_and_others_stay() {
        let led = |target: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(LOCATION, HeaderValue::from_str(target).unwrap());
            lead_back(&mut headers, "127.70.0.1:1", "t");
            headers[LOCATION].to_str().unwrap().to_owned()
        };
        assert_eq!(led("/a?b"), "http://127.70.0.1:1/~t/a?b");
        assert_eq!(led("http://127.70.0.1:1/a/"), "http://127.70.0.1:1/~t/a/");
        for other in [
            "a",
            "//evil/x",
            "http://127.70.0.1:12/",
            "https://b.example/",
        ] {
            assert_eq!(led(other), other);
        }
    }
}
