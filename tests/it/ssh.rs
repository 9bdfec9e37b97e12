//! `daytona ssh`: the system's `ssh`, with what the server says as far as that is a destination.

use std::os::unix::fs::PermissionsExt as _;

use crate::binary::Home;
use crate::responder::{Responder, reply};

/// A server that gives access by that command, and a home where `ssh` says what it was given.
fn stage(command: &'static str) -> (Responder, Home) {
    let server = Responder::new(move |_, asked| {
        if asked.line.contains("/ssh-access") && asked.line.starts_with("POST") {
            let body = serde_json::json!({"id": "a", "token": "tok", "sshCommand": command});
            return reply("200 OK", &body.to_string());
        }
        reply("200 OK", r#"{"id":"id-1","name":"demo","state":"started"}"#)
    });
    let home = Home::with_server(&server.url);
    let program = home.path().join("bin/ssh");
    std::fs::create_dir(home.path().join("bin")).expect("a folder");
    std::fs::write(&program, "#!/bin/sh\necho \"ssh $*\"\nexit 7\n").expect("a program");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("a program");
    let path = home.path().join("bin").display().to_string();
    (server, home.set("PATH", &format!("{path}:/usr/bin:/bin")))
}

#[test]
fn it_connects_and_leaves_no_access_behind() {
    let (server, home) = stage("ssh -p 2222 tok@localhost");
    let seen = home.run(&["ssh", "demo", "--expires", "5", "--", "uptime", "-p"]);
    assert_eq!(
        (seen.stdout.as_str(), seen.code),
        ("ssh -p2222 -- tok@localhost uptime -p\n", Some(7)),
        "{seen}"
    );
    assert_eq!(
        server.lines()[1..],
        [
            "POST /api/sandbox/id-1/ssh-access?expiresInMinutes=5",
            "DELETE /api/sandbox/id-1/ssh-access?token=tok"
        ]
    );
}

#[test]
fn what_a_server_says_runs_nothing_here() {
    let (_server, home) = stage("ssh -oProxyCommand=touch${IFS}owned a@b");
    let seen = home.run(&["ssh", "demo"]);
    assert_eq!((seen.stdout.as_str(), seen.code), ("", Some(1)), "{seen}");
    assert!(seen.stderr.contains("it is not run"), "{seen}");
    assert!(!home.path().join("owned").exists());
}
