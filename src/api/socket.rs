//! WebSockets: an upgraded request, with the same headers, proxies and errors as every other.

use reqwest::header::{
    CONNECTION, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use reqwest::{StatusCode, Upgraded};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::protocol::Role;

use crate::error::{Context as _, Error, Kind, Result};

use super::client::Client;
use super::transport::refused;
use super::types::ENGINE_HEADER;

/// A socket that is open.
pub(super) struct Opened {
    pub(super) socket: WebSocketStream<Upgraded>,
    /// Whether our engine is at the other end, with its extensions.
    pub(super) engine: bool,
}

impl Client {
    /// Opens a WebSocket at an `http` URL, offering a subprotocol where one is given.
    pub(super) async fn socket(&self, url: &str, protocol: Option<&str>) -> Result<Opened> {
        let mut request = self
            .http()?
            .get(url)
            .headers(self.headers()?)
            .header(CONNECTION, "Upgrade")
            .header(UPGRADE, "websocket")
            .header(SEC_WEBSOCKET_VERSION, "13")
            .header(SEC_WEBSOCKET_KEY, generate_key());
        if let Some(protocol) = protocol {
            request = request.header(SEC_WEBSOCKET_PROTOCOL, protocol);
        }
        let response = request.send().await.map_err(|error| {
            Error::new(Kind::Unavailable, format!("cannot reach {url}"))
                .because(error.without_url())
        })?;
        if response.status() != StatusCode::SWITCHING_PROTOCOLS {
            return Err(refused(response, None).await);
        }
        let engine = response.headers().contains_key(ENGINE_HEADER);
        let upgraded = response.upgrade().await.context(Kind::Unavailable, || {
            format!("{url} did not switch to a WebSocket")
        })?;
        let socket = WebSocketStream::from_raw_socket(upgraded, Role::Client, None).await;
        Ok(Opened { socket, engine })
    }
}
