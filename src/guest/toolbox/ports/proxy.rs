//! `/proxy/{port}/…`: a request to a port of this sandbox, streamed both ways, upgrades included.

use std::net::Ipv4Addr;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{HOST, HeaderValue, UPGRADE};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use http_body_util::BodyExt as _;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::super::failure::{Answer, Failure};
use super::super::http::Complete;
use crate::http_upgrade::{join, reinstate, strip};

pub(super) async fn forward(mut request: Request) -> Answer<Response> {
    let (port, uri) = target(request.uri())
        .ok_or_else(|| Failure::bad_request("invalid port: it must be a number to 65535"))?;
    let stream = dial(port).await.map_err(|error| {
        let message = format!("nothing answers on port {port} of the sandbox: {error}");
        Failure::new(StatusCode::BAD_GATEWAY, "BAD_GATEWAY", message)
    })?;
    let broken = |error| {
        let message = format!("port {port} of the sandbox broke off: {error}");
        Failure::new(StatusCode::BAD_GATEWAY, "BAD_GATEWAY", message)
    };
    let (mut server, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(broken)?;
    tokio::spawn(connection.with_upgrades());
    let client = request
        .headers()
        .contains_key(UPGRADE)
        .then(|| hyper::upgrade::on(&mut request));
    *request.uri_mut() = uri;
    let protocol = strip(request.headers_mut());
    // As it was sent: servers compare it with origins, and lead back to it.
    if let Ok(own) = HeaderValue::try_from(format!("localhost:{port}")) {
        request.headers_mut().entry(HOST).or_insert(own);
    }
    if client.is_some() {
        reinstate(request.headers_mut(), protocol);
    }
    let mut response = server.send_request(request).await.map_err(broken)?;
    let protocol = strip(response.headers_mut());
    let mut response = match client {
        Some(client) if response.status() == StatusCode::SWITCHING_PROTOCOLS => {
            reinstate(response.headers_mut(), protocol);
            let upgraded = hyper::upgrade::on(&mut response);
            tokio::spawn(join(client, upgraded, ()));
            response.map(|_| Body::empty())
        }
        _ => response.map(|body| {
            // The connection is open for as long as the body lasts.
            Body::new(body.map_frame(move |frame| {
                let _open = &server;
                frame
            }))
        }),
    };
    response.extensions_mut().insert(Complete);
    Ok(response)
}

async fn dial(port: u16) -> std::io::Result<TcpStream> {
    match TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await {
        Ok(stream) => Ok(stream),
        Err(error) => TcpStream::connect((std::net::Ipv6Addr::LOCALHOST, port))
            .await
            .map_err(|_| error),
    }
}

/// The port, and what is asked of it: the rest as it was written.
fn target(uri: &Uri) -> Option<(u16, Uri)> {
    let rest = uri.path().strip_prefix("/proxy/")?;
    let (port, path) = match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, "/"),
    };
    let port = port.parse().ok().filter(|port| *port > 0)?;
    let whole = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    Some((port, whole.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_is_asked_as_it_was_written() {
        for (uri, expected) in [
            ("/proxy/3000/a%2Fb?x=1", Some((3000, "/a%2Fb?x=1"))),
            ("/proxy/80", Some((80, "/"))),
            ("/proxy/80/", Some((80, "/"))),
            ("/proxy/0/", None),
            ("/proxy/x/", None),
        ] {
            let found = target(&uri.parse().unwrap());
            let found = found.map(|(port, uri)| (port, uri.to_string()));
            let expected = expected.map(|(port, uri): (u16, &str)| (port, uri.to_owned()));
            assert_eq!(found, expected, "{uri}");
        }
    }
}
