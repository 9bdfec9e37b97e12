//! Who may come in: requests that were meant for this host, with a key that permits them.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{AUTHORIZATION, HOST};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use subtle::ConstantTimeEq as _;

use crate::engine::service::{Opens, Service};
use crate::error::{Error, Kind, Result};

use super::Api;
use super::failure::Failure;
use super::permission::{Caller, Need};
use super::preview;
use super::preview::auth::token_in;
use super::preview::host::Target;
use super::routes::Needs;
use super::toolbox::proxy::asks_to_upgrade;
use super::toolbox::signed_file::Ticket;

/// What is asked before each request.
pub(super) struct Gate {
    pub(super) api: Arc<Api>,
    pub(super) needs: Needs,
}

/// Passes a request on, or refuses it.
pub(super) async fn check(
    State(gate): State<Arc<Gate>>,
    route: Option<MatchedPath>,
    mut request: Request,
    next: Next,
) -> Response {
    let api = &gate.api;
    let headers = request.headers();
    let host = text(headers, HOST.as_str()).unwrap_or_default();
    // A name that an attacker's DNS points at us arrives here, with a browser's help: not with our name.
    if !is_ours(host, api.listen.ip()) {
        return Failure::new(
            StatusCode::FORBIDDEN,
            format!("the host {host:?} is not a name of this engine; use localhost or 127.0.0.1"),
        )
        .into_response();
    }
    // What sandboxes serve has names and credentials of its own, and never reaches the API.
    if let Some(target) = Target::parse(host).or_else(|| api.doors.target(host)) {
        return preview::proxy::serve(api, target, request).await;
    }
    let route = route.as_ref().map(MatchedPath::as_str);
    let need = gate.needs.of(request.method(), route);
    if need == Need::Nothing {
        return next.run(request).await;
    }
    let of_proxy = request.uri().path().starts_with("/toolbox");
    let refuse = |failure: Failure| {
        let failure = if of_proxy {
            failure.of_proxy()
        } else {
            failure
        };
        failure.into_response()
    };
    let caller = match caller(api, request.headers()).await {
        Ok(caller) => caller,
        Err(error) => return refuse(error.into()),
    };
    let refusal = match caller {
        Some(caller) if need.is_met(&caller) => {
            request.extensions_mut().insert(caller);
            return next.run(request).await;
        }
        Some(_) => Failure::new(StatusCode::FORBIDDEN, "Access denied"),
        None => Error::new(Kind::Auth, "Invalid credentials").into(),
    };
    let otherwise = match need {
        Need::OrSignedFile(_) => match Ticket::of(request.method(), request.uri()) {
            Some(ticket) => ticket.check(api).await,
            None => Err(refusal),
        },
        Need::OrSocketToken(_) if opened_by_token(api, request.uri(), request.headers()).await => {
            Ok(())
        }
        _ => Err(refusal),
    };
    match otherwise {
        Ok(()) => next.run(request).await,
        Err(refusal) => refuse(refusal),
    }
}

/// Who presents a key that holds.
pub(super) async fn caller(api: &Api, headers: &HeaderMap) -> Result<Option<Caller>> {
    match presented(headers) {
        Some(key) => holder(&api.service, api.key.expose(), key).await,
        None => Ok(None),
    }
}

/// Who has a key: the engine's own, or one that was made here.
pub(super) async fn holder(service: &Service, own: &str, given: &str) -> Result<Option<Caller>> {
    if is_key(given, own) {
        return Ok(Some(Caller::Owner));
    }
    Ok(service.known_key(given).await?.map(Caller::Key))
}

/// Whether it is a WebSocket of a toolbox whose address has the sandbox's token for those. Who can send a
/// header can send a key; a cookie comes with whatever any page asks for.
async fn opened_by_token(api: &Api, uri: &Uri, headers: &HeaderMap) -> bool {
    if !asks_to_upgrade(headers) {
        return false;
    }
    let Some(given) = token_in(uri) else {
        return false;
    };
    let id = uri.path().split('/').nth(2).unwrap_or_default();
    let door = api.service.door(id).await;
    door.is_ok_and(|door| door.opened_by(&given) == Some(Opens::Sockets))
}

pub(super) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn presented(headers: &HeaderMap) -> Option<&str> {
    let (scheme, given) = text(headers, AUTHORIZATION.as_str())?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(given.trim())
}

fn is_key(given: &str, key: &str) -> bool {
    given.as_bytes().ct_eq(key.as_bytes()).into()
}

/// Whether a `Host` header names this machine from itself, or the address that the engine was given.
fn is_ours(host: &str, listen: IpAddr) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    if name == "localhost" || Target::parse(host).is_some() {
        return true;
    }
    // An address is no name that could be pointed elsewhere: where we listen on all, any is ours.
    name.parse::<IpAddr>()
        .is_ok_and(|ip| ip.is_loopback() || ip == listen || listen.is_unspecified())
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::is_ours;

    #[test]
    fn only_our_own_names_are_ours() {
        let loopback: IpAddr = "127.0.0.1".parse().expect("address");
        for host in [
            "localhost",
            "LOCALHOST:3986",
            "localhost.:1",
            "3000-0123456789abcdef.localhost:3986",
            "127.0.0.1:3986",
            "127.8.9.1",
            "[::1]:3986",
        ] {
            assert!(is_ours(host, loopback), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "evillocalhost",
            "api.localhost",
            "3000-box.localhost:3986",
            "192.168.1.5:3986",
            "[fe80::1]",
        ] {
            assert!(!is_ours(host, loopback), "{host}");
        }
        let named: IpAddr = "192.168.1.5".parse().expect("address");
        assert!(is_ours("192.168.1.5:3986", named));
        let all: IpAddr = "0.0.0.0".parse().expect("address");
        assert!(is_ours("192.168.1.5:3986", all));
        assert!(!is_ours("evil.example", all));
    }
}
