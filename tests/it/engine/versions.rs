//! An engine of another version, a database of another version, and the end of everything.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use expect_test::expect;

use crate::binary::{Home, Seen};
use crate::leftover::{alive, within};

/// The binary, as if it were of a later version.
fn newer(home: &Home) -> PathBuf {
    const OWN: &[u8] = b"0.1.0";
    const LATER: &[u8] = b"0.1.9";
    let mut bytes = fs::read(env!("CARGO_BIN_EXE_daytona")).expect("the binary");
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&bytes[at..], OWN) {
        bytes[at + found..at + found + OWN.len()].copy_from_slice(LATER);
        at += found + OWN.len();
    }
    let path = home.path().join("daytona-later");
    fs::write(&path, bytes).expect("a copy");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
    path
}

/// Runs another binary in the same home.
fn run(home: &Home, program: &std::path::Path, arguments: &[&str]) -> Seen {
    let ours = home.command(&[]);
    let mut command = std::process::Command::new(program);
    command.args(arguments).env_clear().current_dir(home.path());
    for (name, value) in ours.get_envs() {
        command.env(name, value.expect("a value"));
    }
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    home.finish(child)
}

#[test]
fn a_newer_program_replaces_the_engine_while_sandboxes_run_on() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let begun = home.sh(
        "demo",
        "echo here > note; nohup sleep 4321 >/dev/null 2>&1 &",
    );
    assert_eq!(begun.code, Some(0), "{begun}");
    let (before, later) = (home.engine_pid(), newer(&home));
    // What somebody is connected through is left until that has ended.
    let busy = home.spawn(&["exec", "demo", "--", "sh", "-c", "echo up; sleep 600"]);
    assert!(
        within(Duration::from_secs(20), || home.count("demo", "sleep 600")
            > 0),
        "it does not run"
    );
    let left = run(&home, &later, &["exec", "demo", "--", "cat", "note"]);
    assert_eq!(
        (left.stdout.as_str(), left.code),
        ("here\n", Some(0)),
        "{left}"
    );
    expect![[r#"
        the local engine is version 0.1.0, this is 0.1.9: it is replaced once nobody is connected to its sandboxes (connections now: 1)
    "#]]
    .assert_eq(&left.stderr);
    assert_eq!(home.engine_pid(), before);
    let ended = home.sh("demo", "pkill -f '[s]leep 600'; true");
    assert_eq!(ended.code, Some(0), "{ended}");
    let _ = home.finish(busy);

    let seen = run(&home, &later, &["exec", "demo", "--", "cat", "note"]);
    assert_eq!(
        (seen.stdout.as_str(), seen.code),
        ("here\n", Some(0)),
        "{seen}"
    );
    expect![[r#"
        replaced the local engine 0.1.0 by 0.1.9; its sandboxes run on
    "#]]
    .assert_eq(&seen.stderr);
    assert_ne!(home.engine_pid(), before);
    assert_eq!(home.count("demo", "4321"), 1, "it was ended");
    // The older program goes on with it, and says so where somebody asks.
    let old = home.run(&["list", "-q"]);
    assert_eq!((old.stderr.as_str(), old.code), ("", Some(0)), "{old}");
    let doctor = home.run(&["doctor"]);
    assert!(doctor.stdout.contains("version 0.1.9 runs at"), "{doctor}");
    assert!(doctor.stdout.contains("this program is 0.1.0"), "{doctor}");
}

#[test]
fn a_database_of_a_newer_program_is_refused_with_the_reason() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    home.done(&["serve", "--stop"]);
    let database = rusqlite::Connection::open(home.engine().join("engine.db")).expect("a database");
    database
        .pragma_update(None, "user_version", 999)
        .expect("a version");
    drop(database);
    let seen = home.run(&["list"]);
    assert_eq!(seen.code, Some(1), "{seen}");
    assert!(
        seen.stderr
            .contains("was written by a newer version of daytona"),
        "{seen}"
    );
    // Nothing of it was touched; and it can be removed as it is.
    let purged = home.run(&["serve", "--purge", "--yes"]);
    assert_eq!(purged.code, Some(0), "{purged}");
    assert!(
        purged.stderr.contains("cannot list what the engine holds"),
        "{purged}"
    );
    assert!(!home.engine().exists());
}

#[test]
fn a_purge_says_what_goes_and_leaves_nothing() {
    let home = Home::with_engine();
    let nothing = home.run(&["serve", "--purge", "--yes"]);
    expect![[r#"
        --- stderr ---
        nothing to remove: there is no [HOME]/.local/share/daytona/engine
        --- exit 0
    "#]]
    .assert_eq(&nothing.to_string());
    home.done(&["create", "--name", "one"]);
    home.done(&["create", "--name", "two"]);
    home.done(&["volume", "create", "vol"]);
    home.done(&["snapshot", "create", "snap", "--sandbox", "one"]);
    home.done(&[
        "api-key",
        "create",
        "key",
        "--permission",
        "write:sandboxes",
        "-q",
    ]);
    let disks = home.disks();
    let asked = home.run(&["serve", "--purge"]);
    assert_eq!(asked.code, Some(2), "{asked}");
    assert_eq!(alive(&disks).len(), 2);
    let purged = home.run(&["serve", "--purge", "--yes"]);
    expect![[r#"
        --- stderr ---
        removed 2 sandboxes (two, one), 1 snapshot (snap), 1 volume (vol), 1 API key (key), all files in [HOME]/.local/share/daytona/engine
        --- exit 0
    "#]]
    .assert_eq(&purged.to_string());
    assert!(!home.engine().exists());
    assert_eq!(alive(&disks), Vec::<String>::new());
    // What is there afterwards is new.
    assert_eq!(home.text(&["list", "-q"]), "");
}

#[test]
fn sandboxes_whose_folder_was_removed_end() {
    for running in [true, false] {
        let home = Home::with_engine();
        home.done(&["create", "--name", "demo"]);
        let disks = home.disks();
        if !running {
            home.done(&["serve", "--stop"]);
        }
        assert_eq!(alive(&disks).len(), 1);
        fs::remove_dir_all(home.engine()).expect("it goes");
        assert!(
            within(Duration::from_secs(40), || alive(&disks).is_empty()),
            "engine {running}: it runs on"
        );
    }
}
