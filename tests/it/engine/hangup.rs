//! Clients that go away in the middle: nothing of theirs stays, no process, no file, no descriptor, no layer.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::binary::Home;
use crate::leftover::within;

use super::crash::Reach;

/// How often each client goes away.
const TIMES: usize = 8;

/// Begins a request whose body has `length` bytes and sends `part` of it.
fn begin(reach: &Reach, line: &str, more: &str, length: usize, part: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(&reach.address).expect("the engine listens");
    let head = format!(
        "{line} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\n{more}content-length: {length}\r\n\r\n",
        reach.address, reach.key
    );
    stream.write_all(head.as_bytes()).expect("a request");
    stream.write_all(part).expect("a part of it");
    stream
}

/// Sends a request with a JSON body and waits for its reply's beginning.
fn ask(reach: &Reach, line: &str, body: &str) -> String {
    let json = "content-type: application/json\r\nconnection: close\r\n";
    let mut stream = begin(reach, line, json, body.len(), body.as_bytes());
    let mut reply = String::new();
    let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
    let _ = stream.read_to_string(&mut reply);
    reply
}

fn socket(reach: &Reach, path: &str) -> TcpStream {
    let upgrade = "upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    let mut stream = begin(reach, &format!("GET {path}"), upgrade, 0, b"");
    let mut some = [0; 64];
    let count = stream.read(&mut some).expect("a reply");
    assert!(
        some[..count].starts_with(b"HTTP/1.1 101"),
        "{:?}",
        String::from_utf8_lossy(&some)
    );
    stream
}

struct Traces {
    descriptors: usize,
    files: usize,
    layers: usize,
    /// Processes and files of the sandbox.
    inside: String,
}

fn traces(home: &Home) -> Traces {
    let count = |path: &std::path::Path| fs::read_dir(path).map_or(0, Iterator::count);
    let pid = home.engine_pid().expect("an engine");
    // Spare shells and this look itself aside.
    let inside = home.sh(
        "demo",
        "sleep 0.3; for p in /proc/[0-9]*; do tr '\\000' ' ' < $p/cmdline 2>/dev/null; echo; done | grep -c 'h[a]ngup' ; ls -A ~ /tmp",
    );
    Traces {
        descriptors: count(format!("/proc/{pid}/fd").as_ref()),
        files: count(&home.engine().join("spool")),
        layers: count(&home.engine().join("runtime/layers")),
        inside: inside.stdout,
    }
}

#[test]
fn who_goes_away_leaves_nothing_behind() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    home.done(&["exec", "demo", "--", "head -c 50000000 /dev/zero > ~/zeros"]);
    let reach = Reach::of(&home);
    let before = traces(&home);
    assert!(before.inside.starts_with("0\n"), "{}", before.inside);
    let half = vec![0; 1 << 20];
    for round in 0..TIMES {
        let upload = format!("POST /toolbox/demo/files/upload-v2?path=/tmp/half-{round}");
        let stream = begin(&reach, &upload, "", 100 << 20, &half);
        let _ = stream.shutdown(Shutdown::Both);
        let mut stream = begin(
            &reach,
            "GET /toolbox/demo/files/download?path=zeros",
            "",
            0,
            b"",
        );
        stream.read_exact(&mut [0; 4096]).expect("a part");
        drop(stream);
        let command = format!(r#"{{"command":"sh -c 'sleep 1234 # hangup-{round}-'"}}"#);
        let json = "content-type: application/json\r\n";
        let line = "POST /toolbox/demo/process/execute";
        let stream = begin(&reach, line, json, command.len(), command.as_bytes());
        let begun = || home.count("demo", &format!("hangup-{round}-")) > 0;
        assert!(within(Duration::from_secs(10), begun), "round {round}");
        drop(stream);
        let stream = begin(
            &reach,
            &format!("POST /api/snapshots/import?name=half-{round}"),
            "",
            100 << 20,
            &half,
        );
        // Some are cut off while they are read, some before: nothing of either may stay.
        std::thread::sleep(Duration::from_millis(30));
        drop(stream);
        // Followers of a session, and terminals: they go on until they are ended, the lines to them do not.
        let session = format!(r#"{{"sessionId":"s{round}"}}"#);
        let made = ask(&reach, "POST /toolbox/demo/process/session", &session);
        assert!(made.starts_with("HTTP/1.1 201"), "{made}");
        let command =
            r#"{"command":"while :; do echo tick; sleep 0.01; done # hangup","runAsync":true}"#;
        let begun = ask(
            &reach,
            &format!("POST /toolbox/demo/process/session/s{round}/exec"),
            command,
        );
        let id = begun
            .split("cmdId\":\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("an id");
        let logs = format!("/toolbox/demo/process/session/s{round}/command/{id}/logs?follow=true");
        drop(socket(&reach, &logs));
        let mut stream = begin(&reach, &format!("GET {logs}"), "", 0, b"");
        stream.read_exact(&mut [0; 100]).expect("a part");
        drop(stream);
        let gone = ask(
            &reach,
            &format!("DELETE /toolbox/demo/process/session/s{round}"),
            "",
        );
        assert!(gone.starts_with("HTTP/1.1 20"), "{gone}");
        let pty = format!(r#"{{"id":"p{round}","cols":80,"rows":24}}"#);
        let made = ask(&reach, "POST /toolbox/demo/process/pty", &pty);
        assert!(made.starts_with("HTTP/1.1 20"), "{made}");
        drop(socket(
            &reach,
            &format!("/toolbox/demo/process/pty/p{round}/connect"),
        ));
        let gone = ask(
            &reach,
            &format!("DELETE /toolbox/demo/process/pty/p{round}"),
            "",
        );
        assert!(gone.starts_with("HTTP/1.1 20"), "{gone}");
        // A command whose client is killed ends with it.
        let mut child = home.spawn(&[
            "exec",
            "demo",
            "--",
            "sh",
            "-c",
            "echo on; sleep 4321 # hangup",
        ]);
        child
            .stdout
            .as_mut()
            .expect("a pipe")
            .read_exact(&mut [0; 3])
            .expect("it runs");
        child.kill().expect("a signal");
        let _ = child.wait();
        // A fork is made to its end.
        let name = format!("fork-{round}");
        let body = format!(r#"{{"name":"{name}"}}"#);
        let line = "POST /api/sandbox/demo/fork";
        let stream = begin(&reach, line, json, body.len(), body.as_bytes());
        // Wherever it is by then.
        std::thread::sleep(Duration::from_millis(20));
        drop(stream);
        assert!(
            within(Duration::from_secs(20), || home
                .run(&["info", &name])
                .stdout
                .contains("started")),
            "{}",
            home.run(&["info", &name])
        );
        home.done(&["delete", &name, "--permanent"]);
        assert!(home.json(&["info", "demo"])["state"] == "started");
    }
    let mut after = traces(&home);
    let same = within(Duration::from_secs(25), || {
        after = traces(&home);
        after.inside == before.inside
            && after.files == 0
            && after.layers == before.layers
            && after.descriptors <= before.descriptors + 2
    });
    assert!(
        same,
        "descriptors {} → {}, spooled {}, layers {} → {}\n{}→\n{}",
        before.descriptors,
        after.descriptors,
        after.files,
        before.layers,
        after.layers,
        before.inside,
        after.inside
    );
    let snapshots = home.text(&["snapshot", "list", "-q"]);
    assert!(!snapshots.contains("half"), "{snapshots}");
    home.done(&["exec", "demo", "--", "rm zeros"]);
}
