//! `exec`: its options, its exit codes, and what becomes of processes.

use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::binary::Home;
use crate::leftover::within;
use crate::stopwatch::Stopwatch;

fn demo() -> Home {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo", "-e", "A=created"]);
    home
}

#[test]
fn folder_and_variables_are_as_asked() {
    let home = demo();
    let seen = home.run(&[
        "exec",
        "demo",
        "--cwd",
        "/var/tmp",
        "-e",
        "A=given",
        "-e",
        "B=it's \"b\"",
        "--",
        "sh",
        "-c",
        "pwd; echo $A; echo \"$B\"",
    ]);
    assert_eq!(
        (seen.stdout.as_str(), seen.code),
        ("/var/tmp\ngiven\nit's \"b\"\n", Some(0)),
        "{seen}"
    );
    assert_eq!(home.sh("demo", "echo $A").stdout, "created\n");
    let text = home.run(&["exec", "demo", "--", "echo $A | tr a-z A-Z # upper"]);
    assert_eq!(text.stdout, "CREATED\n", "{text}");
    let words = home.run(&["exec", "demo", "--", "echo", "$A", "a  b", "*", "'"]);
    assert_eq!(words.stdout, "$A a  b * '\n", "{words}");
}

#[test]
fn the_exit_code_is_the_commands_or_says_that_we_failed() {
    let home = demo();
    for code in [0, 1, 2, 42, 124, 255] {
        assert_eq!(home.sh("demo", &format!("exit {code}")).code, Some(code));
    }
    assert_eq!(
        home.run(&["exec", "demo", "--", "no-such-program"]).code,
        Some(127)
    );
    assert_eq!(
        home.run(&["exec", "demo", "--", "/etc/passwd"]).code,
        Some(126)
    );
    assert_eq!(home.sh("demo", "kill -9 $$").code, Some(137));
    assert_eq!(home.run(&["exec", "nobody", "--", "true"]).code, Some(125));
    assert_eq!(
        home.run(&["exec", "demo", "--cwd", "/no/such", "--", "true"])
            .code,
        Some(125)
    );
    assert_eq!(home.run(&["exec", "demo"]).code, Some(2));
    home.done(&["stop", "demo"]);
    let stopped = home.run(&["exec", "demo", "--", "true"]);
    assert_eq!(stopped.code, Some(125), "{stopped}");
    assert!(stopped.stderr.contains("daytona start demo"), "{stopped}");
}

#[test]
fn a_command_ends_with_its_time() {
    let home = demo();
    let begun = Stopwatch::start();
    let text = "echo before; sh -c 'exec -a late-one sleep 60' & exec -a late-two sleep 60";
    let seen = home.run(&[
        "exec",
        "demo",
        "--timeout",
        "1",
        "--",
        "bash",
        "-c",
        &text.replace("sh -c", "bash -c"),
    ]);
    assert_eq!(
        (seen.stdout.as_str(), seen.code),
        ("before\n", Some(124)),
        "{seen}"
    );
    assert!(seen.stderr.contains("ended after 1 s"), "{seen}");
    assert!(
        begun.elapsed() < Duration::from_secs(8),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(home.count("demo", "late-"), 0);
    // Who does not listen is killed.
    let deaf = "trap '' TERM; while :; do sleep 1; done # deaf-one";
    let seen = home.run(&["exec", "demo", "--timeout", "1", "--", "sh", "-c", deaf]);
    assert_eq!(seen.code, Some(124), "{seen}");
    assert!(within(Duration::from_secs(6), || home
        .count("demo", "deaf-one")
        == 0));
}

#[test]
fn what_runs_in_the_background_does_not_hold_exec_up() {
    let home = demo();
    let seen = home.run(&["exec", "demo", "--", "sh", "-c", "sleep 600 & echo started"]);
    assert_eq!(
        (seen.stdout.as_str(), seen.code),
        ("started\n", Some(0)),
        "{seen}"
    );
    // That it runs says that nobody waited for it. Nor is it ended after a moment.
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(home.count("demo", "sleep"), 1);
}

#[test]
fn an_interruption_ends_the_command() {
    let home = demo();
    for (signal, arguments) in [
        (
            Signal::INT,
            &[
                "exec",
                "demo",
                "--",
                "bash",
                "-c",
                "exec -a asleep-here sleep 60",
            ][..],
        ),
        (
            Signal::TERM,
            &[
                "exec",
                "demo",
                "--",
                "bash",
                "-c",
                "bash -c 'exec -a asleep-here sleep 60'; true",
            ][..],
        ),
        (
            Signal::INT,
            &[
                "--json",
                "exec",
                "demo",
                "--",
                "bash",
                "-c",
                "exec -a asleep-here sleep 60",
            ][..],
        ),
    ] {
        let child = home.spawn(arguments);
        assert!(within(Duration::from_secs(10), || home
            .count("demo", "asleep-here")
            > 0));
        let begun = Stopwatch::start();
        kill_process(Pid::from_child(&child), signal).expect("a signal");
        let seen = home.finish(child);
        assert_eq!(seen.code, Some(130), "{seen}");
        assert!(
            begun.elapsed() < Duration::from_secs(3),
            "{:?}",
            begun.elapsed()
        );
        assert!(seen.stderr.contains("the command was ended"), "{seen}");
        assert_eq!(home.count("demo", "asleep-here"), 0);
    }
}

#[test]
fn a_client_that_is_killed_leaves_nothing_running() {
    let home = demo();
    let mut child = home.spawn(&[
        "exec",
        "demo",
        "--",
        "bash",
        "-c",
        "exec -a orphan sleep 60",
    ]);
    assert!(within(Duration::from_secs(10), || home
        .count("demo", "orphan")
        > 0));
    child.kill().expect("a signal");
    child.wait().expect("a status");
    assert!(within(Duration::from_secs(8), || home
        .count("demo", "orphan")
        == 0));
}

#[test]
fn commands_run_side_by_side() {
    let home = demo();
    let begun = Stopwatch::start();
    let children: Vec<_> = (0..8)
        .map(|n| {
            home.spawn(&[
                "exec",
                "demo",
                "--",
                "sh",
                "-c",
                &format!("sleep 1; echo {n}"),
            ])
        })
        .collect();
    for (n, child) in children.into_iter().enumerate() {
        let seen = home.finish(child);
        assert_eq!((seen.stdout, seen.code), (format!("{n}\n"), Some(0)));
    }
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
}
