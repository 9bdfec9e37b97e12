//! An engine with a sandbox whose port is asked for over plain connections.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use crate::binary::Home;

/// Says what it was asked and what came with it; a path `/ws` is a tunnel that echoes.
const SERVER: &str = r"
import http.server, time
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_GET(self):
        if self.path == '/ws':
            self.wfile.write(b'HTTP/1.1 101 X\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n')
            self.wfile.write(b'echo ' + self.rfile.read(5))
            self.close_connection = True
            return
        if self.path == '/slow':
            self.send_response(200)
            self.send_header('content-length', '9')
            self.end_headers()
            self.wfile.write(b'first')
            time.sleep(3)
            self.wfile.write(b'last')
            return
        sent = self.rfile.read(int(self.headers.get('content-length', 0))).decode()
        body = '%s %s %s|%s|%s|%s|%s' % (self.command, self.path, sent, self.headers['authorization'],
            self.headers['cookie'], self.headers['x-daytona-preview-token'], self.headers['x-forwarded-host'])
        self.send_response(502 if self.path == '/bad' else 200)
        self.send_header('content-length', str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())
    do_POST = do_GET
http.server.ThreadingHTTPServer(('127.0.0.1', 3456), Handler).serve_forever()
";

/// An engine with a sandbox `box` that serves port 3456.
pub(super) struct Stage {
    pub(super) home: Home,
    pub(super) address: String,
    pub(super) key: String,
    pub(super) id: String,
}

pub(super) struct Reply {
    pub(super) status: u16,
    head: String,
    pub(super) body: String,
}

impl Reply {
    pub(super) fn message(&self) -> String {
        let body: Value = serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.body));
        assert_eq!(body["statusCode"], self.status, "{}", self.body);
        body["message"].as_str().expect("a message").to_owned()
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

impl Stage {
    pub(super) fn new() -> Self {
        Self::of(Home::with_engine())
    }

    pub(super) fn of(home: Home) -> Self {
        home.done(&["create", "--name", "box", "-q"]);
        let shown = home.text(&["serve", "--print-env"]);
        let between = |before: &str, after: &str| {
            let rest = shown.split(before).nth(1).expect("what an SDK needs");
            rest.split(after).next().unwrap_or_default().to_owned()
        };
        let id = home.json(&["info", "box"])["id"]
            .as_str()
            .expect("an id")
            .to_owned();
        Self {
            address: between("http://", "/api"),
            key: between("DAYTONA_API_KEY='", "'"),
            id,
            home,
        }
    }

    pub(super) fn serving() -> Self {
        let stage = Self::new();
        stage.serve();
        stage
    }

    pub(super) fn serve(&self) {
        let write = self.home.pipe(
            &[
                "exec",
                "-i",
                "box",
                "--",
                "sh",
                "-c",
                "cat > /tmp/server.py",
            ],
            SERVER,
        );
        assert_eq!(write.code, Some(0), "{write}");
        let run = "setsid python3 /tmp/server.py >/dev/null 2>&1 </dev/null & \
            for i in $(seq 200); do grep -q ':0D80 .* 0A ' /proc/net/tcp && exit 0; sleep 0.05; done; exit 1";
        let run = self.home.sh("box", run);
        assert_eq!(run.code, Some(0), "{run}");
    }

    fn port(&self) -> &str {
        self.address.rsplit(':').next().expect("a port")
    }

    /// The host name of a port of the sandbox, or of a signed address.
    pub(super) fn host(&self, port: u16, who: &str) -> String {
        format!("{port}-{who}.localhost:{}", self.port())
    }

    pub(super) fn send(
        &self,
        method: &str,
        path: &str,
        host: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> TcpStream {
        Self::send_to(&self.address, method, path, host, headers, body)
    }

    fn send_to(
        address: &str,
        method: &str,
        path: &str,
        host: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> TcpStream {
        let mut line = TcpStream::connect(address).expect("the engine listens");
        line.set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a limit");
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        line.write_all(format!("{head}\r\n{body}").as_bytes())
            .expect("a request");
        line
    }

    pub(super) fn ask(
        &self,
        method: &str,
        path: &str,
        host: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply {
        Self::ask_at(&self.address, method, path, host, headers, body)
    }

    /// Asks at another address of this machine than that of the API.
    pub(super) fn ask_at(
        address: &str,
        method: &str,
        path: &str,
        host: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply {
        let headers = [headers, &[("connection", "close")]].concat();
        let mut line = Self::send_to(address, method, path, host, &headers, body);
        let mut reply = String::new();
        line.read_to_string(&mut reply).expect("a reply");
        let (head, body) = reply.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        Reply {
            status: status.expect("a status"),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    pub(super) fn get(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.ask("GET", path, &self.host(3456, &self.id), headers, "")
    }

    pub(super) fn post(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.ask("POST", path, &self.host(3456, &self.id), headers, "")
    }

    /// Asks the API.
    pub(super) fn api(&self, method: &str, path: &str) -> Reply {
        let key = format!("Bearer {}", self.key);
        self.ask(
            method,
            &format!("/api{path}"),
            &self.address,
            &[("authorization", &key)],
            "",
        )
    }

    pub(super) fn api_json(&self, path: &str) -> Value {
        let reply = self.api("GET", path);
        assert_eq!(reply.status, 200, "{}", reply.body);
        serde_json::from_str(&reply.body).expect("JSON")
    }

    pub(super) fn token(&self) -> String {
        let preview = self.api_json("/sandbox/box/ports/3456/preview-url");
        preview["token"].as_str().expect("a token").to_owned()
    }
}
