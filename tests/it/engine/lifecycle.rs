//! From the first command in an empty home to the last: create, stop, start, wait, delete.

use std::time::Duration;

use crate::binary::Home;
use crate::leftover::within;
use crate::stopwatch::Stopwatch;

fn state(home: &Home, sandbox: &str) -> String {
    let info = home.json(&["info", sandbox]);
    info["state"].as_str().expect("a state").to_owned()
}

#[test]
fn a_first_session_needs_no_account() {
    let home = Home::with_engine();
    let created = home.run(&["create", "--name", "demo"]);
    assert_eq!(created.code, Some(0), "{created}");
    assert_eq!(
        created.stderr.matches("using the local engine").count(),
        1,
        "{created}"
    );
    let ran = home.run(&["exec", "demo", "--", "sh", "-c", "echo $((6*7))"]);
    assert_eq!(
        (ran.stdout.as_str(), ran.stderr.as_str(), ran.code),
        ("42\n", "", Some(0))
    );
    let listed = home.run(&["list"]);
    assert!(listed.stdout.starts_with("demo\tstarted\t"), "{listed}");
    let deleted = home.run(&["delete", "demo"]);
    assert_eq!(deleted.code, Some(0), "{deleted}");
    assert_eq!(home.run(&["list", "-q"]).stdout, "");
    assert_eq!(home.disks(), home.trashed());
    home.done(&["trash", "empty", "--yes"]);
    assert_eq!(home.disks(), Vec::<String>::new());
}

#[test]
fn python_of_this_machine_runs_in_a_sandbox() {
    if !std::path::Path::new("/usr/bin/python3").exists() {
        crate::skip::skip("there is no /usr/bin/python3 on this machine");
        return;
    }
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let ran = home.run(&["exec", "demo", "--", "python3", "-c", "print(6*7)"]);
    assert_eq!((ran.stdout.as_str(), ran.code), ("42\n", Some(0)), "{ran}");
}

#[test]
fn files_survive_stop_and_start() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let wrote = home.sh("demo", "echo kept > ~/note; mkdir -p /opt/a; echo too > /opt/a/b; sleep 300 & echo x > /dev/shm/gone");
    assert_eq!(wrote.code, Some(0), "{wrote}");
    home.done(&["stop", "demo"]);
    assert_eq!(state(&home, "demo"), "stopped");
    let resting = home.run(&["exec", "demo", "--", "true"]);
    assert_eq!(resting.code, Some(125), "{resting}");
    home.done(&["start", "demo"]);
    let read = home.sh("demo", "cat ~/note /opt/a/b; ls /dev/shm");
    assert_eq!(
        (read.stdout.as_str(), read.code),
        ("kept\ntoo\n", Some(0)),
        "{read}"
    );
    assert_eq!(home.count("demo", "sleep"), 0);
}

#[test]
fn start_and_stop_may_be_repeated() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    home.done(&["start", "demo"]);
    assert_eq!(state(&home, "demo"), "started");
    home.done(&["stop", "demo"]);
    home.done(&["stop", "demo"]);
    assert_eq!(state(&home, "demo"), "stopped");
    home.done(&["start", "demo"]);
    // A process that does not listen to SIGTERM does not hold a forced stop up.
    let deaf = home.sh(
        "demo",
        "nohup sh -c 'trap \"\" TERM; while :; do sleep 1; done' >/dev/null 2>&1 &",
    );
    assert_eq!(deaf.code, Some(0), "{deaf}");
    let begun = Stopwatch::start();
    home.done(&["stop", "--force", "demo"]);
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_name_and_an_id_say_the_same() {
    let home = Home::with_engine();
    let made = home.json(&["create", "--name", "demo"]);
    let id = made["id"].as_str().expect("an id").to_owned();
    for sandbox in ["demo", id.as_str()] {
        assert_eq!(home.json(&["info", sandbox])["id"], made["id"]);
        assert_eq!(home.sh(sandbox, "echo here").stdout, "here\n");
        home.done(&["stop", sandbox]);
        home.done(&["wait", sandbox, "--for", "stopped"]);
        home.done(&["start", sandbox]);
        home.done(&["wait", sandbox]);
    }
    home.done(&["delete", &id]);
    assert_eq!(home.run(&["info", "demo"]).code, Some(5));
}

#[test]
fn an_unknown_sandbox_suggests_near_names() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "build-agent"]);
    for arguments in [
        &["info", "biuld-agent"][..],
        &["stop", "build-agnet"],
        &["start", "build-agen"],
        &["delete", "buildagent"],
        &["wait", "build_agent"],
    ] {
        let seen = home.run(arguments);
        assert_eq!(seen.code, Some(5), "{arguments:?}: {seen}");
        assert!(
            seen.stderr.contains("did you mean `build-agent`?"),
            "{arguments:?}: {seen}"
        );
    }
    let seen = home.run(&["exec", "biuld-agent", "--", "true"]);
    assert_eq!(seen.code, Some(125), "{seen}");
    assert!(
        seen.stderr.contains("did you mean `build-agent`?"),
        "{seen}"
    );
}

#[test]
fn a_name_is_given_once() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let again = home.run(&["create", "--name", "demo"]);
    assert_eq!(again.code, Some(1), "{again}");
    assert!(again.stderr.contains("demo already exists"), "{again}");
    assert_eq!(home.disks().len(), 1);
    home.done(&["delete", "demo"]);
    home.done(&["create", "--name", "demo"]);
}

#[test]
fn what_create_was_given_is_there() {
    let home = Home::with_engine();
    std::fs::write(
        home.path().join("vars"),
        "# mine\nFROM_FILE=f\nGREETING=lost\n",
    )
    .expect("a file");
    home.done(&[
        "create",
        "--name",
        "demo",
        "-e",
        "GREETING=hello you",
        "--env-file",
        "vars",
        "-l",
        "team=a",
        "-l",
        "tier=b",
        "--auto-stop",
        "30",
        "--auto-delete",
        "60",
        "--cpu",
        "2",
        "--memory",
        "2",
    ]);
    let ran = home.sh(
        "demo",
        "echo $GREETING, $FROM_FILE, $USER, $HOME, $(hostname), $(pwd)",
    );
    assert_eq!(
        ran.stdout, "hello you, f, daytona, /home/daytona, demo, /home/daytona\n",
        "{ran}"
    );
    let info = home.json(&["info", "demo"]);
    assert_eq!(
        info["labels"],
        serde_json::json!({"team": "a", "tier": "b"})
    );
    assert_eq!(info["env"]["GREETING"], "hello you");
    assert_eq!(
        (&info["autoStopInterval"], &info["autoDeleteInterval"]),
        (&30.into(), &60.into())
    );
    assert_eq!((&info["cpu"], &info["memory"]), (&2.into(), &2.into()));
}

#[test]
fn an_ephemeral_sandbox_is_gone_when_it_stops() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo", "--auto-delete", "0"]);
    home.done(&["stop", "demo"]);
    assert_eq!(home.run(&["info", "demo"]).code, Some(5));
    assert_eq!(home.disks(), Vec::<String>::new());
}

#[test]
fn a_wait_ends_with_the_state_or_its_time() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo", "--no-wait"]);
    home.done(&["wait", "demo"]);
    assert_eq!(home.sh("demo", "echo up").stdout, "up\n");
    let begun = Stopwatch::start();
    let late = home.run(&["wait", "demo", "--for", "stopped", "--timeout", "1"]);
    assert_eq!(late.code, Some(124), "{late}");
    assert!(begun.elapsed() < Duration::from_secs(5));
    let waiting = home.spawn(&["wait", "demo", "--for", "stopped"]);
    home.done(&["stop", "demo"]);
    let waited = home.finish(waiting);
    assert_eq!(waited.code, Some(0), "{waited}");
}

#[test]
fn a_sandbox_whose_first_process_dies_is_stopped_with_a_reason() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    home.sh("demo", "echo kept > ~/note").stdout.clear();
    // Inside, nothing can end it; outside, an administrator can.
    let disks = home.disks();
    let pid = crate::leftover::first_process(&disks).expect("an agent");
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("a signal");
    assert!(within(Duration::from_secs(5), || state(&home, "demo") == "stopped"));
    let info = home.json(&["info", "demo"]);
    assert!(
        info["errorReason"]
            .as_str()
            .is_some_and(|why| why.contains("signal 9")),
        "{info}"
    );
    home.done(&["start", "demo"]);
    assert_eq!(home.sh("demo", "cat ~/note").stdout, "kept\n");
}

#[test]
fn what_ignored_a_signal_outside_does_not_inside() {
    let home = Home::with_engine();
    // As a shell does for what it runs in the background.
    let script = format!(
        "trap '' INT QUIT TERM; exec {} create --name demo",
        env!("CARGO_BIN_EXE_daytona")
    );
    let like = home.command(&[]);
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script]).env_clear();
    for (name, value) in like.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    assert!(command.status().expect("sh runs").success());
    let status = home
        .sh("demo", "grep -E '^Sig(Ign|Blk)' /proc/self/status")
        .stdout
        .clone();
    let masks = status
        .lines()
        .filter_map(|line| u64::from_str_radix(line.split_whitespace().nth(1)?, 16).ok());
    // Beyond the first 31 are the C library's own.
    let named: Vec<u64> = masks.map(|mask| mask & 0x7fff_ffff).collect();
    assert_eq!(named, [0, 0], "{status}");
}

#[test]
fn stopping_one_that_goes_then_says_so() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "brief", "--auto-delete", "0"]);
    let seen = home.run(&["stop", "brief"]);
    assert_eq!(seen.code, Some(0), "{seen}");
    assert!(
        seen.stderr.contains("deleted `brief`") && seen.stderr.contains("goes when it stops"),
        "{seen}"
    );
    assert_eq!(home.run(&["info", "brief"]).code, Some(5));
}

#[test]
fn a_runtime_is_named_or_is_not_there() {
    let home = Home::with_engine();
    let refused = home.run(&["create", "--runtime", "docker"]);
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(
        refused.stderr.contains("no runtime \"docker\"") && refused.stderr.contains("namespace"),
        "{refused}"
    );
    assert_eq!(home.run(&["list", "-q"]).stdout, "");
    home.done(&["create", "--name", "demo", "--runtime", "namespace"]);
    assert_eq!(home.json(&["info", "demo"])["runtime"]["name"], "namespace");
}
