//! The session's own sandbox: made at the first use, shared with nobody, gone when the session ends.

use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::binary::Home;
use crate::leftover::within;
use crate::mcp_client::Server;
use crate::stopwatch::Stopwatch;

/// The sandboxes that there are, by name.
fn there(home: &Home) -> Vec<String> {
    let list = home.json(&["list"]);
    let items = list["items"].as_array().expect("sandboxes").clone();
    let name = |sandbox: &Value| sandbox["name"].as_str().map(str::to_owned);
    items.iter().filter_map(name).collect()
}

fn run(server: &mut Server, command: &str) -> Value {
    server.done("execute_command", &json!({"command": command}))
}

#[test]
fn it_is_made_at_the_first_use_and_gone_at_the_end() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "mine"]);
    for by_signal in [true, false] {
        let mut server = Server::greeted(&home);
        server.done("list_sandboxes", &json!({}));
        assert_eq!(there(&home), ["mine"], "made before it was used");
        let made = run(&mut server, "echo kept > note");
        let name = made["sandbox"].as_str().expect("a name").to_owned();
        assert!(name.starts_with("test-client-"), "{name}");
        assert_eq!(run(&mut server, "cat note")["stdout"], "kept\n");
        // What is about a sandbox, not inside one, wants to know which.
        assert_eq!(server.refused("get_sandbox", &json!({"id": ""})).0, "usage");
        let labels = home.json(&["info", &name])["labels"].clone();
        assert_eq!(labels["daytona.io/agent"], "test-client", "{labels}");
        assert_eq!(there(&home).len(), 2);
        if by_signal {
            server.terminate();
        } else {
            server.stdin.take();
        }
        assert_eq!(server.ended(Duration::from_secs(2)).0, Some(0));
        assert!(
            within(Duration::from_secs(5), || there(&home) == ["mine"]),
            "left: {:?}",
            there(&home)
        );
    }
}

#[test]
fn what_was_killed_together_with_the_engine_is_swept_by_the_next_one() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "mine"]);
    let mut server = Server::greeted(&home);
    run(&mut server, "true");
    assert_eq!(there(&home).len(), 2);
    let engine = Pid::from_raw(home.engine_pid().expect("an engine")).expect("a process");
    kill_process(engine, Signal::KILL).expect("a signal");
    kill_process(Pid::from_child(&server.child), Signal::KILL).expect("a signal");
    assert!(
        within(Duration::from_secs(40), || there(&home) == ["mine"]),
        "left: {:?}",
        there(&home)
    );
}

#[test]
fn what_a_killed_server_had_is_swept() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "mine"]);
    // Killed at rest, while a command runs, while the sandbox is made.
    for moment in 0..6 {
        let mut server = Server::greeted(&home);
        if moment < 2 {
            run(&mut server, "true");
        }
        if moment > 0 {
            let call = json!({"name": "execute_command", "arguments": {"command": "sleep 60"}});
            server.post("tools/call", call);
            std::thread::sleep(Duration::from_millis(moment * 40));
        }
        let pid = Pid::from_child(&server.child);
        kill_process(pid, Signal::KILL).expect("a signal");
        drop(server);
    }
    assert!(
        within(Duration::from_secs(30), || there(&home) == ["mine"]),
        "left: {:?}",
        there(&home)
    );
}

#[test]
fn two_clients_share_nothing_unless_asked_to() {
    let home = Home::with_engine();
    let (mut one, mut other) = (Server::greeted(&home), Server::greeted(&home));
    run(&mut one, "echo one > whose");
    run(&mut other, "echo other > whose");
    assert_eq!(run(&mut one, "cat whose")["stdout"], "one\n");
    let flags = ["--session", "team"];
    let mut first = Server::with(&home, &flags, &json!({}));
    let mut second = Server::with(&home, &flags, &json!({}));
    let by_first = run(&mut first, "echo shared > whose");
    let by_second = run(&mut second, "cat whose");
    assert_eq!(by_second["stdout"], "shared\n");
    assert_eq!(by_first["sandbox"], by_second["sandbox"]);
    // It lives as long as one of them does.
    first.stdin.take();
    assert_eq!(first.ended(Duration::from_secs(2)).0, Some(0));
    // The engine looks for what is left of a session two seconds after the last who held it.
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(run(&mut second, "cat whose")["stdout"], "shared\n");
    drop(second);
    let gone = || !there(&home).contains(&"session-team".to_owned());
    assert!(within(Duration::from_secs(15), gone), "{:?}", there(&home));
}

#[test]
fn it_is_kept_on_request_and_found_again() {
    let home = Home::with_engine();
    let flags = ["--keep", "--session", "project"];
    let mut server = Server::with(&home, &flags, &json!({}));
    run(&mut server, "echo long > note");
    server.stdin.take();
    assert_eq!(server.ended(Duration::from_secs(2)).0, Some(0));
    // The engine looks for what is left of a session two seconds after the last who held it.
    std::thread::sleep(Duration::from_secs(3));
    let mut again = Server::with(&home, &flags, &json!({}));
    assert_eq!(run(&mut again, "cat note")["stdout"], "long\n");
}

#[test]
fn stopped_gone_and_unreachable_are_told_apart() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    let name = run(&mut server, "echo here > note")["sandbox"].clone();
    let name = name.as_str().expect("a name");
    // A stopped one is started by the next use.
    home.done(&["stop", name]);
    assert_eq!(run(&mut server, "cat note")["stdout"], "here\n");
    // One that somebody else deleted is said to be gone, once; nothing pretends that it is still there.
    home.done(&["delete", name]);
    let (kind, message, hints) = server.refused("execute_command", &json!({"command": "cat note"}));
    assert_eq!(kind, "not_found", "{message}");
    assert!(
        message.contains("deleted") && hints.contains("new"),
        "{message}: {hints}"
    );
    let fresh = run(&mut server, "ls note || echo none");
    assert_eq!(fresh["stdout"], "none\n");
    assert_ne!(fresh["sandbox"], name);
    let (kind, ..) = server.refused(
        "execute_command",
        &json!({"id": "nobody", "command": "true"}),
    );
    assert_eq!(kind, "not_found");
    // A server that is not there is neither.
    let away = Home::with_server("http://127.0.0.1:9/api");
    let (kind, ..) = Server::greeted(&away).refused("execute_command", &json!({"command": "true"}));
    assert_eq!(kind, "unavailable");
}

#[test]
fn a_create_that_is_cancelled_leaves_nothing() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    server.done("list_sandboxes", &json!({}));
    for wait in [0, 5, 20, 40, 80] {
        let call = json!({"name": "create_sandbox", "arguments": {}});
        let id = server.post("tools/call", call);
        std::thread::sleep(Duration::from_millis(wait));
        let cancel = json!({"requestId": id, "reason": "changed my mind"});
        server
            .say(&json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": cancel}));
    }
    // Those that were ready before the cancellation came stay: their answer was on its way.
    let mut left = there(&home).len();
    assert!(within(Duration::from_secs(20), || {
        let before = left;
        std::thread::sleep(Duration::from_millis(500));
        left = there(&home).len();
        left == before
    }));
    assert!(left < 5, "{left} of 5 are left");
    let answered = server.answers();
    // An answer that is ready in the moment in which the cancellation comes is dropped by the protocol's
    // library, as the protocol wants it: that can be seen of one, not of several.
    let untold = left.saturating_sub(answered);
    assert!(
        untold <= 1 && answered <= left,
        "{left} are left, {answered} were told of"
    );
}

#[test]
fn a_retry_with_the_same_key_acts_once() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    let create = json!({"idempotencyKey": "make-1", "labels": {"a": "b"}});
    let first = server.done("create_sandbox", &create);
    let again = server.done("create_sandbox", &create);
    assert_eq!(first["id"], again["id"]);
    assert_eq!(there(&home).len(), 1);
    // Names that are none make nothing.
    assert_eq!(
        server.refused("create_sandbox", &json!({"name": " "})).0,
        "usage"
    );
    let (_, message, _) = server.refused("create_sandbox", &json!({"name": "x".repeat(256)}));
    assert!(
        message.contains("at most 255 characters, not 256"),
        "{message}"
    );
    assert_eq!(there(&home).len(), 1);
    let other = json!({"idempotencyKey": "make-1", "labels": {"a": "c"}});
    let (kind, message, _) = server.refused("create_sandbox", &other);
    assert_eq!(kind, "usage", "{message}");
    let id = first["id"].clone();
    let append = json!({"id": id, "command": "echo x >> log; cat log", "idempotencyKey": "k"});
    assert_eq!(server.done("execute_command", &append)["stdout"], "x\n");
    assert_eq!(server.done("execute_command", &append)["stdout"], "x\n");
    // Of another session too: its own server may have died in between.
    let mut second = Server::greeted(&home);
    assert_eq!(second.done("execute_command", &append)["stdout"], "x\n");
}

#[test]
fn an_engine_that_was_stopped_stays_so_until_it_is_needed() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    run(&mut server, "echo here > note");
    let begun = Stopwatch::start();
    home.done(&["serve", "--stop"]);
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "the lease held it up"
    );
    // Who holds a lease asks for another at once, and is told within two seconds.
    std::thread::sleep(Duration::from_secs(2));
    let runs = |pid: i32| std::path::Path::new(&format!("/proc/{pid}/root")).exists();
    assert!(!home.engine_pid().is_some_and(runs), "it was started again");
    // The next call needs it, and finds the sandbox as it was.
    assert_eq!(run(&mut server, "cat note")["stdout"], "here\n");
    server.stdin.take();
    assert_eq!(server.ended(Duration::from_secs(3)).0, Some(0));
    assert!(
        within(Duration::from_secs(10), || there(&home).is_empty()),
        "{:?}",
        there(&home)
    );
}
