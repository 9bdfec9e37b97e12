//! Sessions: what old and new clients are told, what is echoed, how they are cancelled.

use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::sandbox::{Sandbox, rest};

const NEW: (&str, &str) = ("X-Daytona-SDK-Version", "0.205.1");
const OLD: (&str, &str) = ("X-Daytona-SDK-Version", "0.100.0");

#[test]
fn logs_are_told_in_the_clients_dialect() {
    let sandbox = Sandbox::new();
    assert_eq!(
        sandbox
            .post("/process/session", &json!({ "sessionId": "s" }))
            .status,
        201
    );
    let body = json!({ "command": "echo out; sleep 0.1; echo err >&2; exit_status() { return 3; }; exit_status" });
    let ran = sandbox.ask_with(
        "POST",
        "/process/session/s/exec",
        &[NEW],
        body.to_string().as_bytes(),
    );
    let ran = ran.json();
    assert_eq!(
        (&ran["stdout"], &ran["stderr"], &ran["exitCode"]),
        (&json!("out\n"), &json!("err\n"), &json!(3))
    );
    let marked = "\u{1}\u{1}\u{1}out\n\u{2}\u{2}\u{2}err\n";
    assert_eq!(ran["output"], marked);
    let id = ran["cmdId"].as_str().expect("an id");
    let path = format!("/process/session/s/command/{id}/logs");
    let logs = sandbox.ask_with("GET", &path, &[NEW], b"");
    assert_eq!(
        logs.json(),
        json!({ "output": marked, "stdout": "out\n", "stderr": "err\n" })
    );
    let logs = sandbox.ask_with("GET", &path, &[OLD], b"");
    assert_eq!(logs.body, marked.as_bytes());
    assert!(
        logs.headers.to_lowercase().contains("text/plain"),
        "{}",
        logs.headers
    );
    assert_eq!(sandbox.get(&path).body, b"out\nerr\n");
}

#[test]
fn input_is_echoed_unless_it_must_not_be() {
    let sandbox = Sandbox::new();
    sandbox.post("/process/session", &json!({ "sessionId": "s" }));
    for (suppress, expected) in [(false, "name\nhello name\n"), (true, "hello name\n")] {
        let body = json!({ "command": "read who; echo hello $who", "runAsync": true, "suppressInputEcho": suppress });
        let begun = sandbox.post("/process/session/s/exec", &body);
        assert_eq!(begun.status, 202);
        let id = begun.json()["cmdId"].as_str().expect("an id").to_owned();
        let path = format!("/process/session/s/command/{id}");
        let sent = sandbox.post(&format!("{path}/input"), &json!({ "data": "name" }));
        assert_eq!(sent.status, 204);
        let (mut socket, _) = sandbox
            .socket(
                &format!("{path}/logs?follow=true"),
                "X-Daytona-SDK-Version~0.205.1",
            )
            .ok()
            .expect("a socket");
        let (messages, close) = rest(&mut socket);
        assert_eq!(close, Some((1000, r#"{"exitCode":0}"#.to_owned())));
        let bytes: Vec<u8> = messages
            .iter()
            .flat_map(|message| message.clone().into_data())
            .collect();
        let text = String::from_utf8_lossy(&bytes).replace("\u{1}\u{1}\u{1}", "");
        assert_eq!(text, expected);
        let late = sandbox.post(&format!("{path}/input"), &json!({ "data": "x" }));
        assert_eq!(
            (late.status, late.code().as_str()),
            (410, "COMMAND_ALREADY_COMPLETED")
        );
    }
}

#[test]
fn the_entrypoint_is_there() {
    let sandbox = Sandbox::new();
    let shown = sandbox.get("/process/session/entrypoint").json();
    assert_eq!(shown["commands"][0]["id"], "entrypoint_command");
    let logs = sandbox.ask_with("GET", "/process/session/entrypoint/logs", &[NEW], b"");
    assert_eq!(
        logs.json(),
        json!({ "output": "", "stdout": "", "stderr": "" })
    );
    let (mut socket, _) = sandbox
        .socket("/process/session/entrypoint/logs?follow=true", "")
        .ok()
        .expect("a socket");
    assert_eq!(
        rest(&mut socket),
        (Vec::<Message>::new(), Some((1000, String::new())))
    );
    assert_eq!(sandbox.get("/process/session").json(), json!([]));
    assert_eq!(
        sandbox
            .ask("DELETE", "/process/session/entrypoint", b"")
            .status,
        400
    );
}

#[test]
fn a_session_that_is_deleted_ends_what_waits_for_it() {
    let sandbox = Sandbox::new();
    sandbox.post("/process/session", &json!({ "sessionId": "s" }));
    std::thread::scope(|scope| {
        let waits = scope.spawn(|| {
            sandbox.post(
                "/process/session/s/exec",
                &json!({ "command": "sleep 99999" }),
            )
        });
        sandbox.until("pgrep -cf '^sleep 99999'", "1");
        assert_eq!(sandbox.ask("DELETE", "/process/session/s", b"").status, 204);
        let refused = waits.join().expect("a reply");
        assert_eq!(refused.status, 400);
        assert_eq!(refused.json()["message"], "session cancelled");
    });
    sandbox.until("pgrep -cf '^sleep 99999'", "0");
}
