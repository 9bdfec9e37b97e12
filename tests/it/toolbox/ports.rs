//! Ports and measurements: what listens, what is asked through the proxy, what is used.

use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::sandbox::Sandbox;

/// Answers one upgrade with an echo, and everything else with what it was asked.
const SERVER: &str = r"
import base64, hashlib, http.server
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_GET(self):
        if 'upgrade' in self.headers:
            key = self.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
            accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
            self.wfile.write(('HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n' % accept).encode())
            self.wfile.write(b'\x81\x02hi')
            self.rfile.read(6)
            self.close_connection = True
            return
        body = ('%s %s %s' % (self.path, self.headers['host'], self.rfile.read(int(self.headers.get('content-length', 0))).decode())).encode()
        self.send_response(404)
        self.send_header('content-length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_POST = do_GET
http.server.ThreadingHTTPServer(('127.0.0.1', 3456), Handler).serve_forever()
";

#[test]
fn a_port_is_seen_and_reached() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.get("/port").json(), json!({ "ports": [] }));
    assert_eq!(sandbox.get("/proxy/3456/x").status, 502);
    sandbox.ask("POST", "/files/upload-v2?path=server.py", SERVER.as_bytes());
    sandbox.run("python3 server.py >/dev/null 2>&1 &");
    sandbox.until("grep -c ':0D80 .* 0A ' /proc/net/tcp", "1");
    assert_eq!(sandbox.get("/port").json(), json!({ "ports": [3456] }));
    assert_eq!(
        sandbox.get("/port/3456/in-use").json(),
        json!({ "isInUse": true })
    );
    assert_eq!(
        sandbox.get("/port/3457/in-use").json(),
        json!({ "isInUse": false })
    );
    for bad in ["80", "10000", "x"] {
        assert_eq!(
            sandbox.get(&format!("/port/{bad}/in-use")).status,
            400,
            "{bad}"
        );
    }
    // As the server said it, an error too.
    let reply = sandbox.ask("POST", "/proxy/3456/a%20b?c=d", b"body");
    assert_eq!(reply.status, 404);
    assert_eq!(
        String::from_utf8_lossy(&reply.body),
        "/a%20b?c=d localhost:3456 body"
    );
    let (mut socket, _) = sandbox.socket("/proxy/3456/ws", "").ok().expect("a socket");
    assert_eq!(socket.read().expect("a message"), Message::text("hi"));
}

#[test]
fn what_is_used_is_measured() {
    let sandbox = Sandbox::new();
    let metrics = sandbox.get("/system/metrics").json();
    for name in [
        "cpuCount",
        "memTotal",
        "memUsed",
        "diskTotal",
        "timestampUnix",
    ] {
        assert!(
            metrics[name].as_u64().is_some_and(|value| value > 0),
            "{name}: {metrics}"
        );
    }
    for name in ["memCache", "diskUsed", "diskFree"] {
        assert!(metrics[name].is_u64(), "{name}: {metrics}");
    }
    assert!(
        metrics["cpuUsedPct"]
            .as_f64()
            .is_some_and(|value| value >= 0.0),
        "{metrics}"
    );
}

#[test]
fn what_is_not_there_says_so() {
    let sandbox = Sandbox::new();
    for (method, path, status, code) in [
        ("POST", "/lsp/start", 501, "INTERNAL_SERVER_ERROR"),
        ("POST", "/lsp/did-open", 400, "LSP_SERVER_NOT_INITIALIZED"),
        ("GET", "/computeruse/screenshot", 503, "A11Y_UNAVAILABLE"),
        ("GET", "/none", 404, "NOT_FOUND"),
    ] {
        let refused = sandbox.ask(method, path, b"{}");
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (status, code),
            "{path}"
        );
        let said = refused.json();
        assert_eq!(
            (&said["path"], &said["method"]),
            (&json!(path), &json!(method))
        );
        assert_eq!(said["source"], "DAYTONA_DAEMON");
    }
}
