//! What the engine itself cannot do: told as its own failure, and in its log with the reason.

use std::fs;
use std::thread;
use std::time::Duration;

use serde_json::json;

use super::images::post;
use crate::binary::Home;
use crate::leftover::within;

#[test]
fn a_start_that_fails_is_the_engines_and_in_its_log() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box", "-q"]);
    home.done(&["stop", "box", "-q"]);
    let id = home.disks().pop().expect("a disk");
    let disk = home.engine().join("runtime/sandboxes").join(id);
    let moved = home.engine().join("moved");
    fs::rename(&disk, &moved).expect("moved");
    fs::write(&disk, "no folder").expect("written");
    let failed = home.run(&["start", "box"]);
    assert_eq!(failed.code, Some(1), "{failed}");
    let reason = "Sandbox failed to start: Not a directory";
    assert!(failed.stderr.contains(reason), "{failed}");
    assert!(failed.stderr.contains("500"), "{failed}");
    let log = fs::read_to_string(home.engine().join("engine.log")).expect("a log");
    let told = |line: &str| line.contains("ERROR") && line.contains(reason);
    assert!(log.lines().any(told), "{log}");
    fs::remove_file(&disk).expect("removed");
    fs::rename(&moved, &disk).expect("moved back");
}

#[test]
fn a_sandbox_that_goes_while_it_is_asked_is_gone() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let answer = thread::scope(|scope| {
        let asking = scope.spawn(|| {
            let body = json!({ "command": "touch begun; sleep 60" });
            post(&home, "/toolbox/box/toolbox/process/execute", &body)
        });
        let begun = || home.run(&["exec", "box", "--", "ls begun"]).code == Some(0);
        assert!(within(Duration::from_secs(20), begun), "it does not begin");
        home.done(&["delete", "box"]);
        asking.join().expect("an answer")
    });
    assert_eq!(answer["statusCode"], 410, "{answer}");
    let said = answer["message"].as_str().unwrap_or_default();
    assert!(said.contains("deleted"), "{answer}");
}

#[test]
fn who_cannot_own_a_file_is_said() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    home.done(&["exec", "box", "--", "touch mine"]);
    let path = "/toolbox/box/toolbox/files/permissions?path=mine&owner=";
    for owner in ["999999", "nobody-of-that-name"] {
        let answer = post(&home, &format!("{path}{owner}"), &json!({}));
        let said = answer["message"].as_str().unwrap_or_default();
        assert!(
            answer["statusCode"] == 400 && !said.contains("invalid path"),
            "{answer}"
        );
        assert!(said.contains("user"), "{answer}");
    }
    let answer = post(
        &home,
        "/toolbox/box/toolbox/process/execute",
        &json!({ "command": "true", "cwd": "/nope" }),
    );
    let said = answer.to_string();
    assert!(said.contains("/nope"), "{said}");
}
