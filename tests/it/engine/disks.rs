//! Forks, snapshots, pauses, archives and sizes: the same for root and for an ordinary user.

use std::time::Duration;

use crate::binary::Home;
use crate::leftover::within;

use super::ordinary_user::User;

/// Runs a command that must succeed; what it printed.
type Run<'a> = &'a dyn Fn(&[&str]) -> String;

fn sh(run: Run<'_>, sandbox: &str, text: &str) -> String {
    run(&["exec", sandbox, "--", text])
}

/// How many lines a counter wrote so far.
fn ticks(run: Run<'_>, sandbox: &str) -> usize {
    sh(run, sandbox, "cat ticks | wc -l")
        .trim()
        .parse()
        .expect("a number")
}

const COUNTER: &str =
    "(while :; do date +'tick %s.%N' >> ticks; sleep 0.02; done) >/dev/null 2>&1 & echo begun";

fn forks(run: Run<'_>) {
    run(&["create", "--name", "a", "-e", "KEPT=yes"]);
    sh(
        run,
        "a",
        "echo one > f; mkdir -p d/e; echo deep > d/e/g; chmod 500 d; ln -s f link; rm -f /etc/nsswitch.conf",
    );
    sh(run, "a", COUNTER);
    run(&["fork", "a", "--name", "b"]);
    assert_eq!(
        sh(
            run,
            "b",
            "cat f link d/e/g; echo $KEPT; stat -c %a d; ls /etc/nsswitch.conf 2>&1 | grep -c 'No such'"
        ),
        "one\none\ndeep\nyes\n500\n1\n"
    );
    assert_eq!(
        sh(run, "b", "pgrep -fc '[t]ick %s' || true").trim(),
        "0",
        "processes of its own"
    );
    let before = ticks(run, "a");
    sh(run, "b", "echo two > f; rm link; echo new > n");
    assert_eq!(
        sh(run, "a", "cat f link; ls n 2>&1 | grep -c 'No such'"),
        "one\none\n1\n"
    );
    let ticking = || ticks(run, "a") > before;
    assert!(
        within(Duration::from_secs(10), ticking),
        "the parent goes on"
    );
    run(&["stop", "a"]);
    run(&["fork", "a", "--name", "c"]);
    assert_eq!(sh(run, "c", "cat f"), "one\n");
    run(&["delete", "a"]);
    assert_eq!(
        sh(
            run,
            "c",
            "cat f d/e/g; ls /etc/nsswitch.conf 2>&1 | grep -c 'No such'"
        ),
        "one\ndeep\n1\n"
    );
    run(&["fork", "c", "--name", "d"]);
    run(&["delete", "c", "b"]);
    assert_eq!(sh(run, "d", "cat f"), "one\n");
}

fn snapshots(run: Run<'_>) {
    run(&["create", "--name", "s"]);
    sh(
        run,
        "s",
        "mkdir tool; printf '#!/bin/sh\\necho it works\\n' > tool/it; chmod +x tool/it",
    );
    run(&["snapshot", "create", "base", "--sandbox", "s"]);
    sh(run, "s", "rm -r tool; echo other > f");
    run(&["delete", "s"]);
    run(&["create", "--name", "t", "--snapshot", "base"]);
    assert_eq!(sh(run, "t", "tool/it; ls"), "it works\ntool\n");
    let list = run(&["snapshot", "list", "--json=name,state"]);
    assert!(
        list.contains(r#""base""#) && list.contains(r#""host""#),
        "{list}"
    );
    run(&["snapshot", "deactivate", "base"]);
    run(&["snapshot", "activate", "base"]);
    run(&["snapshot", "delete", "base"]);
    run(&["stop", "t"]);
    run(&["start", "t"]);
    assert_eq!(
        sh(run, "t", "tool/it"),
        "it works\n",
        "it outlives its snapshot"
    );
}

fn pauses(run: Run<'_>) {
    run(&["create", "--name", "p"]);
    sh(run, "p", COUNTER);
    let ticking = |after| within(Duration::from_secs(10), || ticks(run, "p") > after);
    assert!(ticking(0));
    run(&["pause", "p"]);
    assert_eq!(
        run(&["info", "p", "--json=state"])
            .split_whitespace()
            .collect::<String>(),
        r#"{"state":"paused"}"#
    );
    // So long that a pause that is none would be seen: it ticks fifty times a second.
    std::thread::sleep(Duration::from_millis(600));
    run(&["resume", "p"]);
    let after = ticks(run, "p");
    assert!(ticking(after), "it goes on where it was");
    let longest = "awk 'NR > 1 && $2 - last > most { most = $2 - last } { last = $2 } END { print (most >= 0.55) }' ticks";
    assert_eq!(sh(run, "p", longest), "1\n", "it rested");
    run(&["pause", "p"]);
    run(&["fork", "p", "--name", "q"]);
    assert!(ticks(run, "q") >= after);
    run(&["stop", "p"]);
    run(&["pause", "q"]);
    run(&["delete", "q"]);
}

fn archives(run: Run<'_>) {
    run(&["create", "--name", "r"]);
    sh(
        run,
        "r",
        "head -c 3000000 /dev/zero > zeros; echo x > closed; chmod 0 closed; mkdir -p a/b; echo y > a/b/c; \
        touch -d '2001-02-03 04:05:06.789' a/b/c; ln a/b/c hard; rm -f /etc/nsswitch.conf; printf 'z' > \"$(printf 'odd\\nname\\377')\"; chmod 0 a",
    );
    run(&["stop", "r"]);
    run(&["archive", "r"]);
    run(&["start", "r"]);
    assert_eq!(
        sh(
            run,
            "r",
            "stat -c %s zeros; stat -c %a closed a; chmod 700 a; stat -c '%y %h' a/b/c | cut -c 1-23,36-; \
            cat hard; ls | wc -l; ls /etc/nsswitch.conf 2>&1 | grep -c 'No such'; cat odd*"
        ),
        "3000000\n0\n0\n2001-02-03 04:05:06.789 2\ny\n6\n1\nz"
    );
    run(&["stop", "r"]);
    run(&["archive", "r"]);
    run(&["delete", "r"]);
}

fn sizes(run: Run<'_>) {
    run(&["create", "--name", "z", "--memory", "1"]);
    run(&["stop", "z"]);
    run(&["resize", "z", "--memory", "2", "--disk", "7"]);
    run(&["start", "z"]);
    let sizes = run(&["info", "z", "--json=cpu,memory,disk"]);
    assert_eq!(
        sizes.split_whitespace().collect::<String>(),
        r#"{"cpu":1,"memory":2,"disk":7}"#
    );
}

fn all(run: Run<'_>) {
    forks(run);
    snapshots(run);
    pauses(run);
    archives(run);
    sizes(run);
}

#[test]
fn disks_are_forked_kept_and_brought_back() {
    let home = Home::with_engine();
    all(&|arguments| home.text(arguments));
}

#[test]
fn disks_of_an_ordinary_user_too() {
    let Some(user) = User::make("d") else {
        return;
    };
    all(&|arguments| user.done(arguments));
}

#[test]
fn layers_go_with_the_last_that_needs_them() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "a"]);
    home.done(&["exec", "a", "--", "echo x > f"]);
    home.done(&["stop", "a"]);
    home.done(&["fork", "a", "--name", "b"]);
    home.done(&["snapshot", "create", "base", "--sandbox", "b"]);
    let layers = || {
        std::fs::read_dir(home.engine().join("runtime/layers"))
            .expect("layers")
            .count()
    };
    assert!(layers() > 1);
    home.done(&["delete", "a", "b", "--permanent"]);
    home.done(&["serve", "--stop"]);
    home.done(&["create", "--name", "c", "--snapshot", "base"]);
    assert_eq!(home.text(&["exec", "c", "--", "cat f"]), "x\n");
    home.done(&["delete", "c", "--permanent"]);
    home.done(&["snapshot", "delete", "--all", "--yes"]);
    let swept = within(Duration::from_secs(30), || layers() <= 1);
    assert!(swept, "{} layers are left", layers());
}

#[test]
fn memory_that_a_running_sandbox_is_given_can_be_used() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "a", "--memory", "1"]);
    if let Err(why) = crate::machine::limits_memory() {
        crate::skip::skip(why);
        return;
    }
    let limits = home.json(&["info", "a"])["runtime"]["limits"].clone();
    let by = limits[0]["by"].as_str().expect("what limits memory");
    assert!(by.starts_with("cgroup"), "{limits}");
    let fill = "head -c 1300000000 /dev/zero | tail | wc -c";
    assert_ne!(home.sh("a", fill).stdout, "1300000000\n");
    home.done(&["resize", "a", "--memory", "2"]);
    assert_eq!(home.sh("a", fill).stdout, "1300000000\n");
}

#[test]
fn what_cannot_be_is_refused_with_the_reason() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "a"]);
    for (arguments, code, text) in [
        (&["resume", "nobody"][..], 5, "there is no sandbox `nobody`"),
        (&["archive", "a"], 1, "sandbox `a` is started, not stopped"),
        (
            &["recover", "a"],
            1,
            "sandbox `a` is started, it did not fail",
        ),
        (&["resize", "a"], 2, "required arguments were not provided"),
        (
            &["snapshot", "create", "x"],
            2,
            "required arguments were not provided",
        ),
        (
            &["snapshot", "create", "host", "--sandbox", "a"],
            1,
            "Snapshot with name host already exists",
        ),
        (
            &[
                "snapshot",
                "create",
                "x",
                "--sandbox",
                "a",
                "--image",
                "b:1",
            ],
            2,
            "cannot be used with",
        ),
        (&["snapshot", "delete", "x"], 5, "there is no snapshot `x`"),
        (&["snapshot", "delete", "host"], 4, "this machine's own"),
        (&["snapshot", "info", "x"], 5, "there is no snapshot `x`"),
        (
            &["create", "--snapshot", "x"],
            5,
            "there is no snapshot `x`",
        ),
        (
            &["create", "--snapshot", "host", "--cpu", "1"],
            1,
            "Cannot specify Sandbox resources",
        ),
        (
            &["fork", "a", "--name", "a"],
            1,
            "Sandbox with name a already exists",
        ),
    ] {
        let seen = home.run(arguments);
        assert_eq!(seen.code, Some(code), "{arguments:?}: {seen}");
        assert!(seen.stderr.contains(text), "{arguments:?}: {seen}");
    }
    home.done(&["stop", "a"]);
    assert_eq!(home.run(&["resume", "a"]).code, Some(1));
}
