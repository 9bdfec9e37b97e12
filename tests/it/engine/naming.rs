//! Names: chosen where none is given, refused where nothing could address them, and beginnings of ids.

use crate::binary::Home;

#[test]
fn sandboxes_have_names_that_people_can_say() {
    let home = Home::with_engine();
    let made = home.json(&["create"]);
    let (name, id) = (made["name"].as_str(), made["id"].as_str());
    let (name, id) = (name.expect("a name"), id.expect("an id"));
    assert_ne!(name, id);
    let words: Vec<&str> = name.split('-').collect();
    assert!(
        words.len() == 2
            && words
                .iter()
                .all(|word| word.bytes().all(|b| b.is_ascii_lowercase())),
        "{name}"
    );
    assert_ne!(home.json(&["fork", name])["name"], name);
    // By name, by id, and by the beginning of the id.
    for handle in [name, id, &id[..8], &id[..13]] {
        assert_eq!(home.json(&["info", handle])["id"], id);
    }
    assert_eq!(
        home.run(&["exec", &id[..8], "--", "echo", "hi"]).stdout,
        "hi\n"
    );
    assert_eq!(home.run(&["info", "0123"]).code, Some(5));
    home.done(&["delete", &id[..8]]);
    assert_eq!(home.run(&["info", id]).code, Some(5));
    assert_eq!(home.text(&["list", "-q"]).lines().count(), 1);
}

#[test]
fn what_nothing_could_address_is_not_made() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    for name in ["a:b", "..", "../../etc", "$(id)", "a;b", ".hidden"] {
        for refused in [
            &["create", "--name", name][..],
            &["fork", "demo", "--name", name],
            &["volume", "create", name],
        ] {
            let seen = home.run(refused);
            assert_eq!(seen.code, Some(2), "{refused:?}: {seen}");
        }
    }
    assert_eq!(home.text(&["list", "-q"]).lines().count(), 1);
}

#[test]
fn an_unknown_snapshot_is_not_found() {
    let home = Home::with_engine();
    let seen = home.run(&["create", "--snapshot", "nope"]);
    assert_eq!(seen.code, Some(5), "{seen}");
    assert!(
        seen.stderr.contains("there is no snapshot `nope`"),
        "{seen}"
    );
    assert_eq!(home.run(&["snapshot", "delete", "a", "b"]).code, Some(5));
}

/// A snapshot that could not be made does not keep its name from the next try.
#[test]
fn a_failed_snapshot_leaves_its_name_free() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    // Nobody listens there.
    let image = "127.0.0.1:9/none:1";
    let failed = home.run(&["snapshot", "create", "base", "--image", image]);
    assert_ne!(failed.code, Some(0), "{failed}");
    home.done(&["snapshot", "create", "base", "--sandbox", "demo"]);
    let taken = home.run(&["snapshot", "create", "base", "--sandbox", "demo"]);
    assert_eq!(taken.code, Some(1), "{taken}");
    home.done(&["snapshot", "delete", "base"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    for arguments in [
        &["exec", "demo", "--", "echo", "hi"][..],
        &["run", "--", "echo", "hi"],
        &["list"],
        &["list", "--json"],
        &["info", "demo"],
        &["version"],
    ] {
        let full = std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("a device");
        let output = home
            .command(arguments)
            .stdout(full)
            .output()
            .expect("the binary runs");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(
            stderr.contains("cannot write to stdout"),
            "{arguments:?}: {stderr}"
        );
        assert!(
            output
                .status
                .code()
                .is_some_and(|code| [1, 125].contains(&code)),
            "{arguments:?}"
        );
    }
}

/// What is asked what is wrong says so, whatever is wrong.
#[test]
fn a_broken_configuration_is_told_by_what_looks_for_it() {
    let home = Home::with_engine();
    let folder = home.path().join(".config/daytona");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("config.json"), "{").expect("a file");
    for command in [&["doctor"][..], &["config", "show"]] {
        let seen = home.run(command);
        assert_eq!(seen.code, Some(1), "{seen}");
        let all = format!("{}{}", seen.stdout, seen.stderr);
        assert!(all.contains("is not a valid config file"), "{seen}");
        assert!(
            all.contains("dataDir") || all.contains("trial sandbox"),
            "{seen}"
        );
    }
    assert_eq!(home.run(&["list"]).code, Some(1));
}

/// An engine that is halted is no engine that works.
#[test]
fn a_halted_engine_is_told() {
    use rustix::process::{Pid, Signal, kill_process};

    let home = Home::with_engine();
    home.done(&["list"]);
    let pid = home
        .engine_pid()
        .and_then(Pid::from_raw)
        .expect("an engine");
    kill_process(pid, Signal::STOP).expect("a signal");
    let seen = home.run(&["doctor"]);
    kill_process(pid, Signal::CONT).expect("a signal");
    assert_eq!(seen.code, Some(1), "{seen}");
    assert!(seen.stdout.contains("does not answer"), "{seen}");
    assert!(home.run(&["doctor"]).stdout.contains("runs at"));
}
