//! Servers in trouble: each failure says what happened, with its own exit code.

use std::time::{Duration, Instant};

use expect_test::expect;

use crate::binary::Home;
use crate::responder::{Responder, reply};
use crate::stopwatch::Stopwatch;

#[test]
fn what_is_not_a_daytona_api_is_shown() {
    let html = Responder::script(vec![reply("200 OK", "<html>\n<body>hello</body></html>")]);
    expect![[r#"
        --- stderr ---
        error: [SERVER]/sandbox?limit=200 answered 200 OK with something that is not the expected JSON (expected value at line 1 column 1): <html>
        hint: check that the API URL is a Daytona API, usually ending in /api: `daytona config show`
        --- exit 1
    "#]].assert_eq(&list(&html));
    let page = Responder::script(vec![reply("404 Not Found", "<h1>nginx</h1>")]);
    expect![[r#"
        --- stderr ---
        error: [ORIGIN] answered 404 Not Found: <h1>nginx</h1>
        hint: check that the API URL is a Daytona API, usually ending in /api: `daytona config show`
        --- exit 1
    "#]]
    .assert_eq(&list(&page));
    let broken = Responder::script(vec![reply("200 OK", "{\"items\": [{\"id\"")]);
    expect![[r#"
        --- stderr ---
        error: [SERVER]/sandbox?limit=200 answered 200 OK with something that is not the expected JSON (EOF while parsing an object at line 1 column 16): {"items": [{"id"
        hint: check that the API URL is a Daytona API, usually ending in /api: `daytona config show`
        --- exit 1
    "#]].assert_eq(&list(&broken));
}

#[test]
fn a_refused_key_is_an_auth_failure() {
    let body = r#"{"statusCode":401,"error":"Unauthorized","message":"Invalid credentials"}"#;
    let server = Responder::script(vec![reply("401 Unauthorized", body)]);
    expect![[r#"
        --- stderr ---
        error: Invalid credentials (401 Unauthorized)
        hint: check the key and where it is sent: `daytona config show`
        --- exit 4
    "#]]
    .assert_eq(&list(&server));
    let headers = server.asked()[0].headers.join("\n");
    assert!(
        headers.contains("authorization: Bearer dtn_0123456789abcdef"),
        "{headers}"
    );
    assert!(headers.contains("x-daytona-source: cli"), "{headers}");
}

#[test]
fn a_busy_server_is_asked_again_when_it_says() {
    let body = r#"{"statusCode":429,"message":"Too many requests"}"#;
    let busy = reply("429 Too Many Requests", body).header("retry-after: 1");
    let server = Responder::script(vec![
        busy,
        reply("200 OK", r#"{"items":[],"nextCursor":null}"#),
    ]);
    let begun = Instant::now();
    expect![[r#"
        --- exit 0
    "#]]
    .assert_eq(&list(&server));
    assert!(begun.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.lines().len(), 2);

    let later = reply("429 Too Many Requests", body).header("retry-after: 3600");
    let server = Responder::script(vec![later]);
    expect![[r#"
        --- stderr ---
        error: Too many requests (429 Too Many Requests)
        hint: the server limits requests: it asks to wait 3600 s
        --- exit 1
    "#]]
    .assert_eq(&list(&server));
}

#[test]
fn reads_are_tried_again_and_what_changes_something_never() {
    let page = || reply("200 OK", r#"{"items":[],"nextCursor":null}"#);
    for status in [
        "500 Internal Server Error",
        "502 Bad Gateway",
        "503 Service Unavailable",
        "504 Gateway Timeout",
    ] {
        let server = Responder::script(vec![reply(status, r#"{"message":"x"}"#), page()]);
        assert!(list(&server).contains("--- exit 0"), "{status}");
        assert_eq!(server.lines().len(), 2, "{status}");
        // It may have been carried out behind a proxy.
        for command in [&["create"][..], &["start", "web"], &["stop", "web"]] {
            let server = Responder::new(move |_, asked| {
                if asked.line.starts_with("POST") {
                    return reply(status, r#"{"message":"from a proxy"}"#);
                }
                reply("200 OK", r#"{"id":"i","name":"web","state":"started"}"#)
            });
            let seen = Home::with_server(&server.url).run(command);
            let posts = |line: &&String| line.starts_with("POST");
            let count = server.lines().iter().filter(posts).count();
            assert!(count <= 1, "{status} {command:?}: {:?}", server.lines());
            assert!(
                command[0] == "start" || seen.stderr.contains("from a proxy"),
                "{command:?}: {seen}"
            );
        }
    }
    // An end comes, and soon.
    let begun = Stopwatch::start();
    let down = Responder::new(|_, _| reply("502 Bad Gateway", "<html>"));
    assert!(list(&down).contains("answered 502"), "it was no failure");
    assert_eq!(down.lines().len(), 4);
    assert!(begun.elapsed() < Duration::from_secs(8));
    // Where the server says when, it has done nothing yet.
    let busy = reply("429 Too Many Requests", r#"{"message":"slowly"}"#).header("retry-after: 1");
    let made = reply("200 OK", r#"{"id":"i","name":"web","state":"started"}"#);
    let server = Responder::script(vec![busy, made]);
    let seen = Home::with_server(&server.url).run(&["create"]);
    let lines = server.lines();
    let posts = lines.iter().filter(|line| line.starts_with("POST")).count();
    assert_eq!((seen.code, posts), (Some(0), 2), "{seen} {lines:?}");
}

#[test]
fn a_deletion_that_was_tried_twice_is_told_so() {
    let tries = std::sync::atomic::AtomicUsize::new(0);
    let server = Responder::new(move |_, asked| {
        if !asked.line.starts_with("DELETE") {
            return reply("200 OK", r#"{"id":"i","name":"web","state":"stopped"}"#);
        }
        match tries.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
            0 => reply("502 Bad Gateway", r#"{"message":"from a proxy"}"#),
            _ => reply(
                "404 Not Found",
                r#"{"message":"Sandbox with ID i not found"}"#,
            ),
        }
    });
    let seen = Home::with_server(&server.url).run(&["delete", "web", "--yes"]);
    let deletions = server
        .lines()
        .iter()
        .filter(|line| line.starts_with("DELETE"))
        .count();
    assert_eq!(deletions, 2, "{seen}");
    assert!(
        seen.stderr.contains("may have deleted it") || seen.code == Some(0),
        "{seen}"
    );
}

#[test]
fn a_key_a_permission_and_a_quota_are_told_apart() {
    let shown = |status: &'static str, message: &str| {
        let body = format!(r#"{{"statusCode":403,"error":"Forbidden","message":"{message}"}}"#);
        let server = Responder::new(move |_, _| reply(status, &body));
        let seen = Home::with_server(&server.url).run(&["create", "--json"]);
        let error: serde_json::Value = serde_json::from_str(&seen.stderr).expect("JSON");
        (
            error["error"]["kind"].to_string(),
            error["error"]["hints"].to_string(),
            seen.code,
        )
    };
    let (kind, hints, code) = shown("401 Unauthorized", "Invalid credentials");
    assert!(
        kind == "\"auth\"" && hints.contains("check the key"),
        "{kind} {hints}"
    );
    assert_eq!(code, Some(4));
    let (kind, hints, code) = shown("403 Forbidden", "Access denied");
    assert!(
        kind == "\"auth\"" && hints.contains("lacks the permission write:sandboxes"),
        "{kind} {hints}"
    );
    assert_eq!(code, Some(4));
    for message in [
        "Total CPU limit exceeded. Maximum allowed: 10.",
        "Organization is suspended: Depleted credits",
    ] {
        let (kind, hints, code) = shown("403 Forbidden", message);
        assert!(
            kind == "\"limit\"" && hints.contains("not the key"),
            "{kind} {hints}"
        );
        assert_eq!(code, Some(1));
    }
}

#[test]
fn a_silent_server_ends_with_the_request_timeout() {
    let server = Responder::script(vec![reply("200 OK", "{}").after(Duration::from_secs(30))]);
    let home = Home::with_server(&server.url);
    let seen = home.run(&["list", "--request-timeout", "0.3"]);
    expect![[r#"
        --- stderr ---
        error: [SERVER]/sandbox?limit=200 did not answer within 0.3 s
        hint: allow more time: `--request-timeout SECONDS`
        --- exit 124
    "#]]
    .assert_eq(&seen.replace(&server.url, "[SERVER]").to_string());
}

#[test]
fn a_server_that_is_down_is_unreachable() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a free port");
    let url = format!("http://{port}/api");
    let seen = Home::with_server(&url).run(&["list", "--json"]);
    expect![[r#"
        --- stderr ---
        {
          "error": {
            "kind": "unavailable",
            "message": "cannot reach [SERVER]/sandbox?limit=200: error sending request: client error (Connect): tcp connect error: Connection refused (os error 111)",
            "hints": [
              "see where requests go, and why: `daytona config show`"
            ]
          }
        }
        --- exit 1
    "#]].assert_eq(&seen.replace(&url, "[SERVER]").to_string());
}

fn list(server: &Responder) -> String {
    let origin = server.url.trim_end_matches("/api").to_owned();
    let seen = Home::with_server(&server.url).run(&["list"]);
    seen.replace(&server.url, "[SERVER]")
        .replace(&origin, "[ORIGIN]")
        .to_string()
}
