//! How the server ends, and what it says where it cannot begin as it was told to.

use std::io::{Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::binary::Home;
use crate::leftover::within;
use crate::mcp_client::Server;
use crate::stopwatch::Stopwatch;

const SECOND: Duration = Duration::from_secs(1);

/// A server whose client asks for much and reads nothing.
fn unread(home: &Home) -> Child {
    let mut child = home
        .command(&["mcp", "start"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let client = json!({"name": "deaf", "version": "1"});
    let hello = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params":
        {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client}});
    writeln!(stdin, "{hello}").expect("it reads");
    for id in 1..200 {
        writeln!(
            stdin,
            r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/list"}}"#
        )
        .expect("it reads");
    }
    child.stdin = Some(stdin);
    // Its answers fill the pipe, which nobody reads.
    let out = child.stdout.as_ref().expect("a pipe");
    let full = || rustix::io::ioctl_fionread(out).expect("a count") >= 60_000;
    assert!(within(Duration::from_secs(20), full), "it says little");
    child
}

fn ends_within_a_second(child: &mut Child, how: &str) {
    let begun = Stopwatch::start();
    let ended = within(Duration::from_secs(5), || {
        child.try_wait().expect("a child").is_some()
    });
    let took = begun.elapsed();
    let _ = child.kill();
    let _ = child.wait();
    assert!(ended && took < SECOND, "{how}: {took:?}");
}

#[test]
fn a_client_that_does_not_read_does_not_keep_it() {
    let home = Home::new();
    let mut child = unread(&home);
    drop(child.stdin.take());
    ends_within_a_second(&mut child, "end of input");
    let mut child = unread(&home);
    kill_process(Pid::from_child(&child), Signal::TERM).expect("a signal");
    ends_within_a_second(&mut child, "signal");
    // One that has closed its ear, too.
    let mut child = unread(&home);
    drop(child.stdout.take());
    ends_within_a_second(&mut child, "closed output");
}

#[test]
fn a_client_that_asks_without_end_is_not_read_without_end() {
    let home = Home::new();
    let mut child = unread(&home);
    let mut stdin = child.stdin.take().expect("a pipe");
    let written = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&written);
    let writing = std::thread::spawn(move || {
        let mut id = 1000;
        while id < 2_000_000 {
            id += 1;
            counted.store(id, Ordering::Relaxed);
            if writeln!(
                stdin,
                r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/list"}}"#
            )
            .is_err()
            {
                return id;
            }
        }
        id
    });
    // Until nothing more is taken from us.
    let mut last = 0;
    assert!(within(Duration::from_mins(1), || {
        let before = last;
        std::thread::sleep(Duration::from_millis(500));
        last = written.load(Ordering::Relaxed);
        last > 0 && last == before
    }));
    let status =
        std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("a process");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak: u64 = peak
        .expect("the peak")
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .expect("a number");
    kill_process(Pid::from_child(&child), Signal::TERM).expect("a signal");
    ends_within_a_second(&mut child, "signal");
    let asked = writing.join().expect("a thread");
    assert!(asked < 100_000, "{asked} requests were read");
    assert!(peak < 200 << 10, "{peak} KiB");
}

#[test]
fn what_was_asked_for_just_before_the_end_is_answered() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let mut server = Server::greeted(&home);
    let arguments = json!({"id": "demo", "command": "echo last"});
    let id = server.post(
        "tools/call",
        json!({"name": "execute_command", "arguments": arguments}),
    );
    server.stdin.take();
    let answer = server.answer_to(id, |_, _| {});
    assert_eq!(
        answer["result"]["structuredContent"]["stdout"], "last\n",
        "{answer}"
    );
    assert_eq!(server.ended(SECOND).0, Some(0));
}

/// The message of every call's failure, and what the greeting says.
fn trouble(home: &Home, flags: &[&str]) -> (String, String) {
    let mut server = Server::with_flags(home, flags);
    let hello = server.initialize("2025-11-25");
    let greeting = hello["result"]["instructions"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let tools = server.ask("tools/list", json!({}));
    assert_eq!(tools["result"]["tools"].as_array().map(Vec::len), Some(20));
    for (tool, arguments) in [
        ("list_sandboxes", json!({})),
        ("create_sandbox", json!({"x": 1})),
    ] {
        let (kind, message, hints) = server.refused(tool, &arguments);
        assert_eq!(kind, "usage", "{message}");
        assert!(greeting.contains(&message), "{greeting}\n{message}");
        assert!(hints.contains("configuration"), "{hints}");
    }
    let read = server.ask("resources/read", json!({"uri": "sandbox://x"}));
    assert_eq!(read["error"]["code"], -32602, "{read}");
    server.stdin.take();
    assert_eq!(server.ended(SECOND).0, Some(0));
    let mut stderr = String::new();
    let pipe = server.child.stderr.as_mut().expect("a pipe");
    pipe.read_to_string(&mut stderr).expect("text");
    (greeting, stderr)
}

#[test]
fn settings_that_are_wrong_are_told_to_the_client() {
    let home = Home::new();
    for (flags, told) in [
        (&["--toolsets", "exce"][..], "there is no group `exce`"),
        (&["--scope", "prefix=a"], "`prefix` is no bound"),
        (&["--confirm", "perhaps"], "--confirm: `perhaps`"),
        (&["--call-limit", "soon"], "--call-limit"),
        (&["--call-limit", "0"], "--call-limit"),
        (&["--no-such-flag"], "--no-such-flag"),
        (&["--env-file", "/nowhere"], "/nowhere"),
        (&["left", "over"], "left"),
    ] {
        let (greeting, stderr) = trouble(&home, flags);
        assert!(greeting.contains(told), "{flags:?}: {greeting}");
        assert!(stderr.contains(told), "{flags:?}: {stderr}");
    }
    for (name, value) in [
        ("DAYTONA_MCP_READ_ONLY", "perhaps"),
        ("DAYTONA_REQUEST_TIMEOUT", "soon"),
        ("DAYTONA_LOG", "=="),
    ] {
        let (greeting, _) = trouble(&Home::new().set(name, value), &[]);
        assert!(greeting.contains(name), "{name}: {greeting}");
    }
}

/// A terminal: the end of a person, and that of a program.
fn terminal() -> (OwnedFd, OwnedFd) {
    use rustix::fs::{Mode, OFlags};
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&person).expect("granted");
    unlockpt(&person).expect("unlocked");
    let name = ptsname(&person, Vec::new()).expect("a name");
    let program = rustix::fs::open(&name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty());
    (person, program.expect("its other end"))
}

#[test]
fn a_person_who_starts_it_is_told_what_it_is() {
    let home = Home::new();
    let start = |flags: &[&str]| {
        let (person, program) = terminal();
        let mut child = home
            .command(&[&["mcp", "start"], flags].concat())
            .stdin(Stdio::from(program))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        // It has said what it says before it reads.
        let said = child.stderr.as_ref().expect("a pipe");
        let told = || rustix::io::ioctl_fionread(said).expect("a count") > 0;
        assert!(within(Duration::from_secs(20), told), "it says nothing");
        let mut typing = std::fs::File::from(person);
        // The end of input, as a person types it.
        typing.write_all(b"\x04").expect("a key");
        let ended = within(Duration::from_secs(5), || {
            child.try_wait().expect("a child").is_some()
        });
        let _ = child.kill();
        let output = child.wait_with_output().expect("its output");
        assert!(ended, "{output:?}");
        (
            String::from_utf8_lossy(&output.stderr).into_owned(),
            output.status.code(),
        )
    };
    let (said, code) = start(&[]);
    assert!(
        said.contains("daytona mcp init") && said.lines().count() == 1,
        "{said}"
    );
    assert_eq!(code, Some(0));
    let (said, code) = start(&["--scope", "prefix=a"]);
    assert!(said.contains("`prefix` is no bound"), "{said}");
    assert_eq!(code, Some(2));
}

#[test]
fn a_server_in_trouble_is_not_told_to_work() {
    let home = Home::new();
    home.done(&["mcp", "init", "cursor"]);
    let file = home.path().join(".cursor/mcp.json");
    let text = std::fs::read_to_string(&file).expect("a file");
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    value["mcpServers"]["daytona-mcp"]["args"] = json!(["mcp", "start", "--no-such-flag"]);
    std::fs::write(&file, value.to_string()).expect("a file");
    let seen = home.run(&["mcp", "status", "--json"]);
    assert!(
        seen.stdout.contains("broken") && seen.stdout.contains("--no-such-flag"),
        "{seen}"
    );
}
