//! The preview proxy: requests to a port inside a sandbox, by host name and with the sandbox's token.

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::api::types::{ErrorBody, State};
use crate::engine::service::{Door, Opens};
use crate::error::Kind;

use super::auth::{Presented, Way, cookie_name};
use super::host::{Target, Whose};
use super::name::{Asked, Names, is_refusal};
use super::page::{START, page, wants_page};
use super::{name, path};
use crate::engine::http::auth::{caller, text};
use crate::engine::http::failure::Failure;
use crate::engine::http::toolbox::proxy::{asks_to_upgrade, pass};
use crate::engine::http::toolbox::reply;
use crate::engine::http::{Api, forwarded};

/// The guest's own port elsewhere: here it has an address of its own.
const TOOLBOX: u16 = 2280;
/// What hosted sandboxes keep to their owner even where they are public.
const PRIVATE: [u16; 3] = [22222, 33333, TOOLBOX];
/// The longest error of the guest's.
const LONGEST_ERROR: usize = 16 << 10;

/// Answers a request for a preview, whatever its path is.
pub(in crate::engine::http) async fn serve(
    api: &Arc<Api>,
    target: Target,
    request: Request,
) -> Response {
    let person = wants_page(request.headers());
    match answer(api, target, request, person).await {
        Ok(response) => response,
        Err(failure) if person => page(&failure, failure.can_be_started()),
        Err(failure) => failure.of_proxy().into_response(),
    }
}

async fn answer(
    api: &Api,
    target: Target,
    mut request: Request,
    person: bool,
) -> Result<Response, Failure> {
    let port = target.port;
    let mut in_path = None;
    let by_address = matches!(target.whose, Whose::Address(_));
    let (door, signed) = match target.whose {
        Whose::Sandbox(id) => (api.service.door(&id).await?, false),
        Whose::Signed(token) => (signed(api, port, &token).await?, true),
        Whose::Address(id) => {
            let door = api.service.door(&id).await?;
            let holds = async |token: &str| {
                let opened = api.service.signed_preview(port, token).await?;
                Ok::<_, Failure>(opened.is_some_and(|opened| opened == door.id))
            };
            let kept = path::take(&mut request, &door.id, port);
            // A path that only looks like that is the server's own.
            if let Some((token, rest)) = path::split(request.uri())
                && holds(&token).await?
            {
                *request.uri_mut() = rest;
                in_path = Some(token);
            }
            let signed = in_path.is_some()
                || match kept {
                    Some(token) => holds(&token).await?,
                    None => false,
                };
            (door, signed)
        }
    };
    let keyed = caller(api, request.headers()).await?;
    let keyed = keyed.map(|caller| {
        if caller.may_write_sandboxes() {
            Opens::Start
        } else {
            Opens::Previews
        }
    });
    let presented = Presented::take(&mut request, &door.id, keyed);
    let opened = presented.opens(&door);
    let opens = opened.map(|(opens, _)| opens);
    let open = signed || (door.public && !PRIVATE.contains(&port));
    if opens.is_none() && !open {
        return Err(match path::split(request.uri()) {
            Some(_) if by_address => not_valid(),
            _ => unauthorized(&door, port),
        });
    }
    if port == TOOLBOX {
        let message = format!(
            "Port {TOOLBOX} is the toolbox of the sandbox, which is not served as a preview; use /toolbox/{} with the API key",
            door.id
        );
        return Err(Failure::new(StatusCode::FORBIDDEN, message));
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if person && reads && presented.in_address() && !asks_to_upgrade(request.headers()) {
        // The token must not stay where people copy from, and the page's own requests need it too.
        let given = opened.filter(|(_, way)| *way == Way::Query);
        return without_token(&request, &door, given.map(|(opens, _)| opens));
    }
    if let Some(token) = &in_path
        && person
        && reads
        && !asks_to_upgrade(request.headers())
    {
        let mut response = without_token(&request, &door, None)?;
        path::keep(response.headers_mut(), &door.id, port, token);
        return Ok(response);
    }
    if door.state != State::Started {
        // A signed address, a public preview and the token of who may only look start nothing.
        let may_start = opens >= Some(Opens::Start);
        let asked = person && may_start && asks_to_start(&request);
        if !(door.is_at_rest() && (api.auto_start || asked)) {
            return Err(resting(&door, may_start));
        }
        api.service.start(&door.id).await?;
        if asked || person && reads {
            // A start makes another token: who came in by the old one is given it.
            let door = api.service.door(&door.id).await?;
            return started(&request, &door, opens);
        }
    }
    *request.uri_mut() = inside(port, request.uri());
    let host = text(request.headers(), HOST.as_str()).unwrap_or_default();
    let host = host.to_owned();
    forwarded::add(&mut request);
    let mut reply = if by_address {
        asked_as_known(api, &door, port, &host, request).await?
    } else {
        pass(api, &door.id, reply::Way::Preview, request).await?
    };
    if let Some(token) = in_path {
        path::lead_back(reply.headers_mut(), &host, &token);
    }
    explained(reply, port, &door).await
}

/// Asks the server by the name that it accepts, if it is known to refuse the address; finds that out where
/// asking again does no harm.
async fn asked_as_known(
    api: &Api,
    door: &Door,
    port: u16,
    host: &str,
    mut request: Request,
) -> Result<Response, Failure> {
    let names = Names::of(host, &door.id, port);
    let way = reply::Way::Preview;
    let asked = api.doors.asked(host);
    if matches!(asked, Asked::ByName) {
        names.to_server(request.headers_mut());
        let mut reply = pass(api, &door.id, way, request).await?;
        names.to_client(reply.headers_mut());
        return Ok(reply);
    }
    let twin = name::twin(&request).filter(|_| asked.may_be_changed());
    let reply = pass(api, &door.id, way, request).await?;
    let Some(mut twin) = twin.filter(|_| is_refusal(reply.status())) else {
        return Ok(reply);
    };
    names.to_server(twin.headers_mut());
    let mut by_name = pass(api, &door.id, way, twin).await?;
    if is_refusal(by_name.status()) {
        api.doors.ask(host, Asked::AsSentSince(Instant::now()));
        return Ok(reply);
    }
    api.doors.ask(host, Asked::ByName);
    names.to_client(by_name.headers_mut());
    Ok(by_name)
}

async fn signed(api: &Api, port: u16, token: &str) -> Result<Door, Failure> {
    let id = api.service.signed_preview(port, token).await?;
    match api.service.door(&id.ok_or_else(not_valid)?).await {
        Err(error) if error.kind() == Kind::NotFound => Err(not_valid()),
        door => Ok(door?),
    }
}

fn not_valid() -> Failure {
    let message = "This preview URL is not valid; it has expired, was revoked, or never was: \
         ask for a new one";
    Failure::new(StatusCode::UNAUTHORIZED, message)
}

fn unauthorized(door: &Door, port: u16) -> Failure {
    let message = format!(
        "This preview needs a token; get a URL that has one: `daytona preview-url {} --port {port}`",
        door.id
    );
    Failure::new(StatusCode::UNAUTHORIZED, message)
}

fn resting(door: &Door, may_start: bool) -> Failure {
    let Door { name, state, .. } = door;
    let todo = if state.is_transitional() {
        "try again when it is started".to_owned()
    } else {
        format!("start it: `daytona start {name}`")
    };
    let message = format!("Sandbox {name} is {state}, not started; {todo}");
    let failure = Failure::new(StatusCode::SERVICE_UNAVAILABLE, message);
    if door.is_at_rest() && may_start {
        failure.that_a_start_mends()
    } else {
        failure
    }
}

/// Whether it is the button of our page: another page's button must not start anything.
fn asks_to_start(request: &Request) -> bool {
    let host = text(request.headers(), HOST.as_str()).unwrap_or_default();
    let origin = text(request.headers(), ORIGIN.as_str()).unwrap_or_default();
    *request.method() == Method::POST
        && request.uri().query() == Some(START)
        && origin.strip_prefix("http://") == Some(host)
}

/// To the same address, now that something is there.
fn started(request: &Request, door: &Door, opens: Option<Opens>) -> Result<Response, Failure> {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let host = text(request.headers(), HOST.as_str()).unwrap_or_default();
    let uri = request.uri();
    let rest = uri.path_and_query().map_or("/", |rest| rest.as_str());
    let rest = if uri.query() == Some(START) {
        uri.path()
    } else {
        rest
    };
    let headers = response.headers_mut();
    let address = HeaderValue::try_from(format!("http://{host}{rest}"));
    headers.extend(address.map(|value| (LOCATION, value)));
    keep(headers, door, opens)?;
    Ok(response)
}

/// Gives the token that opens so much as a cookie.
fn keep(headers: &mut HeaderMap, door: &Door, opens: Option<Opens>) -> Result<(), Failure> {
    if let Some(opens) = opens {
        let (name, token) = (cookie_name(&door.id), door.token(opens)?);
        let cookie = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax");
        headers.extend(HeaderValue::try_from(cookie).map(|value| (SET_COOKIE, value)));
    }
    Ok(())
}

/// To the same address without the token, which comes as a cookie instead if it opened anything.
fn without_token(
    request: &Request,
    door: &Door,
    opens: Option<Opens>,
) -> Result<Response, Failure> {
    let host = text(request.headers(), HOST.as_str()).unwrap_or_default();
    let rest = request.uri().path_and_query();
    // With the host: a path that begins with two slashes would lead elsewhere.
    let address = format!("http://{host}{}", rest.map_or("/", |rest| rest.as_str()));
    let mut response = StatusCode::FOUND.into_response();
    let headers = response.headers_mut();
    headers.extend(HeaderValue::try_from(address).map(|value| (LOCATION, value)));
    keep(headers, door, opens)?;
    Ok(response)
}

/// What the guest is asked for: the path and the query as they were written.
fn inside(port: u16, uri: &Uri) -> Uri {
    let rest = uri.path_and_query().map_or("/", |rest| rest.as_str());
    let rest = if rest.starts_with('/') { rest } else { "/" };
    format!("/proxy/{port}{rest}")
        .parse()
        .unwrap_or_else(|_| Uri::from_static("/"))
}

/// The reply as it is, unless it is the guest that speaks: nobody answered at that port.
async fn explained(response: Response, port: u16, door: &Door) -> Result<Response, Failure> {
    let headers = response.headers();
    let length = text(headers, CONTENT_LENGTH.as_str()).and_then(|length| length.parse().ok());
    let may_be = response.status() == StatusCode::BAD_GATEWAY
        && text(headers, CONTENT_TYPE.as_str()) == Some("application/json")
        && length.is_some_and(|length: usize| length <= LONGEST_ERROR);
    if !may_be {
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, LONGEST_ERROR).await.map_err(|error| {
        let message = format!("The server at port {port} broke off: {error}");
        Failure::new(StatusCode::BAD_GATEWAY, message)
    })?;
    match serde_json::from_slice::<ErrorBody>(&body) {
        Ok(error) if error.source.as_deref() == Some("DAYTONA_DAEMON") => {
            let message = format!(
                "Nothing listens on port {port} of sandbox {}, or it does not speak HTTP; \
                 start a server in it that listens on that port, then reload ({})",
                door.name,
                one_line(&error.text().unwrap_or_default())
            );
            Err(Failure::new(StatusCode::BAD_GATEWAY, message))
        }
        _ => Ok(Response::from_parts(parts, Body::from(body))),
    }
}

/// What a program in the sandbox may have said, as part of a sentence of ours.
fn one_line(text: &str) -> String {
    let safe = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    text.chars().map(safe).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn the_port_is_asked_as_it_was_written() {
        for (outer, expected) in [
            ("/", "/proxy/80/"),
            ("/a%2Fb//c?x=%20&y", "/proxy/80/a%2Fb//c?x=%20&y"),
            ("http://elsewhere/a", "/proxy/80/a"),
            ("*", "/proxy/80/"),
        ] {
            let uri = inside(80, &outer.parse().expect("uri"));
            assert_eq!(uri.to_string(), expected);
        }
    }
}
