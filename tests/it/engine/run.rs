//! `run`: one command in a sandbox of its own.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::binary::Home;
use crate::leftover::within;
use crate::stopwatch::Stopwatch;

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
    let piped = home.pipe(&["run", "-i", "--", "cat"], "in and out");
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
        .run(&["list", "--name", "brief", "--state", "started"])
        .stdout
        .contains("brief")));
    let runs = || home.count("brief", "sleep") > 0;
    assert!(within(ten, runs));
    let begun = Stopwatch::start();
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

/// The binary as a program starts it that changed what a signal does to it.
fn started_by(home: &Home, starter: &[&str], arguments: &[&str]) -> Child {
    let like = home.command(arguments);
    let mut command = Command::new(starter[0]);
    command
        .args(&starter[1..])
        .arg(like.get_program())
        .args(like.get_args())
        .env_clear();
    for (name, value) in like.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs")
}

/// Nothing of `run` is left where it cannot clean up itself.
#[test]
fn a_hangup_or_a_kill_leaves_no_sandbox() {
    let home = Home::with_engine();
    home.done(&["list"]);
    for signal in [Signal::HUP, Signal::KILL] {
        let arguments = ["run", "--", "sh", "-c", "echo here; sleep 600"];
        // Whoever started the tests with `nohup` had them ignore the signal, and all that they start.
        let heeding = ["env", "--default-signal=HUP"];
        let mut child = started_by(&home, &heeding, &arguments);
        let mut here = [0; 5];
        let out = child.stdout.as_mut().expect("a pipe");
        std::io::Read::read_exact(out, &mut here).expect("it runs");
        assert_eq!(home.text(&["list", "-q"]).lines().count(), 1);
        kill_process(Pid::from_child(&child), signal).expect("a signal");
        let seen = home.finish(child);
        assert_eq!(seen.code, (signal == Signal::HUP).then_some(130), "{seen}");
        let gone = || home.text(&["list", "-q"]).is_empty();
        assert!(within(Duration::from_secs(10), gone), "{signal:?}");
        assert_eq!(home.disks(), Vec::<String>::new());
    }
}

/// A signal that was ignored when we were started stays so, as `nohup` wants it.
#[test]
fn nohup_is_heeded() {
    let home = Home::with_engine();
    home.done(&["list"]);
    let arguments = ["run", "--", "sh", "-c", "echo here; sleep 2; echo done"];
    let mut child = started_by(&home, &["env", "--ignore-signal=HUP"], &arguments);
    let mut here = [0; 5];
    let out = child.stdout.as_mut().expect("a pipe");
    std::io::Read::read_exact(out, &mut here).expect("it runs");
    kill_process(Pid::from_child(&child), Signal::HUP).expect("a signal");
    let seen = home.finish(child);
    assert_eq!(
        (seen.stdout.as_str(), seen.code),
        ("done\n", Some(0)),
        "{seen}"
    );
}
