//! However much a program says, and whatever it writes where the agent listens, the agent stays small
//! and answers.

use std::fs;
use std::io::Read as _;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::toolbox::interpreter;
use crate::toolbox::sandbox::Sandbox;

/// The agent of a sandbox, as this machine numbers it.
fn agent(sandbox: &Sandbox) -> u32 {
    let disk = format!("upperdir=sandboxes/{}/", sandbox.id());
    let entries = fs::read_dir("/proc").expect("a folder").flatten();
    let mut found = entries.filter_map(|entry| {
        let mounts = fs::read_to_string(entry.path().join("mountinfo")).ok()?;
        let status = fs::read_to_string(entry.path().join("status")).ok()?;
        let numbers = status.lines().find(|line| line.starts_with("NSpid:"))?;
        let first = mounts.contains(&disk) && numbers.split_whitespace().last() == Some("1");
        first.then(|| entry.file_name().to_str()?.parse().ok())?
    });
    found.next().expect("the agent runs")
}

/// The most memory that it ever had, in KiB.
fn peak(sandbox: &Sandbox) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", agent(sandbox))).expect("a status");
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .expect("a size");
    let size = line.trim().trim_end_matches(" kB");
    size.parse().expect("a number")
}

/// What the agent may have beside its own program.
const ROOM: u64 = 48 << 10;

#[track_caller]
fn small(sandbox: &Sandbox, before: u64, way: &str) {
    let now = peak(sandbox);
    eprintln!("{way}: {now} KiB at most, {before} KiB at first");
    assert!(now < before + ROOM, "{way}: {before} KiB, then {now} KiB");
    assert_eq!(sandbox.run("echo here"), "here\n");
}

#[test]
fn much_output_is_not_held_in_memory() {
    let sandbox = Sandbox::new();
    sandbox.run("echo first");
    let before = peak(&sandbox);

    let much = "head -c 268435456 /dev/zero | tr '\\0' y; echo the end";
    let told = sandbox.run(much);
    small(&sandbox, before, "execute");
    let length = told.len();
    assert!((32 << 20..33 << 20).contains(&length), "{length}");
    assert!(told.starts_with("yyyy") && told.ends_with("ythe end\n"));
    let note = told
        .trim_matches('y')
        .split('\n')
        .nth(1)
        .unwrap_or_default();
    assert!(
        note.starts_with("[234881032 bytes of the output are left out here"),
        "{note:.200}"
    );

    // Programs that alternate between their streams, and one that never ends.
    sandbox.post("/process/session", &json!({ "sessionId": "s" }));
    let text =
        "for i in $(seq 20000); do echo o$i; echo e$i >&2; done; head -c 100000000 /dev/zero";
    let body = json!({ "command": text, "runAsync": true });
    let begun = sandbox.post("/process/session/s/exec", &body).json();
    let id = begun["cmdId"].as_str().expect("an id").to_owned();
    let path = format!("/process/session/s/command/{id}");
    let end = Instant::now() + Duration::from_mins(1);
    while sandbox.get(&path).json()["exitCode"].is_null() {
        assert!(Instant::now() < end, "it goes on");
        std::thread::sleep(Duration::from_millis(50));
    }
    small(&sandbox, before, "session");
    let headers = [("X-Daytona-Split-Output", "true")];
    let mut reply = sandbox.begin("GET", &format!("{path}/logs"), &headers);
    let mut read = 0;
    let mut buffer = vec![0; 1 << 16];
    // Each byte is six in JSON, and comes twice: some of it is enough.
    while read < 150 << 20 {
        let count = reply.read(&mut buffer).expect("more");
        assert!(count > 0, "{read} bytes");
        read += count;
    }
    drop(reply);
    small(&sandbox, before, "logs");

    let code = "import sys\nfor i in range(1024): sys.stdout.write('y' * 524288)";
    let body = json!({ "code": code, "language": "python" });
    let ran = sandbox.post("/process/code-run", &body).json();
    assert_eq!(ran["exitCode"], 0);
    small(&sandbox, before, "code");

    let code = "import os\nfor i in range(64): os.write(1, b'y' * 524288)";
    assert_eq!(interpreter::stdout(&sandbox, code).len(), 64 << 19);
    small(&sandbox, before, "interpreter");

    if sandbox.run("command -v git").is_empty() {
        return;
    }
    sandbox.run("mkdir ~/bin; mkdir -p ~/.local/bin; printf '#!/bin/sh\\nexec head -c 300000000 /dev/zero\\n' > ~/.local/bin/git; chmod +x ~/.local/bin/git; mkdir r");
    let told = sandbox.get("/git/status?path=r");
    assert_eq!(told.status, 507, "{}", told.json());
    small(&sandbox, before, "git");
}

#[test]
fn what_is_written_where_the_agent_listens_does_no_harm() {
    let sandbox = Sandbox::new();
    sandbox.post("/process/session", &json!({ "sessionId": "s" }));
    let before = peak(&sandbox);
    let exec = |command: &str| -> Value {
        sandbox
            .post("/process/session/s/exec", &json!({ "command": command }))
            .json()
    };
    // The pipe in which the shell tells of its commands: no line at all, lines of others, a false end.
    let flood = "head -c 200000000 /dev/zero > $(ls -d /run/daytona/*/status)";
    assert_eq!(exec(flood)["exitCode"], 0);
    small(&sandbox, before, "status");
    let lies = "printf '\\nx 0\\n%s 9999999999\\n+ +\\n \\n' nobody > $(ls -d /run/daytona/*/status); echo fine";
    assert_eq!(exec(lies)["stdout"], "fine\n");
    // A program left behind that never stops writing.
    assert_eq!(exec("yes & echo begun; exit_code=0")["exitCode"], 0);
    assert_eq!(exec("echo next")["stdout"], "next\n");
    sandbox.run("pkill yes; echo gone");
    // Without its folder the session goes on, also where something else is in the place of its pipe.
    sandbox.run("rm -rf /run/daytona/*; mkdir -p /run/daytona; ln -s / /run/daytona/link");
    assert_eq!(exec("echo x")["stdout"], "x\n");
    let swap = "cd /run/daytona/*/ && rm status && printf 'x 0\\n' > status; echo swapped";
    assert_eq!(exec(swap)["stdout"], "swapped\n");
    assert_eq!(exec("echo x")["stdout"], "x\n");
    sandbox.post("/process/session", &json!({ "sessionId": "t" }));
    let ran = sandbox.post("/process/session/t/exec", &json!({ "command": "echo x" }));
    assert_eq!(ran.json()["stdout"], "x\n", "{}", ran.json());

    // The socket of the interpreter's process, beyond any line, and an end that is none.
    let code = "import gc, socket\nlink = [o for o in gc.get_objects() if isinstance(o, socket.socket)][0]\nfor i in range(100): link.sendall(b'x' * 1000000)";
    let _ = interpreter::stdout_of_any(&sandbox, code);
    small(&sandbox, before, "events");
    assert_eq!(interpreter::stdout(&sandbox, "print('again')"), "again\n");
    let code = "raise ValueError('v' * 50000000)";
    let _ = interpreter::stdout_of_any(&sandbox, code);
    small(&sandbox, before, "error");
}
