//! One sandbox of a real engine, and raw HTTP and WebSockets to its toolbox.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::handshake::HandshakeError;
use tokio_tungstenite::tungstenite::{Error, Message, WebSocket};

use crate::binary::Home;
use crate::stopwatch::Stopwatch;

pub(crate) struct Sandbox {
    /// Its engine ends with it.
    home: Home,
    address: String,
    key: String,
    id: String,
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&self.body).into_owned()))
    }

    /// The code of a refusal.
    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}

pub(crate) type Socket = WebSocket<TcpStream>;

impl Sandbox {
    pub(crate) fn new() -> Self {
        let home = Home::with_engine();
        let output = home
            .command(&["serve", "--print-env", "--json"])
            .stdout(Stdio::piped())
            .output()
            .expect("the binary runs");
        let reach: Value = serde_json::from_slice(&output.stdout).expect("the engine's address");
        let text = |name: &str| reach[name].as_str().expect("a text").to_owned();
        let mut sandbox = Self {
            address: text("apiUrl")
                .trim_start_matches("http://")
                .trim_end_matches("/api")
                .to_owned(),
            key: text("apiKey"),
            id: String::new(),
            home,
        };
        let made = sandbox.request("POST", "/api/sandbox", &[], b"{}").json();
        made["id"]
            .as_str()
            .unwrap_or_else(|| panic!("{made}"))
            .clone_into(&mut sandbox.id);
        sandbox
    }

    /// What a client is told: the engine's address and key, and a home without anything in it.
    pub(crate) fn api(&self) -> String {
        format!("http://{}/api", self.address)
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    pub(crate) fn home(&self) -> std::path::PathBuf {
        self.home.path()
    }

    /// A request to the toolbox.
    pub(crate) fn ask(&self, method: &str, path: &str, body: &[u8]) -> Reply {
        self.ask_with(method, path, &[], body)
    }

    pub(crate) fn ask_with(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Reply {
        self.request(
            method,
            &format!("/toolbox/{}{path}", self.id),
            headers,
            body,
        )
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, b"")
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Reply {
        self.ask("POST", path, body.to_string().as_bytes())
    }

    /// What a command prints.
    pub(crate) fn run(&self, command: &str) -> String {
        let reply = self.post("/process/execute", &json!({ "command": command }));
        assert_eq!(reply.status, 200, "{}", reply.json());
        reply.json()["result"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until a command prints this.
    pub(crate) fn until(&self, command: &str, expected: &str) {
        let begun = Stopwatch::start();
        loop {
            let seen = self.run(command);
            if seen.trim() == expected {
                return;
            }
            assert!(
                begun.elapsed() < Duration::from_secs(10),
                "`{command}` still prints {seen:?}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// A WebSocket to the toolbox, or why not.
    pub(crate) fn socket(&self, path: &str, protocols: &str) -> Result<(Socket, String), Reply> {
        let url = format!("ws://{}/toolbox/{}{path}", self.address, self.id);
        let mut request = url.into_client_request().expect("a request");
        let headers = request.headers_mut();
        let key = format!("Bearer {}", self.key);
        headers.insert("authorization", key.parse().expect("a value"));
        if !protocols.is_empty() {
            headers.insert(
                "sec-websocket-protocol",
                protocols.parse().expect("a value"),
            );
        }
        let stream = TcpStream::connect(&self.address).expect("the engine listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a socket");
        match tokio_tungstenite::tungstenite::client::client(request, stream) {
            Ok((socket, response)) => {
                let chosen = response.headers().get("sec-websocket-protocol");
                let chosen = chosen.and_then(|value| value.to_str().ok());
                Ok((socket, chosen.unwrap_or_default().to_owned()))
            }
            Err(HandshakeError::Failure(Error::Http(response))) => Err(Reply {
                status: response.status().as_u16(),
                headers: format!("{:?}", response.headers()),
                body: response.into_body().unwrap_or_default(),
            }),
            Err(error) => panic!("{error}"),
        }
    }

    /// The beginning of a request: the body is up to the test.
    pub(crate) fn begin(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> TcpStream {
        self.send_head(method, &format!("/toolbox/{}{path}", self.id), headers)
    }

    fn send_head(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("the engine listens");
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {}\r\n",
            self.key
        );
        for (name, value) in headers {
            head = format!("{head}{name}: {value}\r\n");
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes()).expect("sent");
        stream
    }

    /// A request to the engine.
    pub(crate) fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Reply {
        let length = body.len().to_string();
        let mut headers = headers.to_vec();
        headers.push(("Content-Length", &length));
        let mut stream = self.send_head(method, path, &headers);
        stream.write_all(body).expect("sent");
        receive(stream)
    }
}

/// Reads a reply to the end of its connection.
pub(crate) fn receive(stream: TcpStream) -> Reply {
    let mut stream = BufReader::new(stream);
    let mut headers = String::new();
    while !headers.ends_with("\r\n\r\n") {
        assert!(
            stream.read_line(&mut headers).expect("a header") > 0,
            "no reply"
        );
    }
    let status = headers.split(' ').nth(1).expect("a status");
    let status = status.parse().expect("a status");
    let mut body = Vec::new();
    if headers
        .to_ascii_lowercase()
        .contains("transfer-encoding: chunked")
    {
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).expect("a length");
            let length = usize::from_str_radix(line.trim(), 16).expect("a length");
            let start = body.len();
            body.resize(start + length, 0);
            stream.read_exact(&mut body[start..]).expect("a chunk");
            stream.read_line(&mut line).expect("its end");
            if length == 0 {
                break;
            }
        }
    } else {
        stream.read_to_end(&mut body).expect("a body");
    }
    Reply {
        status,
        headers,
        body,
    }
}

/// The messages up to the close frame, and its code and reason.
pub(crate) fn rest(socket: &mut Socket) -> (Vec<Message>, Option<(u16, String)>) {
    let mut messages = Vec::new();
    loop {
        match socket.read() {
            Ok(Message::Close(frame)) => {
                let frame =
                    frame.map(|frame| (frame.code.into(), frame.reason.as_str().to_owned()));
                return (messages, frame);
            }
            Ok(message) => messages.push(message),
            Err(error) => panic!("{error} after {messages:?}"),
        }
    }
}
