//! What a request for a preview presents: found wherever it may stand, and taken out before it is passed on.

use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderValue};
use axum::http::uri::{PathAndQuery, Uri};
use percent_encoding::percent_decode_str;

use crate::engine::service::{Door, Opens};

pub(in crate::engine::http) const HEADER: &str = "x-daytona-preview-token";
/// What the name of each cookie begins with that opens previews.
pub(in crate::engine::http) const COOKIE_PREFIX: &str = "daytona-sandbox-auth-";
const PARAMETER: &str = "DAYTONA_SANDBOX_AUTH_KEY";

/// Every credential of a request. None of them is the sandbox's to see.
#[derive(Debug, Default)]
pub(in crate::engine::http) struct Presented {
    keyed: Option<Opens>,
    header: Option<String>,
    cookie: Option<String>,
    query: Option<String>,
}

/// By which way a request may come in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::engine::http) enum Way {
    /// By something that comes along with each request.
    Kept,
    /// By its address: what a browser asks for next will not have it.
    Query,
}

/// The name of the cookie that opens a sandbox's previews.
pub(in crate::engine::http) fn cookie_name(id: &str) -> String {
    format!("{COOKIE_PREFIX}{id}")
}

impl Presented {
    /// Takes the credentials for the sandbox `id` from a request; `keyed` is what an API key opens that
    /// came with it.
    pub(in crate::engine::http) fn take(
        request: &mut Request,
        id: &str,
        keyed: Option<Opens>,
    ) -> Self {
        let query = take_parameter(request.uri_mut());
        let headers = request.headers_mut();
        // An application's own Authorization is its business.
        if keyed.is_some() {
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

    /// What they open of a sandbox, and by which way; of two credentials the one that opens more.
    pub(in crate::engine::http) fn opens(&self, door: &Door) -> Option<(Opens, Way)> {
        let token = |given: &Option<String>| door.opened_by(given.as_deref()?);
        [
            (token(&self.query), Way::Query),
            (self.keyed, Way::Kept),
            (token(&self.header), Way::Kept),
            (token(&self.cookie), Way::Kept),
        ]
        .into_iter()
        .filter_map(|(opens, way)| Some((opens?, way)))
        .max_by_key(|(opens, _)| *opens)
    }

    /// Whether the address had a token: it should not stay there.
    pub(in crate::engine::http) fn in_address(&self) -> bool {
        self.query.is_some()
    }
}

/// The token in an address.
pub(in crate::engine::http) fn token_in(uri: &Uri) -> Option<String> {
    let pairs = uri.query()?.split('&');
    let mut given = pairs.filter_map(|pair| pair.strip_prefix(PARAMETER)?.strip_prefix('='));
    let token = given.next()?;
    Some(percent_decode_str(token).decode_utf8_lossy().into_owned())
}

/// Takes the token out of the query; the other parameters stay as they were written.
pub(in crate::engine::http) fn take_parameter(uri: &mut Uri) -> Option<String> {
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

/// Takes a cookie out; the others stay.
pub(in crate::engine::http) fn take_cookie(headers: &mut HeaderMap, name: &str) -> Option<String> {
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

    use super::{Opens, Presented, token_in};

    fn request(uri: &str, headers: &[(&str, &str)]) -> Request {
        let mut request = Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::empty()).expect("request")
    }

    #[test]
    fn credentials_are_found_and_taken_out() {
        let found = |presented: &Presented| {
            [&presented.header, &presented.cookie, &presented.query]
                .map(|given| given.clone().unwrap_or_default())
        };
        for (uri, header, expected, left) in [
            (
                "/a?x=1",
                ("x-daytona-preview-token", "t"),
                ["t", "", ""],
                None,
            ),
            (
                "/a?x=1",
                ("authorization", "Bearer key"),
                ["", "", ""],
                None,
            ),
            (
                "/a?x=1",
                ("authorization", "Basic eA=="),
                ["", "", ""],
                Some("Basic eA=="),
            ),
            (
                "/a?x=1",
                ("cookie", "b=1; daytona-sandbox-auth-id=t; c=2"),
                ["", "t", ""],
                Some("b=1; c=2"),
            ),
            (
                "/a?x=1",
                ("cookie", "daytona-sandbox-auth-id=t"),
                ["", "t", ""],
                None,
            ),
            (
                "/a?x=1",
                ("cookie", "daytona-sandbox-auth-other=t"),
                ["", "", ""],
                Some("daytona-sandbox-auth-other=t"),
            ),
            (
                "/a?DAYTONA_SANDBOX_AUTH_KEY=t%21&x=1",
                ("accept", "*/*"),
                ["", "", "t!"],
                Some("*/*"),
            ),
        ] {
            let mut request = request(uri, &[header]);
            let keyed = (header.1 == "Bearer key").then_some(Opens::Previews);
            let presented = Presented::take(&mut request, "id", keyed);
            assert_eq!(found(&presented), expected, "{uri} {header:?}");
            assert_eq!(request.uri(), "/a?x=1", "{uri}");
            let kept = request.headers().get(header.0);
            assert_eq!(kept.and_then(|kept| kept.to_str().ok()), left, "{header:?}");
        }
    }

    #[test]
    fn a_token_in_an_address_is_read_to_the_letter() {
        for (uri, expected) in [
            ("/?DAYTONA_SANDBOX_AUTH_KEY=t", Some("t")),
            ("/?a=1&DAYTONA_SANDBOX_AUTH_KEY=t%21&b", Some("t!")),
            ("/?DAYTONA_SANDBOX_AUTH_KEY", None),
            ("/?XDAYTONA_SANDBOX_AUTH_KEY=t", None),
            ("/?daytona_sandbox_auth_key=t", None),
            ("/", None),
        ] {
            let uri = uri.parse().expect("an address");
            assert_eq!(token_in(&uri).as_deref(), expected, "{uri}");
        }
    }
}
