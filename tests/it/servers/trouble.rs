//! Creations whose answer is lost or late, servers that restart, limits and keys: what is said and what is left.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use expect_test::expect;
use serde_json::{Value, json};

use crate::binary::Home;
use crate::responder::{Asked, Reply, Responder, reply};
use crate::stopwatch::Stopwatch;

/// A server that makes a sandbox at each POST, and answers that as it is told to.
fn makes(
    state: &'static str,
    answer: impl Fn(&Value) -> Reply + Send + Sync + 'static,
) -> Responder {
    let made: Arc<Mutex<Option<Value>>> = Arc::default();
    Responder::new(move |_, asked: &Asked| {
        let mut made = made.lock().expect("no panic");
        if asked.line == "POST /api/sandbox" {
            let body: Value = serde_json::from_str(&asked.body).expect("JSON");
            let sandbox = json!({
                "id": "id-1", "name": "box", "state": state, "labels": body["labels"],
                "errorReason": "no runner has room", "toolboxProxyUrl": "http://127.0.0.1:1",
            });
            *made = Some(sandbox.clone());
            drop(made);
            return answer(&sandbox);
        }
        let there = made.as_ref();
        match (asked.line.split(['?', ' ']).nth(1), there) {
            (Some("/api/sandbox"), there) => {
                let items: Vec<&Value> = there.into_iter().collect();
                reply(
                    "200 OK",
                    &json!({"items": items, "nextCursor": null}).to_string(),
                )
            }
            (Some("/api/sandbox/id-1"), Some(sandbox)) => reply("200 OK", &sandbox.to_string()),
            _ => reply(
                "404 Not Found",
                r#"{"statusCode":404,"message":"not found"}"#,
            ),
        }
    })
}

fn posts(server: &Responder) -> usize {
    let lines = server.lines();
    lines
        .iter()
        .filter(|line| *line == "POST /api/sandbox")
        .count()
}

#[test]
fn a_creation_that_fails_on_the_runner_names_what_it_left() {
    let failed = r#"{"statusCode":400,"message":"Sandbox failed to start: no runner has room"}"#;
    let server = makes("error", move |_| reply("400 Bad Request", failed));
    let home = Home::with_server(&server.url);
    expect![[r#"
        --- stderr ---
        error: sandbox `box` failed (error): no runner has room
        hint: delete it: `daytona delete box`
        --- exit 1
    "#]]
    .assert_eq(&home.run(&["create"]).to_string());
    assert_eq!(posts(&server), 1);
    // What was made for one command is nobody's afterwards.
    let ran = home.run(&["run", "--", "true"]);
    assert_eq!(ran.code, Some(125), "{ran}");
    let deletions = server
        .lines()
        .iter()
        .filter(|line| *line == "DELETE /api/sandbox/id-1")
        .count();
    assert_eq!(deletions, 1, "{:#?}", server.lines());
}

#[test]
fn a_creation_whose_answer_is_lost_is_found_and_never_sent_twice() {
    for status in ["502 Bad Gateway", "504 Gateway Timeout"] {
        let server = makes("started", move |_| reply(status, "<html>proxy</html>"));
        let seen = Home::with_server(&server.url).run(&["create"]);
        assert_eq!(
            (seen.code, posts(&server)),
            (Some(0), 1),
            "{status}: {seen}"
        );
        assert!(
            seen.stderr
                .contains("the answer to the creation was lost, but `box` was made"),
            "{seen}"
        );
    }
    // One that is cut in the middle.
    let server = makes("started", |_| {
        reply("200 OK", "{\"id\": \"id-1\"").longer(10)
    });
    let seen = Home::with_server(&server.url).run(&["create"]);
    assert_eq!((seen.code, posts(&server)), (Some(0), 1), "{seen}");
    // One that was not carried out.
    let server = Responder::new(|_, asked| {
        if asked.line.starts_with("POST") {
            return reply("502 Bad Gateway", "<html>");
        }
        reply("200 OK", r#"{"items":[],"nextCursor":null}"#)
    });
    let begun = Stopwatch::start();
    let seen = Home::with_server(&server.url).run(&["create"]);
    assert_eq!((seen.code, posts(&server)), (Some(1), 1), "{seen}");
    assert!(
        seen.stderr
            .contains("daytona list --label daytona.io/request="),
        "{seen}"
    );
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn an_answer_that_is_held_back_is_not_waited_for() {
    let late =
        |sandbox: &Value| reply("200 OK", &sandbox.to_string()).after(Duration::from_secs(20));
    for (arguments, code) in [
        (&["create", "--timeout", "2"][..], 124),
        (&["create", "--no-wait"][..], 0),
    ] {
        let server = makes("creating", late);
        let begun = Stopwatch::start();
        let seen = Home::with_server(&server.url).run(arguments);
        assert_eq!(seen.code, Some(code), "{arguments:?}: {seen}");
        assert!(seen.stderr.contains("creating"), "{arguments:?}: {seen}");
        assert!(
            begun.elapsed() < Duration::from_secs(6),
            "{arguments:?}: {:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn a_wait_outlasts_a_restart_of_the_server() {
    let away = Arc::new(AtomicUsize::new(0));
    let server = Responder::new(move |_, asked| {
        let state = |state: &str| {
            let body =
                json!({"id": "id-1", "name": "box", "state": state, "desiredState": "stopped"});
            reply("200 OK", &body.to_string())
        };
        if asked.line.starts_with("POST") {
            return state("stopping");
        }
        // Each look is tried four times.
        match away.fetch_add(1, Ordering::Relaxed) {
            0 => state("started"),
            1..=9 => reply("503 Service Unavailable", "<html>"),
            _ => state("stopped"),
        }
    });
    let seen = Home::with_server(&server.url).run(&["stop", "box"]);
    assert_eq!(seen.code, Some(0), "{seen}");
}

#[test]
fn a_list_that_is_behind_names_nothing_by_the_servers_own_name() {
    let deleted = Arc::new(AtomicBool::new(false));
    let asked_of = Arc::clone(&deleted);
    let server = Responder::new(move |_, asked| {
        if asked.line.starts_with("DELETE") {
            asked_of.store(true, Ordering::Relaxed);
        }
        let page = json!({"items": [
            {"id": "id-1", "name": "DESTROYED_web_1764201600000", "state": "destroying"},
        ], "nextCursor": null});
        reply("200 OK", &page.to_string())
    });
    let home = Home::with_server(&server.url);
    let listed = home.run(&["list"]);
    assert!(listed.stdout.starts_with("web\tdestroying"), "{listed}");
    let none = home.run(&["delete", "--all", "--yes"]);
    assert_eq!(none.code, Some(0), "{none}");
    assert!(!deleted.load(Ordering::Relaxed), "it was deleted once more");
}

#[test]
fn what_a_server_refuses_is_told_by_its_kind() {
    let told = |status: &'static str, headers: &'static str, message: &str, arguments: &[&str]| {
        let body = json!({"statusCode": 0, "message": message}).to_string();
        let server = Responder::new(move |_, _| {
            let reply = reply(status, &body);
            if headers.is_empty() {
                reply
            } else {
                reply.header(headers)
            }
        });
        let seen = Home::with_server(&server.url).run(arguments);
        let origin = server.url.trim_end_matches("/api").to_owned();
        seen.replace(&origin, "[ORIGIN]").to_string()
    };
    let throttled = "ThrottlerException: Too Many Requests";
    let all: Vec<String> = [
        (
            "429 Too Many Requests",
            "retry-after-sandbox-create: 60",
            throttled,
            &["create"][..],
        ),
        (
            "429 Too Many Requests",
            "retry-after-sandbox-lifecycle: 60",
            throttled,
            &["stop", "x"][..],
        ),
        (
            "429 Too Many Requests",
            "retry-after-authenticated: 60",
            throttled,
            &["list"][..],
        ),
        (
            "429 Too Many Requests",
            "retry-after: 60",
            throttled,
            &["list"][..],
        ),
        ("403 Forbidden", "", "Access denied", &["create"][..]),
        ("403 Forbidden", "", "Access denied", &["delete", "x"][..]),
        (
            "403 Forbidden",
            "",
            "Access denied",
            &["volume", "list"][..],
        ),
        (
            "403 Forbidden",
            "",
            "Access denied",
            &["snapshot", "delete", "x"][..],
        ),
        ("401 Unauthorized", "", "Invalid credentials", &["list"][..]),
    ]
    .into_iter()
    .map(|(status, headers, message, arguments)| {
        format!(
            "$ {}\n{}",
            arguments.join(" "),
            told(status, headers, message, arguments)
        )
    })
    .collect();
    expect![[r#"
        $ create
        --- stderr ---
        error: ThrottlerException: Too Many Requests (429 Too Many Requests)
        hint: the server limits how often sandboxes are created: it asks to wait 60 s
        --- exit 1
        $ stop x
        --- stderr ---
        error: ThrottlerException: Too Many Requests (429 Too Many Requests)
        hint: the server limits how often sandboxes are started, stopped and deleted: it asks to wait 60 s
        --- exit 1
        $ list
        --- stderr ---
        error: ThrottlerException: Too Many Requests (429 Too Many Requests)
        hint: the server limits requests: it asks to wait 60 s
        --- exit 1
        $ list
        --- stderr ---
        error: ThrottlerException: Too Many Requests (429 Too Many Requests)
        hint: the server limits requests: it asks to wait 60 s
        --- exit 1
        $ create
        --- stderr ---
        error: Access denied (403 Forbidden)
        hint: the key lacks the permission write:sandboxes: see which key it is with `daytona config show`
        --- exit 4
        $ delete x
        --- stderr ---
        error: Access denied (403 Forbidden)
        hint: the key lacks the permission delete:sandboxes: see which key it is with `daytona config show`
        --- exit 4
        $ volume list
        --- stderr ---
        error: Access denied (403 Forbidden)
        hint: the key lacks the permission read:volumes: see which key it is with `daytona config show`
        --- exit 4
        $ snapshot delete x
        --- stderr ---
        error: Access denied (403 Forbidden)
        hint: the key lacks a permission for this: see which key it is with `daytona config show`
        --- exit 4
        $ list
        --- stderr ---
        error: Invalid credentials (401 Unauthorized)
        hint: check the key and where it is sent: `daytona config show`
        --- exit 4
    "#]].assert_eq(&all.concat());
}
