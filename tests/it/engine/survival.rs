//! What the engine outlives: first commands side by side, processes of its own that are killed or hang, a
//! base layer that is damaged, and a copy of its folder.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::binary::Home;
use crate::leftover::{self, within};
use crate::machine;
use crate::stopwatch::Stopwatch;

use super::family::{Family, signal};

/// The processes of a home's engine in that role.
fn of_role(home: &Home, role: &str) -> Vec<i32> {
    let engine = home.engine_pid().expect("an engine");
    let processes = fs::read_dir("/proc").expect("processes").flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok())
        .filter(|pid| {
            let command = fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            let parent = stat
                .rsplit(") ")
                .next()
                .and_then(|rest| rest.split(' ').nth(1));
            command.split('\0').nth(1) == Some(role) && parent == Some(&engine.to_string())
        })
        .collect()
}

#[test]
fn first_commands_side_by_side_start_one_engine_that_works() {
    let rounds =
        std::env::var("FIRST_ROUNDS").map_or(4, |rounds| rounds.parse().expect("a number"));
    for round in 0..rounds {
        let home = Home::with_engine();
        let commands: Vec<_> = (0..8).map(|_| home.spawn(&["list"])).collect();
        for command in commands {
            let seen = home.finish(command);
            assert_eq!(seen.code, Some(0), "round {round}: {seen}");
        }
        let seen = home.run(&["run", "--", "echo", "hi"]);
        assert_eq!(
            (seen.stdout.as_str(), seen.code),
            ("hi\n", Some(0)),
            "round {round}: {seen}"
        );
        home.done(&["serve", "--stop"]);
    }
}

#[test]
fn a_process_that_makes_sandboxes_is_replaced_when_it_ends() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "first"]);
    let before = of_role(&home, "__zygote");
    assert_eq!(before.len(), 2);
    for pid in &before {
        signal(*pid, Signal::KILL);
    }
    for name in ["second", "third"] {
        home.done(&["create", "--name", name]);
    }
    assert!(home.sh("second", "echo works").stdout == "works\n");
    let after = of_role(&home, "__zygote");
    assert!(
        after.len() == 2 && after.iter().all(|pid| !before.contains(pid)),
        "{before:?} {after:?}"
    );
    // One that hangs holds nothing up for long.
    signal(after[0], Signal::STOP);
    for name in ["fourth", "fifth"] {
        home.done(&["create", "--name", name]);
    }
    home.done(&["delete", "--all", "--yes"]);
    home.done(&["serve", "--stop"]);
}

#[test]
fn a_damaged_base_layer_is_made_again() {
    let home = Home::with_engine();
    home.done(&["run", "--", "true"]);
    home.done(&["serve", "--stop"]);
    let layers = home.engine().join("runtime/layers");
    let layer = fs::read_dir(&layers)
        .expect("layers")
        .flatten()
        .find(|entry| entry.file_name().to_string_lossy().starts_with("host-"))
        .expect("a layer");
    fs::remove_dir(layer.path().join("usr")).expect("an empty folder");
    let seen = home.run(&["run", "--", "echo", "hi"]);
    assert_eq!(seen.stdout, "hi\n", "{seen}");
    home.done(&["serve", "--stop"]);
}

#[test]
fn a_copy_of_the_engines_folder_leaves_what_the_original_runs_alone() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let began = home.sh("demo", "sleep 300 >/dev/null 2>&1 & echo $!");
    assert_eq!(began.code, Some(0), "{began}");
    let copy = Home::with_engine();
    let parent = copy.engine();
    fs::create_dir_all(parent.parent().expect("a parent")).expect("a folder");
    let copied = Command::new("cp")
        .arg("-a")
        .arg(home.engine())
        .arg(&parent)
        .stderr(Stdio::null())
        .status();
    assert!(copied.is_ok());
    let _ = fs::remove_file(parent.join("engine.json"));
    // The copy's engine takes it for ended; whatever is done there, the original's runs on.
    let seen = copy.json(&["info", "demo"]);
    assert_eq!(seen["state"], "stopped", "{seen}");
    copy.done(&["start", "demo"]);
    copy.done(&["delete", "demo", "--yes"]);
    copy.done(&["serve", "--stop"]);
    assert_eq!(home.count("demo", "sleep"), 1);
    assert_eq!(home.json(&["info", "demo"])["state"], "started");
    home.done(&["delete", "demo", "--yes", "--permanent"]);
    home.done(&["serve", "--stop"]);
    assert!(within(Duration::from_secs(5), || home.disks().is_empty()));
}

#[test]
fn an_engine_whose_notice_is_damaged_is_found_again() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let engine = home.engine_pid();
    for damage in ["garbage", "", "{\"url\": 1}"] {
        fs::write(home.engine().join("engine.json"), damage).expect("a file");
        assert_eq!(
            home.json(&["info", "demo"])["state"],
            "started",
            "{damage:?}"
        );
        assert_eq!(home.engine_pid(), engine, "{damage:?}");
    }
    fs::remove_file(home.engine().join("engine.json")).expect("a file");
    assert_eq!(home.json(&["info", "demo"])["state"], "started");
    assert_eq!(home.engine_pid(), engine);
    home.done(&["delete", "demo", "--yes", "--permanent"]);
    home.done(&["serve", "--stop"]);
}

#[test]
fn a_database_that_was_emptied_is_told_and_the_files_are_had_back() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let made = home.sh("demo", "echo kept >~/file; sleep 300 >/dev/null 2>&1 &");
    assert_eq!(made.code, Some(0), "{made}");
    signal(home.engine_pid().expect("an engine"), Signal::KILL);
    for name in ["engine.db-wal", "engine.db-shm"] {
        let _ = fs::remove_file(home.engine().join(name));
    }
    fs::write(home.engine().join("engine.db"), "").expect("a file");
    let listed = home.json(&["list"]);
    let found = &listed["items"][0];
    assert_eq!(found["state"], "error", "{listed}");
    let why = found["errorReason"].as_str().expect("a reason");
    assert!(why.contains("database was lost"), "{why}");
    // What ran unmanaged has ended; the files are there.
    let id = found["id"].as_str().expect("an id").to_owned();
    assert!(leftover::alive(&home.disks()).is_empty());
    home.done(&["recover", &id]);
    assert_eq!(home.sh(&id, "cat ~/file").stdout, "kept\n");
    home.done(&["delete", &id, "--yes"]);
    home.done(&["serve", "--stop"]);
    // One that is no database at all is not replaced.
    fs::write(
        home.engine().join("engine.db"),
        "this is no database, but 16 bytes long",
    )
    .expect("a file");
    let refused = home.run(&["list"]);
    assert!(
        refused.code == Some(1) && refused.stderr.contains("engine.db"),
        "{refused}"
    );
}

#[test]
fn nobody_waits_without_end_for_a_sandbox_that_was_halted_from_outside() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    home.done(&["exec", "demo", "--", "true"]);
    let first = leftover::first_process(&home.disks()).expect("a process");
    let mut hanging = home.spawn(&["exec", "demo", "--", "sh", "-c", "echo begun; sleep 600"]);
    let said = hanging.stdout.as_mut().expect("a pipe");
    said.read_exact(&mut [0; 6]).expect("it runs");
    kill_process(first, Signal::STOP).expect("a signal");
    let copy = home.spawn(&["cp", "demo:/etc/passwd", "-"]);
    for command in [hanging, copy] {
        let seen = home.finish(command);
        assert!(seen.code.is_some_and(|code| code != 0), "{seen}");
        assert!(!seen.stderr.is_empty(), "{seen}");
    }
    home.done(&["stop", "demo", "--force"]);
    home.done(&["start", "demo"]);
    assert_eq!(home.sh("demo", "echo works").stdout, "works\n");
    home.done(&["delete", "demo", "--yes", "--permanent"]);
    home.done(&["serve", "--stop"]);
}

#[test]
fn what_ends_while_no_engine_is_there_leaves_nothing() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    assert_eq!(home.sh("demo", "echo kept > ~/note").code, Some(0));
    let disks = home.disks();
    let groups = || {
        let groups = super::crash::groups().into_iter();
        let own = groups.filter(|group| super::crash::is_of(group, &disks[0]));
        own.collect::<Vec<_>>()
    };
    let family = Family::of(&home.engine(), None);
    let (engine, agent) = (family.engine().expect("an engine"), family.agents()[0].0);
    let stacks = family.stacks();
    signal(engine, Signal::KILL);
    signal(agent, Signal::KILL);
    let state = home.json(&["info", "demo"]);
    assert_eq!(state["state"], "stopped", "{state}");
    assert!(state["errorReason"].is_string(), "{state}");
    let records = home.engine().join("runtime/networks");
    let tidy = within(Duration::from_secs(3), || {
        let recorded = fs::read_dir(&records).map_or(0, Iterator::count);
        let running = stacks
            .iter()
            .any(|(pid, _)| !super::crash::is_dead(Pid::from_raw(*pid).expect("a process")));
        recorded == 0 && !running && groups().is_empty()
    });
    assert!(tidy, "{:?}", groups());
    home.done(&["start", "demo"]);
    assert_eq!(home.sh("demo", "cat ~/note").stdout, "kept\n");
}

#[test]
fn a_process_that_makes_a_link_and_hangs_holds_nothing_up_for_long() {
    if !machine::has_network_stack() {
        crate::skip::skip("neither slirp4netns nor pasta is installed");
        return;
    }
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    assert_eq!(home.sh("demo", "true").code, Some(0));
    let family = Family::of(&home.engine(), None);
    assert!(!family.stacks().is_empty(), "the sandbox has no network");
    for role in ["__stack", "__network"] {
        // The process lives for milliseconds: one look may come too late.
        let caught = (0..20).find_map(|_| {
            let family = Family::of(&home.engine(), None);
            let stacks = family.stacks().into_iter();
            stacks.for_each(|(pid, _)| signal(pid, Signal::KILL));
            let user = home.spawn(&["exec", "demo", "--", "echo", "up"]);
            let Some(helper) = family.await_helper(role, Duration::from_secs(1)) else {
                assert_eq!(home.finish(user).stdout, "up\n", "{role}");
                return None;
            };
            Some((user, helper))
        });
        let (user, helper) = caught.expect("one that makes the link");
        signal(helper, Signal::STOP);
        let begun = Stopwatch::start();
        let seen = home.finish(user);
        assert_eq!(seen.stdout, "up\n", "{role}: {seen}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{role}");
        // It is ended, and the next use makes the link.
        assert!(
            super::crash::is_dead(Pid::from_raw(helper).expect("a process")),
            "{role}"
        );
        let links = home.sh("demo", "grep -c tap0: /proc/net/dev");
        assert_eq!(links.stdout, "1\n", "{role}: {links}");
    }
}

#[test]
fn a_link_that_was_half_made_when_the_engine_was_killed_is_made_at_the_next_use() {
    if !machine::has_network_stack() {
        crate::skip::skip("neither slirp4netns nor pasta is installed");
        return;
    }
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    assert_eq!(home.sh("demo", "true").code, Some(0));
    let stacks = Family::of(&home.engine(), None).stacks();
    assert!(!stacks.is_empty(), "the sandbox has no network");
    let mut seen = 0;
    for round in 0..8 {
        let role = ["__stack", "__network"][round % 2];
        let family = Family::of(&home.engine(), None);
        let stacks = family.stacks().into_iter();
        stacks.for_each(|(pid, _)| signal(pid, Signal::KILL));
        let user = home.spawn(&["exec", "demo", "--", "true"]);
        let helper = family.await_helper(role, Duration::from_secs(1));
        let engine = family.engine().expect("an engine");
        signal(engine, Signal::KILL);
        seen += usize::from(helper.is_some());
        let _ = home.finish(user);
        let links = home.sh("demo", "grep -c tap0: /proc/net/dev");
        assert_eq!(links.stdout, "1\n", "round {round}: {links}");
        // One that nobody wrote down would be left.
        let stacks = Family::of(&home.engine(), None).stacks();
        assert_eq!(stacks.len(), 1, "round {round}");
    }
    // They are there for a few milliseconds.
    assert!(seen >= 1, "{seen} were seen");
}
