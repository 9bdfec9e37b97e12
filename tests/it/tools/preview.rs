//! Links to servers in a sandbox.

use std::time::Duration;

use serde_json::json;

use crate::binary::Home;
use crate::leftover::within;
use crate::mcp_client::Server;

#[test]
fn a_link_is_checked_before_it_is_given() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::with_all_tools(&home);
    let link = json!({"id": "box", "port": 3999});
    let (kind, message, hint) = server.refused("preview_link", &link);
    assert_eq!(kind, "unavailable", "{message}");
    assert!(message.ends_with("no port is listened on"), "{message}");
    assert!(
        hint.contains("execute_command") && hint.contains("checkServer: false"),
        "{hint}"
    );

    let _ = home.sh(
        "box",
        "mkdir -p site && echo hello > site/index.html && cd site && nohup python3 -m http.server 3456 >/dev/null 2>&1 &",
    );
    let ready = || {
        home.sh("box", "grep -c ':0D80 .* 0A ' /proc/net/tcp")
            .stdout
            == "1\n"
    };
    assert!(within(Duration::from_secs(20), ready));
    let (_, message, _) = server.refused("preview_link", &link);
    assert!(
        message.contains("3456 (python3 -m http.server 3456)"),
        "{message}"
    );

    let good = json!({"id": "box", "port": 3456, "description": "a site"});
    let given = server.done("preview_link", &good);
    assert_eq!(
        (&given["status"], &given["server"], &given["description"]),
        (
            &json!(200),
            &json!("python3 -m http.server 3456"),
            &json!("a site")
        ),
        "{given}"
    );
    let url = given["url"].as_str().expect("an address");
    assert!(
        url.starts_with("http://127.") && url.contains("/~"),
        "{url}"
    );
    let stale = json!({"id": "box", "port": 3456, "checkServer": false});
    let given = server.done("preview_link", &stale);
    assert!(
        given["status"].is_null() && given["url"].is_string(),
        "{given}"
    );
    let _ = home.sh(
        "box",
        "rm -r site/index.html && mv site gone && pkill -f http.server; true",
    );
    let given = server.done(
        "preview_link",
        &json!({"id": "box", "port": 3999, "checkServer": false}),
    );
    assert!(
        given["url"]
            .as_str()
            .expect("an address")
            .starts_with("http://127."),
        "{given}"
    );
    assert_eq!(
        server
            .refused("preview_link", &json!({"id": "box", "port": 0}))
            .0,
        "usage"
    );
    assert_eq!(
        server
            .refused("preview_link", &json!({"id": "box", "port": 70000}))
            .0,
        "usage"
    );
}

#[test]
fn what_a_server_answers_is_passed_on_and_silence_is_said() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::with_all_tools(&home);
    let servers = r#"cat > s.py <<'END'
import http.server, socket, threading, time
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        open('heard', 'a').write(str(self.headers))
        self.send_response(418); self.send_header('content-length', '0'); self.end_headers()
mute = socket.create_server(('127.0.0.1', 3457))
http.server.ThreadingHTTPServer(('127.0.0.1', 3456), Handler).serve_forever()
END
nohup python3 s.py >/dev/null 2>&1 &"#;
    let _ = home.sh("box", servers);
    let ready = || {
        home.sh("box", "grep -c ':0D80 .* 0A ' /proc/net/tcp")
            .stdout
            == "1\n"
    };
    assert!(within(Duration::from_secs(20), ready));
    let given = server.done("preview_link", &json!({"id": "box", "port": 3456}));
    assert_eq!(given["status"], 418, "{given}");
    let heard = home.sh("box", "cat heard").stdout.to_lowercase();
    assert!(
        heard.contains("host:") && !heard.contains("authorization"),
        "{heard}"
    );
    let given = server.done("preview_link", &json!({"id": "box", "port": 3457}));
    assert!(given["status"].is_null(), "{given}");
    assert!(
        given["note"]
            .as_str()
            .expect("a note")
            .contains("does not answer"),
        "{given}"
    );
}
