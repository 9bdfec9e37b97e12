//! Ports of sandboxes seen from outside: by host name, with every kind of credential, and without.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

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
struct Stage {
    home: Home,
    address: String,
    key: String,
    id: String,
}

struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn message(&self) -> String {
        let body: Value = serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.body));
        assert_eq!(body["statusCode"], self.status, "{}", self.body);
        body["message"].as_str().expect("a message").to_owned()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

impl Stage {
    fn new() -> Self {
        let home = Home::with_engine();
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

    fn serving() -> Self {
        let stage = Self::new();
        stage.serve();
        stage
    }

    fn serve(&self) {
        let write = self.home.pipe(
            &["exec", "box", "--", "sh", "-c", "cat > /tmp/server.py"],
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
    fn host(&self, port: u16, who: &str) -> String {
        format!("{port}-{who}.localhost:{}", self.port())
    }

    fn send(
        &self,
        method: &str,
        path: &str,
        host: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> TcpStream {
        let mut line = TcpStream::connect(&self.address).expect("the engine listens");
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

    fn ask(
        &self,
        method: &str,
        path: &str,
        host: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply {
        let headers = [headers, &[("connection", "close")]].concat();
        let mut line = self.send(method, path, host, &headers, body);
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

    fn get(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.ask("GET", path, &self.host(3456, &self.id), headers, "")
    }

    /// Asks the API.
    fn api(&self, method: &str, path: &str) -> Reply {
        let key = format!("Bearer {}", self.key);
        self.ask(
            method,
            &format!("/api{path}"),
            &self.address,
            &[("authorization", &key)],
            "",
        )
    }

    fn api_json(&self, path: &str) -> Value {
        let reply = self.api("GET", path);
        assert_eq!(reply.status, 200, "{}", reply.body);
        serde_json::from_str(&reply.body).expect("JSON")
    }

    fn token(&self) -> String {
        let preview = self.api_json("/sandbox/box/ports/3456/preview-url");
        preview["token"].as_str().expect("a token").to_owned()
    }
}

#[test]
fn a_preview_opens_to_each_credential_and_to_no_other() {
    let stage = Stage::serving();
    let (id, host) = (&stage.id, stage.host(3456, &stage.id));
    let preview = stage.api_json("/sandbox/box/ports/3456/preview-url");
    assert_eq!(preview["sandboxId"], **id);
    assert_eq!(preview["url"], format!("http://{host}"));
    let token = preview["token"].as_str().expect("a token");
    for port in ["0", "65536", "abc", "-1"] {
        let refused = stage.api("GET", &format!("/sandbox/box/ports/{port}/preview-url"));
        assert_eq!(
            (refused.status, refused.message()),
            (400, "Invalid port".to_owned())
        );
    }
    assert_eq!(
        stage.api("GET", "/sandbox/nope/ports/1/preview-url").status,
        404
    );

    // None, or a wrong one.
    let cookie = format!("daytona-sandbox-auth-{id}={token}");
    let wrong = format!("daytona-sandbox-auth-{id}=x");
    for headers in [
        vec![],
        vec![("x-daytona-preview-token", "x")],
        vec![("authorization", "Bearer x")],
        vec![("cookie", wrong.as_str())],
    ] {
        let refused = stage.get("/", &headers);
        assert_eq!(refused.status, 401, "{headers:?}");
        assert!(
            refused.message().contains("needs a token"),
            "{}",
            refused.body
        );
    }
    assert_eq!(stage.get("/?DAYTONA_SANDBOX_AUTH_KEY=x", &[]).status, 401);
    let page = stage.get("/", &[("accept", "text/html,*/*")]);
    assert_eq!(
        (page.status, page.header("content-type")),
        (401, Some("text/html; charset=utf-8"))
    );
    assert!(
        page.body.contains("This preview needs a token"),
        "{}",
        page.body
    );

    // The right one, by each way; the sandbox sees none of them.
    let seen = format!("GET /a%20b?c=d |None|None|None|{host}");
    let key = format!("Bearer {}", stage.key);
    for headers in [
        [("x-daytona-preview-token", token)],
        [("cookie", cookie.as_str())],
        [("authorization", key.as_str())],
    ] {
        let reply = stage.get("/a%20b?c=d", &headers);
        assert_eq!(
            (reply.status, reply.body.as_str()),
            (200, seen.as_str()),
            "{headers:?}"
        );
    }
    let path = format!("/a%20b?DAYTONA_SANDBOX_AUTH_KEY={token}&c=d");
    let reply = stage.get(&path, &[]);
    assert_eq!((reply.status, reply.body.as_str()), (200, seen.as_str()));

    // A browser is sent on without it, and keeps a cookie.
    let sent = stage.get(&path, &[("accept", "text/html")]);
    assert_eq!(
        (sent.status, sent.header("location")),
        (302, Some(format!("http://{host}/a%20b?c=d").as_str()))
    );
    let keeps = format!("{cookie}; Path=/; HttpOnly; SameSite=Lax");
    assert_eq!(sent.header("set-cookie"), Some(keeps.as_str()));
    let away = stage.get(
        &format!("//evil.example/?DAYTONA_SANDBOX_AUTH_KEY={token}"),
        &[("accept", "text/html")],
    );
    assert_eq!(
        away.header("location"),
        Some(format!("http://{host}//evil.example/").as_str())
    );

    // Bodies go in, an application's own credentials and errors are its own, upgrades are tunnels.
    let headers = [
        ("x-daytona-preview-token", token),
        ("authorization", "Basic eA=="),
        ("cookie", "a=1"),
    ];
    let posted = stage.ask("POST", "/p", &host, &headers, "body");
    assert_eq!(
        posted.body,
        format!("POST /p body|Basic eA==|a=1|None|{host}")
    );
    let bad = stage.get("/bad", &[("x-daytona-preview-token", token)]);
    assert!(
        bad.status == 502 && bad.body.starts_with("GET /bad"),
        "{}",
        bad.body
    );
    let headers = [
        ("x-daytona-preview-token", token),
        ("connection", "Upgrade"),
        ("upgrade", "echo"),
    ];
    let mut line = stage.send("GET", "/ws", &host, &headers, "");
    line.write_all(b"hello").expect("sent");
    let mut all = String::new();
    line.read_to_string(&mut all).expect("a tunnel");
    assert!(
        all.starts_with("HTTP/1.1 101") && all.ends_with("echo hello"),
        "{all}"
    );

    // Anybody's, once it is public.
    assert_eq!(stage.api("POST", "/sandbox/box/public/true").status, 200);
    assert_eq!(stage.get("/", &[]).status, 200);
    for private in [22222, 33333, 2280] {
        let refused = stage.ask("GET", "/", &stage.host(private, id), &[], "");
        assert_eq!(refused.status, 401, "{private}");
    }
    let toolbox = stage.ask(
        "GET",
        "/",
        &stage.host(2280, id),
        &[("x-daytona-preview-token", token)],
        "",
    );
    assert_eq!(toolbox.status, 403);
    assert!(toolbox.message().contains("/toolbox/"), "{}", toolbox.body);
}

#[test]
fn a_preview_says_what_is_missing() {
    let stage = Stage::new();
    let token = stage.token();
    let credential = ("x-daytona-preview-token", token.as_str());
    let nothing = stage.get("/", &[credential]);
    assert_eq!(nothing.status, 502);
    assert!(
        nothing
            .message()
            .starts_with("Nothing listens on port 3456 of sandbox box"),
        "{}",
        nothing.body
    );
    let page = stage.get("/", &[credential, ("accept", "text/html")]);
    assert_eq!(
        (page.status, page.header("content-type")),
        (502, Some("text/html; charset=utf-8"))
    );
    assert!(
        page.body.contains("Nothing listens on port 3456"),
        "{}",
        page.body
    );

    stage.home.done(&["stop", "box"]);
    let stopped = stage.get("/", &[credential]);
    assert_eq!(stopped.status, 503);
    assert_eq!(
        stopped.message(),
        "Sandbox box is stopped, not started; start it: `daytona start box`"
    );
    assert!(
        stage
            .get("/", &[credential, ("accept", "text/html")])
            .body
            .contains("daytona start box")
    );
    // Who has no token is not told even that.
    assert_eq!(stage.get("/", &[]).status, 401);

    let gone = stage.host(3456, "00000000-0000-4000-8000-000000000000");
    assert_eq!(stage.ask("GET", "/", &gone, &[], "").status, 404);
    // Not names of ours at all; and the API is not behind names of sandboxes.
    for host in [
        "3456-box.localhost",
        "api.localhost",
        "evil.example",
        "x-a.localhost",
    ] {
        assert_eq!(
            stage.ask("GET", "/api/health", host, &[], "").status,
            403,
            "{host}"
        );
    }
    let host = stage.host(3456, &stage.id);
    assert_eq!(stage.ask("GET", "/api/health", &host, &[], "").status, 401);
}

#[test]
fn bodies_pass_while_they_are_made() {
    let stage = Stage::serving();
    let token = stage.token();
    let credential = ("x-daytona-preview-token", token.as_str());
    let host = stage.host(3456, &stage.id);
    let body = "x".repeat(3 << 20);
    let reply = stage.ask("POST", "/", &host, &[credential], &body);
    assert_eq!(reply.status, 200);
    assert!(reply.body.len() > body.len());

    let begun = Instant::now();
    let mut line = stage.send(
        "GET",
        "/slow",
        &host,
        &[credential, ("connection", "close")],
        "",
    );
    let mut seen = Vec::new();
    while !seen.ends_with(b"first") {
        let mut byte = [0];
        line.read_exact(&mut byte).expect("the first part");
        seen.extend(byte);
    }
    assert!(
        begun.elapsed() < Duration::from_millis(2500),
        "{:?}",
        begun.elapsed()
    );
    let mut rest = String::new();
    line.read_to_string(&mut rest).expect("the rest");
    assert_eq!(rest, "last");
}

#[test]
fn a_signed_preview_lasts_until_it_expires_or_is_revoked() {
    let stage = Stage::serving();
    for (query, message) in [
        (
            "0",
            "expiresInSeconds must be between 1 second and 24 hours",
        ),
        (
            "86401",
            "expiresInSeconds must be between 1 second and 24 hours",
        ),
        ("x", "expiresInSeconds must be an integer number"),
    ] {
        let path = format!("/sandbox/box/ports/3456/signed-preview-url?expiresInSeconds={query}");
        let refused = stage.api("GET", &path);
        assert_eq!((refused.status, refused.message().as_str()), (400, message));
    }
    let sign = |query: &str| {
        let signed = stage.api_json(&format!(
            "/sandbox/box/ports/3456/signed-preview-url{query}"
        ));
        assert_eq!(
            (signed["sandboxId"].as_str(), signed["port"].as_u64()),
            (Some(stage.id.as_str()), Some(3456))
        );
        let token = signed["token"].as_str().expect("a token").to_owned();
        assert!(
            token.len() == 16
                && token
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
            "{token}"
        );
        assert_eq!(
            signed["url"],
            format!("http://{}", stage.host(3456, &token))
        );
        token
    };
    let ask = |port: u16, token: &str| stage.ask("GET", "/x", &stage.host(port, token), &[], "");
    let (token, short) = (sign(""), sign("?expiresInSeconds=1"));
    let reply = ask(3456, &token);
    assert_eq!((reply.status, &reply.body[..6]), (200, "GET /x"));
    assert_eq!(ask(3457, &token).status, 401, "another port");
    assert_eq!(ask(3456, "0123456789abcdef").status, 401, "never signed");
    std::thread::sleep(Duration::from_millis(1100));
    assert_eq!(ask(3456, &short).status, 401, "expired");
    // It outlives a restart of the sandbox.
    stage.home.done(&["stop", "box"]);
    assert_eq!(ask(3456, &token).status, 503);
    stage.home.done(&["start", "box"]);
    assert_eq!(ask(3456, &token).status, 502);
    stage.serve();
    assert_eq!(ask(3456, &token).status, 200);
    let expire = format!("/sandbox/box/ports/3456/signed-preview-url/{token}/expire");
    let expired = stage.api("POST", &expire);
    assert_eq!((expired.status, expired.body.as_str()), (200, ""));
    assert_eq!(ask(3456, &token).status, 401, "revoked");
    assert_eq!(stage.api("POST", &expire).status, 404);
}

/// Signs as the official clients do, in the sandbox's own Python.
fn signature(stage: &Stage, key: &str, signed: &str) -> String {
    let text = "import sys,hmac,hashlib,base64; k,m=sys.argv[1:]; \
        print('v1_'+base64.urlsafe_b64encode(hmac.new(k.encode(),m.encode(),hashlib.sha256).digest()).rstrip(b'=').decode())";
    let seen = stage
        .home
        .run(&["exec", "box", "--", "python3", "-c", text, key, signed]);
    assert_eq!(seen.code, Some(0), "{seen}");
    seen.stdout.trim().to_owned()
}

#[test]
fn files_are_read_and_written_by_signed_addresses() {
    let stage = Stage::new();
    let key = stage.api("GET", "/sandbox/box/signing-key");
    assert_eq!(
        (key.status, key.header("content-type")),
        (200, Some("text/plain; charset=utf-8"))
    );
    let key = key.body;
    assert!(key.starts_with('k') && key.len() > 32, "{key}");
    assert_eq!(stage.api("GET", "/sandbox/box/signing-key").body, key);
    let ask = |method: &str, route: &str, path: &str, expires: &str, signature: &str| {
        let url = format!(
            "/toolbox/{}/files/{route}?path={path}&expires={expires}&signature={signature}",
            stage.id
        );
        stage.ask(
            method,
            &url,
            &stage.address,
            &[("content-type", "application/octet-stream")],
            if method == "POST" { "bytes" } else { "" },
        )
    };
    let (read, write) = (
        signature(&stage, &key, "v1:files:GET:/tmp/a b:0"),
        signature(&stage, &key, "v1:files:POST:/tmp/a b:0"),
    );
    let written = ask("POST", "upload-v2", "%2Ftmp%2Fa%20b", "0", &write);
    assert_eq!(written.status, 200, "{}", written.body);
    let got = ask("GET", "download", "%2Ftmp%2Fa%20b", "0", &read);
    assert_eq!((got.status, got.body.as_str()), (200, "bytes"));
    // Not for another method, path or time, and not after its time.
    assert_eq!(
        ask("POST", "upload-v2", "%2Ftmp%2Fa%20b", "0", &read).status,
        401
    );
    assert_eq!(
        ask("GET", "download", "%2Fetc%2Fpasswd", "0", &read).status,
        401
    );
    assert_eq!(
        ask("GET", "download", "%2Ftmp%2Fa%20b", "9999999999", &read).status,
        401
    );
    let late = signature(&stage, &key, "v1:files:GET:/tmp/a b:1000");
    let late = ask("GET", "download", "%2Ftmp%2Fa%20b", "1000", &late);
    assert_eq!(
        (late.status, late.message().as_str()),
        (401, "The signed URL has expired")
    );
    let later = signature(&stage, &key, "v1:files:GET:/tmp/a b:9999999999");
    assert_eq!(
        ask("GET", "download", "%2Ftmp%2Fa%20b", "9999999999", &later).status,
        200
    );
    // Another key: what was signed with the old one is void.
    let rotated = stage.api("POST", "/sandbox/box/signing-key/rotate");
    assert_eq!(rotated.status, 200);
    assert_ne!(rotated.body, key);
    assert_eq!(
        ask("GET", "download", "%2Ftmp%2Fa%20b", "0", &read).status,
        401
    );
    let read = signature(&stage, &rotated.body, "v1:files:GET:/tmp/a b:0");
    assert_eq!(
        ask("GET", "download", "%2Ftmp%2Fa%20b", "0", &read).status,
        200
    );
}

#[test]
fn ssh_access_is_refused_with_a_reason() {
    let stage = Stage::new();
    for (method, path) in [
        ("POST", "/sandbox/box/ssh-access?expiresInMinutes=60"),
        ("DELETE", "/sandbox/box/ssh-access"),
        ("GET", "/sandbox/ssh-access/validate?token=x"),
    ] {
        let refused = stage.api(method, path);
        assert_eq!(refused.status, 422, "{path}");
        assert!(
            refused.message().contains("no SSH gateway"),
            "{}",
            refused.body
        );
    }
    assert_eq!(stage.api("POST", "/sandbox/nope/ssh-access").status, 404);
}

#[test]
fn the_command_prints_a_url_that_works() {
    let stage = Stage::serving();
    let printed = stage.home.text(&["preview-url", "box", "-p", "3456"]);
    let url = printed.strip_suffix('\n').expect("one line");
    let host = url.strip_prefix("http://").expect("a URL");
    assert_eq!(stage.ask("GET", "/", host, &[], "").status, 200);
    let quiet = stage
        .home
        .text(&["preview-url", "box", "-p", "3456", "--unsigned", "-q"]);
    assert_eq!(quiet, format!("http://{}\n", stage.host(3456, &stage.id)));
    let signed = stage
        .home
        .json(&["preview-url", "box", "-p", "3456", "--expires", "60"]);
    assert_eq!(
        (signed["port"].as_u64(), signed["expiresInSeconds"].as_u64()),
        (Some(3456), Some(60))
    );
    let plain = stage
        .home
        .json(&["sandbox", "preview-url", "box", "-p", "3456", "--unsigned"]);
    assert_eq!(plain["token"], stage.token());
    for (arguments, code) in [
        (&["preview-url", "bix", "-p", "1"][..], 5),
        (&["preview-url", "box"], 2),
        (&["preview-url", "box", "-p", "0"], 2),
        (&["preview-url", "box", "-p", "1", "--expires", "86401"], 2),
        (
            &[
                "preview-url",
                "box",
                "-p",
                "1",
                "--expires",
                "9",
                "--unsigned",
            ],
            2,
        ),
    ] {
        let seen = stage.home.run(arguments);
        assert_eq!(seen.code, Some(code), "{arguments:?}: {seen}");
    }
    let seen = stage.home.run(&["preview-url", "bix", "-p", "1"]);
    assert!(seen.stderr.contains("did you mean `box`"), "{seen}");
}
