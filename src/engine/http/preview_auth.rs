//! What a request for a preview presents: found wherever it may stand, and taken out before it is passed on.

use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderValue};
use axum::http::uri::{PathAndQuery, Uri};
use percent_encoding::percent_decode_str;
use subtle::ConstantTimeEq as _;

const HEADER: &str = "x-daytona-preview-token";
const PARAMETER: &str = "DAYTONA_SANDBOX_AUTH_KEY";

/// Every credential of a request. None of them is the sandbox's to see.
#[derive(Debug, Default)]
pub(super) struct Presented {
    keyed: bool,
    header: Option<String>,
    cookie: Option<String>,
    query: Option<String>,
}

/// By which way a request may come in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Way {
    /// By something that comes along with each request.
    Kept,
    /// By its address: what a browser asks for next will not have it.
    Query,
}

/// The name of the cookie that opens a sandbox's previews.
pub(super) fn cookie_name(id: &str) -> String {
    format!("daytona-sandbox-auth-{id}")
}

impl Presented {
    /// Takes the credentials for the sandbox `id` from a request; `keyed` where it came with an API key.
    pub(super) fn take(request: &mut Request, id: &str, keyed: bool) -> Self {
        let query = take_parameter(request.uri_mut());
        let headers = request.headers_mut();
        // An application's own Authorization is its business.
        if keyed {
            headers.remove(AUTHORIZATION);
        }
        let header = headers
            .remove(HEADER)
            .and_then(|value| value.to_str().map(str::to_owned).ok());
        let cookie = take_cookie(headers, &cookie_name(id));
        Self {
            keyed,
            header,
            cookie,
            query,
        }
    }

    /// Whether they open a sandbox that has this token.
    pub(super) fn opens(&self, token: &str) -> Option<Way> {
        let fits = |given: &Option<String>| {
            !token.is_empty()
                && given
                    .as_ref()
                    .is_some_and(|given| given.as_bytes().ct_eq(token.as_bytes()).into())
        };
        if self.keyed || fits(&self.header) || fits(&self.cookie) {
            Some(Way::Kept)
        } else {
            fits(&self.query).then_some(Way::Query)
        }
    }

    /// Whether the address had a token: it should not stay there.
    pub(super) fn in_address(&self) -> bool {
        self.query.is_some()
    }
}

/// Takes the token out of the query; the other parameters stay as they were written.
fn take_parameter(uri: &mut Uri) -> Option<String> {
    let query = uri.query()?;
    let mut found = None;
    let mut kept = Vec::new();
    for pair in query.split('&') {
        match pair.split_once('=').unwrap_or((pair, "")) {
            (PARAMETER, value) => {
                found = Some(percent_decode_str(value).decode_utf8_lossy().into_owned());
            }
            _ => kept.push(pair),
        }
    }
    found.as_ref()?;
    let path = uri.path();
    let rest = if kept.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", kept.join("&"))
    };
    let rest = PathAndQuery::try_from(rest).unwrap_or_else(|_| PathAndQuery::from_static("/"));
    *uri = Uri::from(rest);
    found
}

fn take_cookie(headers: &mut HeaderMap, name: &str) -> Option<String> {
    let mut found = None;
    let mut kept = Vec::new();
    let mut odd = Vec::new();
    for value in headers.get_all(COOKIE) {
        let Ok(text) = value.to_str() else {
            odd.push(value.clone());
            continue;
        };
        for pair in text.split(';').map(str::trim) {
            match pair.split_once('=') {
                Some((key, value)) if key == name => found = Some(value.to_owned()),
                _ => kept.push(pair),
            }
        }
    }
    found.as_ref()?;
    let kept = HeaderValue::try_from(kept.join("; ")).ok();
    headers.remove(COOKIE);
    for value in kept.filter(|kept| !kept.is_empty()).into_iter().chain(odd) {
        headers.append(COOKIE, value);
    }
    found
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::Request;

    use super::{Presented, Way};

    fn request(uri: &str, headers: &[(&str, &str)]) -> Request {
        let mut request = Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::empty()).expect("request")
    }

    #[test]
    fn credentials_open_and_are_taken_out() {
        for (uri, header, expected, left) in [
            (
                "/a?x=1",
                ("x-daytona-preview-token", "t"),
                Some(Way::Kept),
                None,
            ),
            ("/a?x=1", ("x-daytona-preview-token", "u"), None, None),
            ("/a?x=1", ("x-daytona-preview-token", ""), None, None),
            (
                "/a?x=1",
                ("authorization", "Bearer key"),
                Some(Way::Kept),
                None,
            ),
            (
                "/a?x=1",
                ("authorization", "Basic eA=="),
                None,
                Some("Basic eA=="),
            ),
            (
                "/a?x=1",
                ("cookie", "b=1; daytona-sandbox-auth-id=t; c=2"),
                Some(Way::Kept),
                Some("b=1; c=2"),
            ),
            (
                "/a?x=1",
                ("cookie", "daytona-sandbox-auth-id=t"),
                Some(Way::Kept),
                None,
            ),
            (
                "/a?x=1",
                ("cookie", "daytona-sandbox-auth-other=t"),
                None,
                Some("daytona-sandbox-auth-other=t"),
            ),
            (
                "/a?DAYTONA_SANDBOX_AUTH_KEY=t&x=1",
                ("accept", "*/*"),
                Some(Way::Query),
                Some("*/*"),
            ),
            (
                "/a?x=1&DAYTONA_SANDBOX_AUTH_KEY=wrong",
                ("accept", "*/*"),
                None,
                Some("*/*"),
            ),
        ] {
            let mut request = request(uri, &[header]);
            let keyed = header.1 == "Bearer key";
            let presented = Presented::take(&mut request, "id", keyed);
            assert_eq!(presented.opens("t"), expected, "{uri} {header:?}");
            assert_eq!(request.uri(), "/a?x=1", "{uri}");
            let kept = request.headers().get(header.0);
            assert_eq!(kept.and_then(|kept| kept.to_str().ok()), left, "{header:?}");
        }
    }

    #[test]
    fn a_token_that_is_not_there_opens_nothing() {
        let mut request = request(
            "/?DAYTONA_SANDBOX_AUTH_KEY=",
            &[("x-daytona-preview-token", "")],
        );
        let presented = Presented::take(&mut request, "id", false);
        assert_eq!(presented.opens(""), None);
        assert_eq!(request.uri(), "/");
    }
}
