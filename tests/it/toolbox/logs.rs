//! `daytona logs`: sessions that a client of the API opened, seen from the terminal.

use std::io::Read as _;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use super::sandbox::Sandbox;
use crate::binary::Home;
use crate::leftover::within;

/// The binary with the engine of that sandbox as its server.
fn outside(sandbox: &Sandbox) -> Home {
    Home::new()
        .set("DAYTONA_API_URL", &sandbox.api())
        .set("DAYTONA_API_KEY", sandbox.key())
}

fn begin(sandbox: &Sandbox, command: &str) -> String {
    let body = json!({ "command": command, "runAsync": true });
    let begun = sandbox.post("/process/session/s/exec", &body).json();
    begun["cmdId"].as_str().expect("an id").to_owned()
}

#[test]
fn sessions_are_listed_and_their_logs_shown() {
    let sandbox = Sandbox::new();
    let (home, id) = (outside(&sandbox), sandbox.id());
    assert_eq!(home.text(&["logs", id]), "");
    sandbox.post("/process/session", &json!({ "sessionId": "s" }));
    let empty = home.run(&["logs", id, "--session", "s"]);
    assert_eq!(empty.code, Some(5), "{empty}");
    let first = begin(&sandbox, "echo one; echo oops >&2; (exit 3)");
    let second = begin(&sandbox, "echo two; read line; echo $line");
    // The last one is meant, and what it wrote so far.
    assert!(within(Duration::from_secs(10), || home.text(&[
        "logs",
        id,
        "--session",
        "s"
    ]) == "two\n"));
    let listed = home.run(&["logs", id]);
    assert_eq!(
        listed.stdout,
        format!(
            "s\texit 3\techo one; echo oops >&2; (exit 3)\t{first}\n\
             s\trunning\techo two; read line; echo $line\t{second}\n"
        ),
        "{listed}"
    );
    assert!(listed.stderr.contains("--session SESSION"), "{listed}");
    assert_eq!(
        home.json(&["logs", id])["sessions"][0]["commands"][0]["exitCode"],
        3
    );
    let seen = home.run(&["logs", id, "--session", "s", "--command", &first[..8]]);
    assert_eq!(
        (seen.stdout.as_str(), seen.stderr.as_str()),
        ("one\n", "oops\n")
    );
    let value = home.json(&["logs", id, "--session", "s", "--command", &first]);
    let expected = json!({ "session": "s", "command": first, "exitCode": 3, "stdout": "one\n", "stderr": "oops\n", "truncated": false });
    assert_eq!(value, expected);
    for arguments in [
        &["--session", "none"][..],
        &["--session", "s", "--command", "none"],
    ] {
        let seen = home.run(&[&["logs", id], arguments].concat());
        assert_eq!(seen.code, Some(5), "{seen}");
        assert!(seen.stderr.contains("daytona logs "), "{seen}");
    }
    assert_eq!(home.run(&["logs", id, "--command", "x"]).code, Some(2));
}

#[test]
fn a_log_is_followed_until_the_end_or_until_we_are_asked_to() {
    let sandbox = Sandbox::new();
    let (home, id) = (outside(&sandbox), sandbox.id());
    sandbox.post("/process/session", &json!({ "sessionId": "s" }));
    begin(
        &sandbox,
        "for n in 1 2 3; do echo $n; sleep 0.2; done; echo end >&2",
    );
    let seen = home.run(&["logs", id, "--session", "s", "-f"]);
    assert_eq!(
        (seen.stdout.as_str(), seen.stderr.as_str()),
        ("1\n2\n3\n", "end\n")
    );
    assert_eq!(seen.code, Some(0));
    let long = begin(&sandbox, "echo there; sleep 987");
    let mut child = home.spawn(&["logs", id, "--session", "s", "--follow"]);
    let mut there = [0; 6];
    let out = child.stdout.as_mut().expect("a pipe");
    out.read_exact(&mut there).expect("what there is");
    assert_eq!(&there, b"there\n");
    let _ = kill_process(Pid::from_child(&child), Signal::INT);
    let seen = home.finish(child);
    assert_eq!((seen.stdout.as_str(), seen.code), ("", Some(130)), "{seen}");
    // It goes on without us.
    let state = sandbox.get(&format!("/process/session/s/command/{long}"));
    assert_eq!(state.json().get("exitCode"), None);
}
