//! `run`: one command in a sandbox of its own.

use rustix::process::{Pid, Signal, kill_process};
use std::time::{Duration, Instant};

use crate::binary::Home;
use crate::leftover::within;

#[test]
fn a_sandbox_for_one_command_is_gone_afterwards() {
    let home = Home::with_engine();
    let ran = home.run(&[
        "run",
        "-e",
        "N=7",
        "--",
        "sh",
        "-c",
        "echo $((6*N)); echo b >&2; exit 3",
    ]);
    assert_eq!((ran.stdout.as_str(), ran.code), ("42\n", Some(3)), "{ran}");
    assert!(ran.stderr.contains("b\n"), "{ran}");
    let quiet = home.run(&["run", "-q", "--cwd", "/tmp", "--", "pwd"]);
    assert_eq!(
        (quiet.stdout.as_str(), quiet.stderr.as_str(), quiet.code),
        ("/tmp\n", "", Some(0))
    );
    let piped = home.pipe(&["run", "--", "cat"], "in and out");
    assert_eq!(
        (piped.stdout.as_str(), piped.code),
        ("in and out", Some(0)),
        "{piped}"
    );
    let late = home.run(&["run", "--timeout", "1", "--", "sleep", "60"]);
    assert_eq!(late.code, Some(124), "{late}");
    assert_eq!(home.text(&["list", "-q"]), "");
    assert_eq!(home.disks(), Vec::<String>::new());
}

#[test]
fn it_is_kept_on_request() {
    let home = Home::with_engine();
    let ran = home.run(&[
        "run",
        "--keep",
        "--name",
        "kept",
        "--",
        "sh",
        "-c",
        "echo x > ~/note; exit 4",
    ]);
    assert_eq!(ran.code, Some(4), "{ran}");
    assert!(ran.stderr.contains("daytona exec kept -- COMMAND"), "{ran}");
    assert_eq!(home.sh("kept", "cat ~/note").stdout, "x\n");
}

#[test]
fn an_interruption_leaves_no_sandbox() {
    let home = Home::with_engine();
    home.done(&["list"]);
    let child = home.spawn(&["run", "--name", "brief", "--", "sleep", "60"]);
    let pid = Pid::from_child(&child);
    let ten = Duration::from_secs(10);
    assert!(within(ten, || home
        .run(&["list", "brief", "--state", "started"])
        .stdout
        .contains("brief")));
    std::thread::sleep(Duration::from_millis(200));
    let begun = Instant::now();
    kill_process(pid, Signal::INT).expect("a signal");
    let seen = home.finish(child);
    assert_eq!(seen.code, Some(130), "{seen}");
    assert!(
        begun.elapsed() < Duration::from_secs(4),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(home.text(&["list", "-q"]), "");
    assert_eq!(home.disks(), Vec::<String>::new());
}
