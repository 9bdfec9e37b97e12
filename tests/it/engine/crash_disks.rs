//! The engine is killed in the middle of forks, snapshots, archives, pauses and imports: disks stay whole.

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::binary::Home;
use crate::leftover::{alive, within};
use crate::registry::tar;

use super::crash::{Dice, Reach, acknowledged, is_dead};

const ROUNDS: usize = 20;
/// The seed, unless CRASH_SEED holds another one.
const SEED: u64 = 20_261_122;

/// What there is under a name, and that it is what it should be.
fn check(home: &Home, name: &str, wrong: &mut String) -> String {
    let shown = home.run(&["--json=state", "info", name]);
    let Ok(shown) = serde_json::from_str::<serde_json::Value>(&shown.stdout) else {
        return "gone".to_owned();
    };
    let state = shown["state"].as_str().unwrap_or_default().to_owned();
    if !["started", "stopped", "paused", "archived"].contains(&state.as_str()) {
        let _ = writeln!(wrong, "{name} is {state}");
    }
    // Whatever state it was left in, it can be used: nothing is halted, nothing is lost.
    if state != "started" {
        let start = home.run(&["start", name]);
        if start.code != Some(0) {
            let _ = writeln!(wrong, "{name} ({state}) does not start: {start}");
        }
    }
    let seen = home.sh(name, "cat ~/mark; wc -c < ~/big; tail -c 1 ~/big");
    if seen.stdout != "kept\n6000000\nx" {
        let _ = writeln!(wrong, "{name} ({state}) has other files: {seen}");
    }
    state
}

/// Brings a sandbox to a state from which the next thing is tried.
fn bring(home: &Home, name: &str, state: &str) {
    match state {
        "stopped" | "archived" => home.done(&["stop", "--force", name]),
        _ => {}
    }
    match state {
        "archived" => home.done(&["archive", name]),
        "paused" => home.done(&["pause", name]),
        _ => {}
    }
}

#[test]
fn killed_while_disks_change_it_loses_none() {
    let home = Home::with_engine();
    let seed: u64 = std::env::var("CRASH_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(SEED);
    let mut dice = Dice(seed);
    home.done(&["create", "--name", "box", "--auto-stop", "0"]);
    let fill = "echo kept > ~/mark; head -c 5999999 /dev/urandom > ~/big; printf x >> ~/big; mkdir ~/many; cd ~/many; for i in $(seq 300); do echo $i > $i; done";
    home.done(&["exec", "box", "--", "sh", "-c", fill]);
    let image = tar(&[("etc/", b""), ("etc/big", &vec![7; 3_000_000])]);
    let (mut kept, mut lost, mut story) = (0, 0, String::new());
    for round in 0..ROUNDS {
        let (from, method, path, made) = match round % 9 {
            0 => ("started", "POST", "/sandbox/box/fork", "fork"),
            1 => ("stopped", "POST", "/sandbox/box/fork", "fork"),
            2 => ("started", "POST", "/sandbox/box/snapshot", "snapshot"),
            3 => ("stopped", "POST", "/sandbox/box/archive", ""),
            4 => ("archived", "POST", "/sandbox/box/start", ""),
            5 => ("started", "POST", "/sandbox/box/pause", ""),
            6 => ("paused", "POST", "/sandbox/box/start", ""),
            7 => ("paused", "POST", "/sandbox/box/fork", "fork"),
            _ => ("started", "POST", "/snapshots/import?name=", "import"),
        };
        bring(&home, "box", from);
        // So that there is always something to be made a layer, copied or compressed.
        let reach = Reach::of(&home);
        let name = format!("{made}-{round}");
        let body = format!("{{\"name\":\"{name}\"}}");
        let line = if made == "import" {
            reach.send_bytes(method, &format!("{path}{name}"), &image)
        } else {
            reach.send(method, path, if made.is_empty() { "" } else { &body })
        };
        let delay = Duration::from_micros(dice.below(60_000));
        std::thread::sleep(delay);
        let engine = home
            .engine_pid()
            .and_then(Pid::from_raw)
            .expect("an engine");
        kill_process(engine, Signal::KILL).expect("a signal");
        assert!(within(Duration::from_secs(5), || is_dead(engine)));
        let sure = acknowledged(line);
        let _ = writeln!(
            story,
            "{round}: {from} {path} {name}, {delay:?}, acknowledged: {sure}"
        );
        if sure {
            kept += 1;
        } else {
            lost += 1;
        }
        let mut wrong = String::new();
        let state = check(&home, "box", &mut wrong);
        // What nobody heard of may not have begun.
        let expected = match path.rsplit('/').next() {
            Some("archive") if sure => vec!["archived"],
            Some("archive") => vec!["archived", "stopped"],
            Some("start") if sure => vec!["started"],
            Some("start") => vec!["started", "stopped", from],
            Some("pause") if sure => vec!["paused"],
            Some("pause") => vec!["started", "paused"],
            _ => vec![from],
        };
        if !expected.contains(&state.as_str()) {
            let _ = writeln!(wrong, "box is {state} after {from}, acknowledged: {sure}");
        }
        match made {
            "fork" => {
                let state = check(&home, &name, &mut wrong);
                if sure && state != "started" {
                    let _ = writeln!(wrong, "the fork that was acknowledged is {state}");
                }
                home.done(&["delete", "--ignore-not-found", &name]);
            }
            "snapshot" | "import" => {
                let shown = home.run(&["--json=state", "snapshot", "info", &name]);
                let active = shown.stdout.contains("active");
                if sure && shown.code != Some(0) || sure && made == "snapshot" && !active {
                    let _ = writeln!(wrong, "the snapshot that was acknowledged: {shown}");
                }
                if made == "snapshot" && active {
                    home.done(&["create", "--name", &name, "--snapshot", &name]);
                    check(&home, &name, &mut wrong);
                    home.done(&["delete", &name]);
                }
                home.done(&["snapshot", "delete", "--ignore-not-found", &name]);
            }
            _ => {}
        }
        assert!(
            wrong.is_empty(),
            "seed {seed}, round {round}:\n{wrong}\n{story}"
        );
        home.done(&[
            "exec",
            "box",
            "--",
            "sh",
            "-c",
            "cp ~/big ~/again; touch ~/mark",
        ]);
    }
    eprintln!("{ROUNDS} kills: {kept} requests acknowledged, {lost} not");
    assert!(
        kept >= 3 && lost >= 3,
        "the kills were not spread: {kept} and {lost}\n{story}"
    );
    home.done(&["trash", "empty", "--yes"]);
    assert_eq!(alive(&home.disks()), home.disks());
    home.done(&["delete", "--all", "--yes", "--permanent"]);
    let runtime = home.engine().join("runtime");
    let left = |folder: &str| {
        let names = fs::read_dir(runtime.join(folder))
            .into_iter()
            .flatten()
            .flatten();
        names.map(|entry| entry.file_name()).collect::<Vec<_>>()
    };
    assert!(
        within(Duration::from_secs(30), || left("layers").len() == 1
            && left("sandboxes").is_empty()
            && left("doomed").is_empty()
            && left("networks").is_empty()),
        "{:?} {:?} {:?}",
        left("layers"),
        left("sandboxes"),
        left("doomed")
    );
    let spooled = fs::read_dir(home.engine().join("spool")).map_or(0, Iterator::count);
    assert_eq!(spooled, 0, "what was sent is kept");
}
