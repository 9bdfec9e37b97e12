//! The toolbox proxy: requests to the guest inside a sandbox, streamed both ways, upgrades included.

use std::collections::HashMap;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{self, Path, Request};
use axum::http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, COOKIE, EXPECT, HOST, HeaderMap, HeaderValue,
    UPGRADE,
};
use axum::http::{HeaderName, Method, StatusCode, Uri};
use axum::response::Response;
use http_body_util::BodyExt as _;
use hyper::body::Body as _;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::time::sleep;

use crate::api::types::State;
use crate::engine::service::{Guest, Held};
use crate::error::{Error, Kind};
use crate::http_upgrade::{join, reinstate, strip};

use super::pulse::Pulse;
use super::reply::{self, Way};
use crate::engine::http::failure::{Failure, Proxied};
use crate::engine::http::preview::auth::{HEADER, take_parameter};
use crate::engine::http::{Api, Shared};

/// The most headers that a guest's reply may have, and the longest head.
const MAX_HEADERS: usize = 64;
const MAX_HEAD: usize = 128 << 10;

/// The longest body that is sent to a guest at once.
const SMALL: u64 = 64 << 10;

/// How often, and after which pauses, it is looked whether a sandbox has ended that gave no answer.
const LOOKS: u32 = 10;
const LOOK: Duration = Duration::from_millis(20);

/// Clients ask by it not to be counted as activity.
const QUIET: &str = "x-daytona-skip-last-activity-update";

pub(in crate::engine::http) async fn forward(
    extract::State(api): Shared,
    Path(params): Path<HashMap<String, String>>,
    mut request: Request,
) -> Result<Response, Failure> {
    let id = params.get("id").map(String::as_str).unwrap_or_default();
    *request.uri_mut() = inner(request.uri());
    // Credentials are for us; whatever came along with a request is not the sandbox's to see.
    take_parameter(request.uri_mut());
    for name in [AUTHORIZATION, COOKIE, HeaderName::from_static(HEADER)] {
        request.headers_mut().remove(name);
    }
    let way = if let Some(port) = port_of_proxy(request.uri()) {
        // The engine's own name means nothing to the server at that port.
        let own = HeaderValue::try_from(format!("localhost:{port}"));
        if let Ok(own) = own
            && let Some(asked) = request.headers_mut().insert(HOST, own)
        {
            let name = HeaderName::from_static("x-forwarded-host");
            request.headers_mut().entry(name).or_insert(asked);
        }
        Way::ToolboxPort
    } else {
        Way::Toolbox
    };
    pass(&api, id, way, request).await
}

/// The port that is asked for by the toolbox's proxy.
fn port_of_proxy(uri: &Uri) -> Option<&str> {
    uri.path().strip_prefix("/proxy/")?.split('/').next()
}

/// Asks the guest of a sandbox as it is written, but for what is between two neighbours only.
pub(in crate::engine::http) async fn pass(
    api: &Api,
    id: &str,
    way: Way,
    request: Request,
) -> Result<Response, Failure> {
    let (sender, guest) = reach(api, id).await?;
    let id = &guest.id;
    if changes(&request) {
        api.service.note_change(id);
    }
    let quiet = request.headers().contains_key(QUIET);
    let held = if quiet {
        None
    } else {
        api.service.touch(id).await;
        Some(api.service.hold(id))
    };
    let answer = exchange(
        sender,
        way,
        request,
        held,
        Pulse::of(&api.service, guest.clone()),
    )
    .await;
    match answer {
        Err(failure) if failure.is_server_error() => Err(ended(api, id).await.unwrap_or(failure)),
        answer => answer,
    }
}

/// Says so where a sandbox has ended meanwhile: then nothing is wrong with it, and nobody need try again.
async fn ended(api: &Api, id: &str) -> Option<Failure> {
    for _ in 0..LOOKS {
        let how = match api.service.get(id).await {
            Err(error) if error.kind() == Kind::NotFound => "deleted",
            Err(_) => return None,
            Ok(sandbox) => match sandbox.state {
                State::Destroying | State::Destroyed => "deleted",
                // It is noted in a moment, where it ended by itself.
                State::Started => {
                    sleep(LOOK).await;
                    continue;
                }
                _ => "stopped",
            },
        };
        let message = format!("the sandbox was {how} before it answered");
        return Some(Failure::new(StatusCode::GONE, message).of_proxy());
    }
    None
}

/// Whether a request may change something inside: all but a look.
fn changes(request: &Request) -> bool {
    let look = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    !look || request.headers().contains_key(UPGRADE)
}

/// The way in which one request goes to a guest.
type Sender = http1::SendRequest<Body>;

async fn reach(api: &Api, id_or_name: &str) -> Result<(Sender, Guest), Failure> {
    let guest = api
        .service
        .running(id_or_name)
        .await
        .map_err(|error| Failure::from(error).of_proxy())?;
    let stream = guest.connect().await.map_err(|error| unreachable(&error))?;
    let (sender, connection) = http1::Builder::new()
        .max_headers(MAX_HEADERS)
        .max_buf_size(MAX_HEAD)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|error| unreachable(&Error::internal("no connection").because(error)))?;
    tokio::spawn(async move {
        if let Err(error) = connection.with_upgrades().await {
            tracing::debug!("a connection to a guest ended: {error}");
        }
    });
    Ok((sender, guest))
}

fn unreachable(error: &Error) -> Failure {
    tracing::warn!("{error}");
    let message = format!("the sandbox cannot be reached: {}", error.text());
    Failure::new(StatusCode::BAD_GATEWAY, message).of_proxy()
}

/// Not a 502 where the guest may have begun: clients try those again, and a command would run twice.
fn broke_off(error: hyper::Error) -> Failure {
    if error.is_canceled() {
        let message = "its guest hung up before it was asked";
        return unreachable(&Error::new(Kind::Unavailable, message).because(error));
    }
    tracing::warn!("a guest broke off: {error}");
    let message = format!("the sandbox broke off before it answered: {error}");
    Failure::new(StatusCode::INTERNAL_SERVER_ERROR, message).of_proxy()
}

fn silent() -> Failure {
    let message = "the sandbox does not answer: its first process is halted or hangs; stop it: `daytona stop --force SANDBOX`";
    Failure::new(StatusCode::GATEWAY_TIMEOUT, message).of_proxy()
}

async fn exchange(
    mut sender: Sender,
    way: Way,
    mut request: Request,
    held: Option<Held>,
    pulse: Pulse,
) -> Result<Response, Failure> {
    let method = request.method().clone();
    let client = asks_to_upgrade(request.headers()).then(|| hyper::upgrade::on(&mut request));
    let asked = strip(request.headers_mut()).filter(|_| client.is_some());
    request.headers_mut().remove(EXPECT);
    reinstate(request.headers_mut(), asked.clone());
    let request = together(request).await?;
    let mut response = tokio::select! {
        response = sender.send_request(request) => response.map_err(broke_off)?,
        () = pulse.lost() => return Err(silent()),
    };
    let answered = strip(response.headers_mut());
    let mut headers = reply::filter(way, response.headers());
    let status = response.status();
    if let Some(client) = client
        && reply::switches(status, asked.as_ref(), answered.as_ref())
    {
        reinstate(&mut headers, answered);
        let guest = hyper::upgrade::on(&mut response);
        tokio::spawn(async move {
            tokio::select! {
                () = join(client, guest, held) => {}
                () = pulse.lost() => {}
            }
        });
        return Ok(reply(status, headers, Body::empty()));
    }
    reply::check(way, status)?;
    let (parts, body) = response.into_parts();
    let exact = body.size_hint().exact();
    // The sandbox is in use for as long as the body lasts, and so is the connection.
    let body = Body::new(body.map_frame(move |frame| {
        let _open = (&held, &sender);
        frame
    }));
    let failed = status.is_client_error() || status.is_server_error();
    if way == Way::Toolbox && failed && method != Method::HEAD {
        return Ok(reply::said_again(status, body).await);
    }
    let said = parts.headers.get(CONTENT_LENGTH);
    reply::measure(&method, said, exact, &mut headers);
    Ok(reply(status, headers, pulse.guard(body)))
}

/// The request with a small body in hand, so that it goes out with its head: a guest that answers without
/// reading it hangs up, and what is written after that loses the answer.
async fn together(request: Request) -> Result<Request, Failure> {
    let small = |length| length > 0 && length <= SMALL;
    if !request.body().size_hint().exact().is_some_and(small) {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    let bytes = body
        .collect()
        .await
        .map_err(|_| Failure::from(Error::usage("the request body broke off")).of_proxy())?;
    Ok(Request::from_parts(parts, Body::from(bytes.to_bytes())))
}

fn reply(status: StatusCode, headers: HeaderMap, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response.extensions_mut().insert(Proxied);
    response
}

/// What the guest is asked: the path behind the id as it was written, and the query.
fn inner(uri: &Uri) -> Uri {
    let path = uri.path();
    let rest = path
        .strip_prefix("/toolbox/")
        .and_then(|rest| rest.find('/').map(|slash| &rest[slash..]))
        .unwrap_or("/");
    let whole = match uri.query() {
        Some(query) => format!("{rest}?{query}"),
        None => rest.to_owned(),
    };
    whole.parse().unwrap_or_else(|_| Uri::from_static("/"))
}

pub(in crate::engine::http) fn asks_to_upgrade(headers: &HeaderMap) -> bool {
    headers.contains_key(UPGRADE)
        && headers
            .get_all(CONNECTION)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|option| option.trim().eq_ignore_ascii_case("upgrade"))
}

#[cfg(test)]
mod tests {
    use super::inner;

    #[test]
    fn the_agent_sees_the_path_as_it_was_written() {
        for (outer, expected) in [
            (
                "/toolbox/box/files?path=%2Ftmp%2Fa%20b",
                "/files?path=%2Ftmp%2Fa%20b",
            ),
            (
                "/toolbox/a%2Fb/process/session/x%2Fy",
                "/process/session/x%2Fy",
            ),
            ("/toolbox/box", "/"),
            ("/toolbox/box/", "/"),
            ("/toolbox/box?x=1", "/?x=1"),
        ] {
            assert_eq!(inner(&outer.parse().expect("uri")).to_string(), expected);
        }
    }
}
