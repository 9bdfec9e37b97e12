//! Any of the engine's processes is killed while it is used: what was acknowledged holds, nothing is left
//! over, and all works again without anybody's help.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value;

use crate::binary::Home;
use crate::leftover::within;

use super::crash::{Dice, groups, is_of};
use super::family::{Family, signal};
use super::kill_clients::{Known, Line, Owner, Reply, listed, text};
use super::ordinary_user::User;

/// How many are killed, unless CRASH_KILLS says otherwise.
const KILLS: usize = 16;
/// The seed, unless CRASH_SEED holds another one.
const SEED: u64 = 20_261_127;
/// How many clients there are, each with a sandbox of its own.
const CLIENTS: usize = 3;
/// How long anything may be left over.
const TIDY: Duration = Duration::from_secs(10);

/// Compares what there is with what may be, brings back what stopped, and takes what there is for the truth.
fn check(
    owner: &dyn Owner,
    line: &Line,
    known: &mut [Known],
    killed: &[String],
    wrong: &mut String,
) {
    let mut found = BTreeMap::new();
    let allowed = |known: &Known, found: &BTreeMap<String, Value>| {
        let item = found.get(&known.name);
        let state = item.map_or("gone", |item| text(item, "state"));
        let hurt = item.is_some_and(|item| killed.iter().any(|id| id == text(item, "id")));
        known.states.contains(state) || hurt && ["stopped", "error"].contains(&state)
    };
    let settled = within(TIDY, || {
        found = listed(line);
        let agents = Family::of(&owner.engine(), owner.user()).agents();
        known.iter().all(|known| {
            // That its first process is gone is seen a moment later. It may have been started again since.
            let runs = found.get(&known.name).is_none_or(|item| {
                let id = Some(text(item, "id"));
                text(item, "state") != "started"
                    || agents.iter().any(|(_, agent)| agent.as_deref() == id)
            });
            allowed(known, &found) && runs
        })
    });
    if !settled {
        for known in known.iter().filter(|known| !allowed(known, &found)) {
            let item = found.get(&known.name);
            let _ = writeln!(wrong, "{} may be {:?}: {item:?}", known.name, known.states);
        }
    }
    for known in known {
        let Some(item) = found.get(&known.name) else {
            known.states = BTreeSet::from(["gone"]);
            known.numbers = BTreeSet::from([0]);
            continue;
        };
        let (state, name) = (text(item, "state"), known.name.clone());
        let hurt = killed.iter().any(|id| id == text(item, "id"));
        let asked = known.states.contains("stopped") || known.states.contains("error");
        let ended = state == "error" || hurt && !asked && state != "started";
        if ended && text(item, "errorReason").is_empty() {
            let _ = writeln!(wrong, "{name} is {state} for no reason: {item}");
        }
        let begin = match state {
            "started" => None,
            "error" if item["recoverable"] == true => Some("recover"),
            // It was never acknowledged: there is nothing to lose.
            "error" if known.states.contains("gone") => {
                let deleted = line.ask("DELETE", &format!("/api/sandbox/{name}"), "");
                if !matches!(deleted, Reply::Done(_)) {
                    let _ = writeln!(wrong, "{name} in error is not deleted: {item}");
                }
                known.states = BTreeSet::from(["gone"]);
                known.numbers = BTreeSet::from([0]);
                continue;
            }
            _ => Some("start"),
        };
        if let Some(begin) = begin
            && let Reply::Refused(why) =
                line.ask("POST", &format!("/api/sandbox/{name}/{begin}"), "")
        {
            let _ = writeln!(wrong, "{name} ({state}) does not start again: {why}");
        }
        // Its files are there, and it has a link.
        let look = "cat ~/number 2>/dev/null || echo 0; grep -c tap0: /proc/net/dev || true";
        let seen = match line.shell(&name, look) {
            Ok(seen) => seen,
            Err(Reply::Refused(why)) => why,
            Err(_) => "nothing".to_owned(),
        };
        let mut lines = seen.lines();
        let number = lines.next().and_then(|number| number.parse().ok());
        let network = text(&item["runtime"], "network");
        let wanted = u8::from(network.starts_with("outbound")).to_string();
        if number.is_none_or(|number| !known.numbers.contains(&number))
            || lines.next() != Some(&*wanted)
        {
            let _ = writeln!(
                wrong,
                "{name} may have {:?} and has {seen:?}",
                known.numbers
            );
        }
        known.states = BTreeSet::from(["started"]);
        known.numbers = BTreeSet::from([number.unwrap_or(0)]);
    }
}

/// What is there and should not be: of processes, control groups, records, sockets, disks and mounts.
fn left_over(owner: &dyn Owner, line: &Line, ever: &mut BTreeSet<String>) -> String {
    let mut left = String::new();
    let found = listed(line);
    let all: BTreeSet<String> = found
        .values()
        .map(|item| text(item, "id").to_owned())
        .collect();
    let started: BTreeSet<String> = found
        .values()
        .filter(|item| text(item, "state") == "started")
        .map(|item| text(item, "id").to_owned())
        .collect();
    let runtime = owner.engine().join("runtime");
    let names = |folder: &str| -> BTreeSet<String> {
        let entries = fs::read_dir(runtime.join(folder)).into_iter().flatten();
        entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect()
    };
    ever.extend(names("sandboxes"));
    ever.extend(all.iter().cloned());
    for (folder, may) in [
        ("sandboxes", &all),
        ("sockets", &all),
        ("networks", &started),
        ("doomed", &BTreeSet::new()),
    ] {
        for name in names(folder).difference(may) {
            let _ = writeln!(left, "{folder}/{name}");
        }
    }
    let family = Family::of(&owner.engine(), owner.user());
    for line in family.strangers(&started) {
        let _ = writeln!(left, "process {line}");
    }
    let groups = groups();
    for id in ever.iter() {
        let runs: BTreeSet<_> = groups
            .iter()
            .filter(|group| is_of(group, id))
            .map(|group| group.file_name().map(std::ffi::OsStr::to_owned))
            .collect();
        if runs.len() > usize::from(started.contains(id)) {
            let _ = writeln!(left, "control groups of {id}: {runs:?}");
        }
    }
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let folder = owner.engine().display().to_string();
    for mount in mounts.lines().filter(|mount| mount.contains(&folder)) {
        let _ = writeln!(left, "mount {mount}");
    }
    left
}

/// Chooses one of the engine's processes: its role, its id, and whose agent it is.
fn victim(owner: &dyn Owner, dice: &mut Dice) -> Option<(&'static str, i32, Option<String>)> {
    let role = [
        "engine",
        "zygote",
        "halted zygote",
        "stack",
        "helper",
        "engine with a helper",
        "agent",
    ][usize::try_from(dice.below(7)).expect("a small number")];
    let family = || Family::of(&owner.engine(), owner.user());
    let mut there: Vec<(i32, Option<String>)> = match role {
        "engine" => family()
            .engine()
            .map(|pid| (pid, None))
            .into_iter()
            .collect(),
        "zygote" | "halted zygote" => family().in_role(&["__zygote"]),
        "stack" => family().stacks(),
        "agent" => family().agents(),
        _ => {
            // They are there for a moment only, when a link is made.
            let family = family();
            family
                .stacks()
                .iter()
                .for_each(|(pid, _)| signal(*pid, Signal::KILL));
            let helper = ["__stack", "__network"][usize::from(dice.below(2) == 0)];
            let helper = family.await_helper(helper, Duration::from_millis(600));
            let killed = if role == "helper" {
                helper
            } else {
                family.engine().filter(|_| helper.is_some())
            };
            killed.map(|pid| (pid, None)).into_iter().collect()
        }
    };
    there.sort();
    let at = usize::try_from(dice.below(there.len().max(1) as u64)).expect("a small number");
    let (pid, id) = there.get(at)?.clone();
    Some((role, pid, id))
}

fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().expect("a number"))
}

fn kill_at_random(owner: &dyn Owner) {
    let seed = number("CRASH_SEED", SEED);
    let kills = usize::try_from(number("CRASH_KILLS", KILLS as u64)).expect("a number");
    let mut dice = Dice(seed);
    let mut known: Vec<Known> = (0..CLIENTS).map(Known::new).collect();
    let mut ever = BTreeSet::new();
    let mut count = BTreeMap::<&str, usize>::new();
    let (mut round, begun) = (0, Instant::now());
    while count.values().sum::<usize>() < kills {
        round += 1;
        let line = Line::of(owner);
        let over = AtomicBool::new(false);
        let acting = AtomicUsize::new(0);
        let (mut story, mut killed, mut halted) = (String::new(), Vec::new(), Vec::new());
        let mut gentle = true;
        std::thread::scope(|scope| {
            for known in &mut known {
                let (line, over, acting) = (&line, &over, &acting);
                let mut dice = Dice(dice.below(u64::MAX >> 12) + 1);
                acting.fetch_add(1, Ordering::SeqCst);
                scope.spawn(move || {
                    while !over.load(Ordering::SeqCst) && known.is_sure() {
                        known.act(line, &mut dice);
                    }
                    acting.fetch_sub(1, Ordering::SeqCst);
                });
            }
            for _ in 0..=dice.below(2) {
                std::thread::sleep(Duration::from_millis(dice.below(150)));
                let Some((role, pid, id)) = victim(owner, &mut dice) else {
                    continue;
                };
                let how = if role == "halted zygote" {
                    halted.push(pid);
                    Signal::STOP
                } else {
                    Signal::KILL
                };
                signal(pid, how);
                gentle &= role != "agent" && !role.starts_with("engine");
                let _ = writeln!(story, "  killed: {role} {pid} of {id:?}");
                *count.entry(role).or_default() += 1;
                killed.extend(id);
            }
            if dice.below(4) > 0 {
                std::thread::sleep(Duration::from_millis(dice.below(300)));
                halted.drain(..).for_each(|pid| signal(pid, Signal::KILL));
            }
            over.store(true, Ordering::SeqCst);
        });
        let mut wrong = String::new();
        let line = Line::of(owner);
        for known in &mut known {
            story.push_str(&std::mem::take(&mut known.told));
            let refused = std::mem::take(&mut known.refused);
            if gentle && refused > 0 {
                let _ = writeln!(wrong, "{}: refused, though its processes lived", known.name);
            }
        }
        check(owner, &line, &mut known, &killed, &mut wrong);
        halted.drain(..).for_each(|pid| signal(pid, Signal::KILL));
        owner.print(&["trash", "empty", "--yes"]);
        let mut left = String::new();
        if !within(TIDY, || {
            left = left_over(owner, &line, &mut ever);
            left.is_empty()
        }) {
            let _ = writeln!(wrong, "left over:\n{left}");
        }
        if !wrong.is_empty() {
            let log = fs::read_to_string(owner.engine().join("engine.log")).unwrap_or_default();
            let last: Vec<&str> = log.lines().rev().take(25).collect();
            panic!("seed {seed}, round {round}:\n{wrong}{story}{last:#?}");
        }
    }
    let done: usize = known.iter().map(|known| known.done).sum();
    eprintln!(
        "{count:?} killed in {round} rounds, {done} requests acknowledged, {:?}",
        begun.elapsed()
    );
    assert!(count.len() >= 4 && done >= kills, "{count:?}, {done} done");
    owner.print(&["delete", "--all", "--yes", "--permanent"]);
    let line = Line::of(owner);
    let mut left = String::new();
    let tidy = within(TIDY, || {
        left = left_over(owner, &line, &mut ever);
        left.is_empty()
    });
    assert!(tidy, "left over:\n{left}");
}

#[test]
fn whatever_is_killed_all_works_again() {
    kill_at_random(&Home::with_engine());
}

#[test]
fn whatever_is_killed_all_works_again_for_an_ordinary_user() {
    if let Some(user) = User::make("k") {
        kill_at_random(&user);
    }
}
