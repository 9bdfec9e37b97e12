//! The MCP server as a client sees it that knows nothing but JSON lines on a pipe.

use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use serde_json::{Value, json};

use crate::binary::Home;
use crate::leftover::within;
use crate::mcp_client::Server;

#[test]
fn every_version_of_the_older_era_is_spoken() {
    let home = Home::new();
    for version in ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] {
        let mut server = Server::start(&home);
        let reply = server.initialize(version);
        assert_eq!(reply["result"]["protocolVersion"], version, "{reply}");
        assert_eq!(reply["result"]["serverInfo"]["name"], "daytona-mcp");
        let tools = server.ask("tools/list", json!({}));
        assert_eq!(tools["result"]["tools"].as_array().map(Vec::len), Some(20));
    }
}

#[test]
fn the_newer_era_needs_no_greeting() {
    let home = Home::new();
    let mut server = Server::start(&home);
    let meta = json!({"_meta": {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    }});
    let reply = server.ask("server/discover", meta.clone());
    let versions = reply["result"]["supportedVersions"].to_string();
    assert!(
        versions.contains("2026-07-28") && versions.contains("2024-11-05"),
        "{reply}"
    );
    let reply = server.ask("tools/list", meta);
    assert_eq!(reply["result"]["resultType"], "complete", "{reply}");
    assert_eq!(reply["result"]["tools"].as_array().map(Vec::len), Some(20));
}

#[test]
fn what_is_not_there_is_an_error_of_the_protocol() {
    let home = Home::new();
    let mut server = Server::greeted(&home);
    let reply = server.ask("no/such/method", json!({}));
    assert_eq!(reply["error"]["code"], -32601, "{reply}");
    let reply = server.call("shave_yak", &json!({}));
    assert_eq!(reply["error"]["code"], -32602, "{reply}");
    let message = reply["error"]["message"].as_str().expect("a message");
    assert!(
        message.contains("shave_yak") && message.contains("list_sandboxes"),
        "{message}"
    );
    // It goes on after lines that are no messages.
    let stdin = server.stdin.as_mut().expect("a pipe");
    stdin
        .write_all(b"this is no JSON\n\n")
        .expect("the server reads");
    let reply = server.ask("tools/list", json!({}));
    assert!(reply["result"]["tools"].is_array(), "{reply}");
}

#[test]
fn the_end_of_input_and_sigterm_end_it() {
    let home = Home::new();
    let mut server = Server::greeted(&home);
    server.stdin.take();
    assert_eq!(server.ended(Duration::from_secs(2)), (Some(0), vec![]));
    let mut server = Server::start(&home);
    server.stdin.take();
    assert_eq!(server.ended(Duration::from_secs(2)), (Some(0), vec![]));
    let mut server = Server::greeted(&home);
    server.terminate();
    assert_eq!(server.ended(Duration::from_secs(2)), (Some(0), vec![]));
    let mut stderr = String::new();
    let pipe = server.child.stderr.as_mut().expect("a pipe");
    pipe.read_to_string(&mut stderr).expect("text");
    assert_eq!(stderr, "");
}

#[test]
fn a_call_ends_with_the_server() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    for by_signal in [true, false] {
        let mut server = Server::greeted(&home);
        let command = json!({"id": "demo", "command": "exec -a mcp-sleeper sleep 60"});
        server.post(
            "tools/call",
            json!({"name": "execute_command", "arguments": command}),
        );
        let ten = Duration::from_secs(10);
        assert!(within(ten, || home.count("demo", "mcp-sleeper") == 1));
        if by_signal {
            server.terminate();
        } else {
            server.stdin.take();
        }
        let (code, _) = server.ended(Duration::from_secs(1));
        assert_eq!(code, Some(0));
        assert!(
            within(Duration::from_secs(1), || home.count("demo", "mcp-sleeper")
                == 0),
            "the command outlived the server by a second, by signal: {by_signal}"
        );
    }
}

#[test]
fn the_log_names_calls_and_no_secrets() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    let made = server.call(
        "create_sandbox",
        &json!({"name": "logged", "env": {"T": "secret-value"}}),
    );
    assert_eq!(
        made["result"]["structuredContent"]["state"], "started",
        "{made}"
    );
    let ran = server.call(
        "execute_command",
        &json!({"id": "logged", "command": "echo hidden-text"}),
    );
    assert_eq!(
        ran["result"]["structuredContent"]["stdout"], "hidden-text\n",
        "{ran}"
    );
    let wrong = server.call(
        "execute_command",
        &json!({"id": "nobody", "command": "echo hidden-text"}),
    );
    assert_eq!(wrong["result"]["isError"], true, "{wrong}");
    server.done("execute_command", &json!({"command": "true"}));
    let own = server.done("list_sandboxes", &json!({}))["items"].clone();
    let own = own.as_array().expect("items").iter();
    let own = own.map(|one| one["id"].as_str().expect("an id").to_owned());
    let own: Vec<String> = own.collect();
    server.stdin.take();
    assert_eq!(server.ended(Duration::from_secs(3)).0, Some(0));
    let path = home.path().join(".daytona/daytona-mcp.log");
    let permissions = std::fs::metadata(&path)
        .expect("a log")
        .permissions()
        .mode();
    assert_eq!(permissions & 0o777, 0o600);
    let log = std::fs::read_to_string(&path).expect("a log");
    assert!(
        log.contains("execute_command") && log.contains("logged"),
        "{log}"
    );
    assert!(log.contains("call failed"), "{log}");
    // Who asked, in which session, and what it was about where nobody named it.
    let calls = log
        .lines()
        .filter(|line| line.contains("call succeeded") || line.contains("call failed"));
    for call in calls.clone() {
        assert!(call.contains("client=\"Test Client\" session=\""), "{call}");
    }
    let unnamed = calls.filter(|line| {
        own.iter()
            .any(|id| line.contains(&format!("sandbox=\"{id}\"")))
    });
    assert_eq!(unnamed.count(), 1, "{log}");
    let key = std::fs::read_to_string(home.engine().join("engine.key")).expect("a key");
    for secret in ["hidden-text", "secret-value", key.trim(), "dtn_"] {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
}

#[test]
fn without_credentials_it_starts_and_says_what_is_missing() {
    let home = Home::new().set("DAYTONA_API_URL", "https://daytona.example.com/api");
    let mut server = Server::greeted(&home);
    let reply = server.call("list_sandboxes", &json!({}));
    assert_eq!(reply["result"]["isError"], true, "{reply}");
    let text = reply["result"]["content"][0]["text"]
        .as_str()
        .expect("text");
    let error: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(error["kind"], "auth", "{error}");
    assert!(error["hints"][0].is_string(), "{error}");
}
