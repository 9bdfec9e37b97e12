//! A sandbox at its limits: the agent has room of its own, and says which limit was hit.

use std::time::Duration;

use serde_json::{Value, json};

use crate::stopwatch::Stopwatch;
use crate::toolbox::sandbox::Sandbox;

fn exec(sandbox: &Sandbox, session: &str, command: &str) -> (u16, Value) {
    let path = format!("/process/session/{session}/exec");
    let reply = sandbox.post(&path, &json!({ "command": command }));
    (reply.status, reply.json())
}

#[test]
fn sessions_that_nobody_deletes_do_not_use_the_sandbox_up() {
    let sandbox = Sandbox::new();
    let make = |name: &str| {
        let made = sandbox.post("/process/session", &json!({ "sessionId": name }));
        assert_eq!(made.status, 201, "{}", made.json());
    };
    // One that is never used has no process.
    make("unused");
    let there = sandbox.run("ls -d /proc/[0-9]* | wc -l");
    let there: usize = there.trim().parse().expect("a number");
    // The first process, and what counts.
    assert!(there <= 4, "{there} processes");
    make("busy");
    assert_eq!(exec(&sandbox, "busy", "A=kept; sleep 1000 & true").0, 200);
    for number in 0..1100 {
        let name = format!("s{number}");
        make(&name);
        let (status, told) = exec(&sandbox, &name, "A=kept; echo $A");
        assert_eq!(told["stdout"], "kept\n", "{number}: {status} {told}");
    }
    let shells: usize = sandbox
        .run("ls -d /proc/[0-9]* | wc -l")
        .trim()
        .parse()
        .expect("a number");
    assert!((100..140).contains(&shells), "{shells} processes");
    // The latest have their shells, and so has one that left something running.
    for name in ["s1099", "busy"] {
        assert_eq!(exec(&sandbox, name, "echo $A").1["stdout"], "kept\n");
    }
    let (status, told) = exec(&sandbox, "s0", "echo $A");
    assert_eq!((status, &told["code"]), (410, &json!("SESSION_ENDED")));
    let message = told["message"].as_str().expect("a text");
    assert!(message.contains("128 sessions"), "{message}");
    // What it wrote is there still.
    let shown = sandbox.get("/process/session/s0").json();
    let id = shown["commands"][0]["id"].as_str().expect("an id");
    let logs = sandbox.get(&format!("/process/session/s0/command/{id}/logs"));
    assert_eq!(String::from_utf8_lossy(&logs.body), "kept\n");
}

#[test]
fn where_no_process_is_left_files_and_shells_are_still_had() {
    let sandbox = Sandbox::new();
    sandbox.post("/process/session", &json!({ "sessionId": "s" }));
    let flood =
        "for i in $(seq 1200); do sleep 300 & done 2>/dev/null; echo full > /tmp/full; wait";
    let body = json!({ "command": flood, "runAsync": true });
    assert_eq!(sandbox.post("/process/session/s/exec", &body).status, 202);
    let begun = Stopwatch::start();
    loop {
        let told = sandbox.run("n=0; for p in /proc/[0-9]*; do n=$((n+1)); done; echo $n");
        let count: u32 = told.trim().parse().unwrap_or_else(|_| panic!("{told}"));
        if count > 1000 {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{count}");
        std::thread::sleep(Duration::from_millis(200));
    }
    for _ in 0..8 {
        assert_eq!(sandbox.run("echo here"), "here\n");
        let body = [
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\ntext\r\n--x--\r\n",
        ]
        .concat();
        let kind = [("Content-Type", "multipart/form-data; boundary=x")];
        let sent = sandbox.ask_with(
            "POST",
            "/files/upload?path=%2Ftmp%2Ff",
            &kind,
            body.as_bytes(),
        );
        assert_eq!(sent.status, 200, "{}", sent.json());
        let got = sandbox.get("/files/download?path=%2Ftmp%2Ff");
        assert_eq!(got.body, b"text", "{}", got.json());
        assert_eq!(sandbox.get("/files?path=%2Ftmp").status, 200);
    }
    // Programs themselves are at their limit; the shell tries again for some seconds.
    let told = sandbox.run("/bin/echo x; /bin/echo y; true");
    assert!(told.contains("Resource temporarily unavailable"), "{told}");
    // The agent's own room has an end too: then it says which limit it is.
    let mut refused = Value::Null;
    for number in 0..80 {
        let name = format!("t{number}");
        sandbox.post("/process/session", &json!({ "sessionId": name }));
        let body = json!({ "command": "read x", "runAsync": true });
        let reply = sandbox.post(&format!("/process/session/{name}/exec"), &body);
        if reply.status != 202 {
            refused = reply.json();
            break;
        }
    }
    let message = refused["message"].as_str().unwrap_or_default();
    assert!(
        message.contains("as many processes and threads as it may have: 1024"),
        "{refused}"
    );
    assert_eq!(sandbox.get("/files?path=%2Ftmp").status, 200);
    assert_eq!(sandbox.ask("DELETE", "/process/session/s", b"").status, 204);
    sandbox.until("/bin/echo again", "again");
}
