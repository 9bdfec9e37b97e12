//! The agent in the eyes of a program beside it: it cannot be looked into, stopped or made to act.

use std::time::Duration;

use crate::stopwatch::Stopwatch;
use crate::toolbox::sandbox::Sandbox;

#[test]
fn only_the_engine_stops_a_sandbox() {
    let sandbox = Sandbox::new();
    let text = "for i in TERM INT HUP QUIT USR1 KILL STOP TERM; do kill -$i 1 2>&1; done | sort -u | wc -l; echo here";
    assert_eq!(sandbox.run(text), "1\nhere\n");
    // Past the filter, and all at once, so that handlers would interrupt each other.
    let text = "python3 -c 'import os, signal\nfd = os.open(\"/proc/1\", 0)\nfor i in range(2000):\n for s in range(1, 65): signal.pidfd_send_signal(fd, s)' 2>&1; sleep 0.2; echo here";
    assert_eq!(sandbox.run(text), "here\n");
    assert_eq!(sandbox.run("echo still"), "still\n");
    // Nor does a flood of them make its own request go unheard for long.
    let id = sandbox.id().to_owned();
    sandbox.run("python3 -c 'import os, signal\nsignal.signal(15, signal.SIG_IGN)\nfd = os.open(\"/proc/1\", 0)\nfor i in range(300000): signal.pidfd_send_signal(fd, 15)' >/dev/null 2>&1 &");
    let begun = Stopwatch::start();
    let stopped = sandbox.request("POST", &format!("/api/sandbox/{id}/stop"), &[], b"");
    assert_eq!(stopped.status, 200, "{}", stopped.json());
    await_stopped(&sandbox, &id);
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[test]
fn a_stop_right_after_the_beginning_is_as_fast_as_any() {
    let sandbox = Sandbox::new();
    for _ in 0..20 {
        let made = sandbox.request("POST", "/api/sandbox", &[], b"{}").json();
        let id = made["id"].as_str().unwrap_or_else(|| panic!("{made}"));
        let begun = Stopwatch::start();
        let stopped = sandbox.request("POST", &format!("/api/sandbox/{id}/stop"), &[], b"");
        assert_eq!(stopped.status, 200, "{}", stopped.json());
        await_stopped(&sandbox, id);
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(4), "{took:?}");
        let _ = sandbox.request("DELETE", &format!("/api/sandbox/{id}"), &[], b"");
    }
}

fn await_stopped(sandbox: &Sandbox, id: &str) {
    let begun = Stopwatch::start();
    loop {
        let seen = sandbox.request("GET", &format!("/api/sandbox/{id}"), &[], b"");
        let state = seen.json()["state"].clone();
        if state == "stopped" {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(15), "{state}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
