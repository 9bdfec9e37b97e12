//! WebSockets: an upgraded request, with the same headers, proxies and errors as every other.

use reqwest::header::{
    CONNECTION, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use reqwest::{Method, StatusCode, Upgraded};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use crate::error::{Context as _, Error, Kind, Result};

use super::client::Client;
use super::permit::{self, Class};
use super::reply::refused;
use super::types::ENGINE_HEADER;

/// The largest message: servers send what there is in pieces.
const LARGEST: usize = 16 << 20;

fn limits() -> WebSocketConfig {
    WebSocketConfig::default()
        .max_message_size(Some(LARGEST))
        .max_frame_size(Some(LARGEST))
}

/// A socket that is open.
pub(super) struct Opened {
    pub(super) socket: WebSocketStream<Upgraded>,
    /// Whether our engine is at the other end, with its extensions.
    pub(super) engine: bool,
}

impl Client {
    /// Opens a WebSocket at an `http` URL, offering a subprotocol where one is given.
    pub(super) async fn socket(&self, url: &str, protocol: Option<&str>) -> Result<Opened> {
        // What is asked over it may change something.
        permit::check(Class::Changes)?;
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
            return Err(refused(&Method::GET, response).await);
        }
        let engine = response.headers().contains_key(ENGINE_HEADER);
        let upgraded = response.upgrade().await.context(Kind::Unavailable, || {
            format!("{url} did not switch to a WebSocket")
        })?;
        let socket = WebSocketStream::from_raw_socket(upgraded, Role::Client, Some(limits())).await;
        Ok(Opened { socket, engine })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::super::client::Endpoint;
    use super::*;

    /// What the log of a command ends with where a server sends these bytes after its handshake.
    async fn ends_with(sent: Vec<u8>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a client");
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.expect("a head"));
            }
            let answer = b"HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n";
            let _ = stream.write_all(answer).await;
            let _ = stream.write_all(&sent).await;
            let _ = stream.read_to_end(&mut head).await;
        });
        let client = Client::new(Endpoint {
            url: format!("http://{address}/api"),
            socket: None,
            credential: None,
            organization: None,
            source: "cli",
            timeout: Duration::from_secs(10),
            verify_tls: true,
        });
        let toolbox = format!("http://{address}/toolbox/x");
        let mut log = client
            .log_stream(&toolbox, "s", "c", true)
            .await
            .expect("a log");
        loop {
            let next = tokio::time::timeout(Duration::from_secs(10), log.next());
            match next.await.expect("in time") {
                Ok(Some(_)) => {}
                Ok(None) => return "its end".to_owned(),
                Err(error) => return error.text(),
            }
        }
    }

    #[tokio::test]
    async fn what_a_sandbox_sends_by_a_socket_is_bounded() {
        let huge = [&[0x82, 0x7f][..], &(1_u64 << 40).to_be_bytes()].concat();
        let told = ends_with(huge).await;
        assert!(told.contains("broke off") && told.contains("too"), "{told}");
        // Of small pieces, each more to come.
        let piece = [
            &[0x02, 0x7f][..],
            &(1_u64 << 20).to_be_bytes(),
            &vec![b'a'; 1 << 20],
        ]
        .concat();
        let more = [&[0x00, 0x7f][..], &piece[2..]].concat();
        let told = ends_with([piece, more.repeat(20)].concat()).await;
        assert!(told.contains("broke off") && told.contains("too"), "{told}");
        // A control frame that is longer than any may be.
        let told = ends_with([&[0x88, 0x7e, 0xff, 0xff][..], &vec![b'a'; 0xffff]].concat()).await;
        assert!(told.contains("broke off"), "{told}");
    }

    #[tokio::test]
    async fn the_reason_of_a_close_commands_no_terminal() {
        let reason = b"\x03\xf3\x1b[2J\x07gone";
        let length = u8::try_from(reason.len()).expect("short");
        let told = ends_with([&[0x88, length][..], reason].concat()).await;
        assert!(told.ends_with("\\u{1b}[2J\\u{7}gone"), "{told}");
    }
}
