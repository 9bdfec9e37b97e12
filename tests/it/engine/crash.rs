//! The engine is killed in the middle of things, again and again: what was acknowledged is true afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::binary::Home;
use crate::leftover::{alive, within};

const ROUNDS: usize = 50;
/// The seed, unless CRASH_SEED holds another one.
const SEED: u64 = 20_261_121;

/// Small numbers that are the same in each run (xorshift).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, count: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % count
    }
}

/// What a sandbox may be, from what was acknowledged and what was only asked for.
type Truth = BTreeMap<String, Vec<&'static str>>;

/// How to reach the engine of a home.
pub(super) struct Reach {
    pub(super) address: String,
    pub(super) key: String,
}

impl Reach {
    /// Starts the engine where none runs.
    pub(super) fn of(home: &Home) -> Self {
        Self::parse(&home.text(&["serve", "--print-env"]))
    }

    /// Of what an SDK is told.
    pub(super) fn parse(text: &str) -> Self {
        let between = |before: &str, after: &str| {
            let rest = text.split(before).nth(1).expect("what an SDK needs");
            rest.split(after).next().unwrap_or_default().to_owned()
        };
        Self {
            address: between("http://", "/api"),
            key: between("DAYTONA_API_KEY='", "'"),
        }
    }

    /// Sends a request; its connection, on which the reply will come.
    pub(super) fn send(&self, method: &str, path: &str, body: &str) -> TcpStream {
        self.send_bytes(method, path, body.as_bytes())
    }

    /// As [`Self::send`], of any body. Who hears it may end before it has all of it.
    pub(super) fn send_bytes(&self, method: &str, path: &str, body: &[u8]) -> TcpStream {
        let mut line = TcpStream::connect(&self.address).expect("the engine listens");
        let head = format!(
            "{method} /api{path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            self.address,
            self.key,
            body.len()
        );
        line.write_all(head.as_bytes()).expect("a request");
        let _ = line.write_all(body);
        line
    }
}

/// Whether the reply came whole and says that it was done.
pub(super) fn acknowledged(mut line: TcpStream) -> bool {
    let _ = line.set_read_timeout(Some(Duration::from_secs(20)));
    let mut reply = Vec::new();
    let _ = line.read_to_end(&mut reply);
    let reply = String::from_utf8_lossy(&reply).into_owned();
    let Some((head, body)) = reply.split_once("\r\n\r\n") else {
        return false;
    };
    assert!(
        head.starts_with("HTTP/1.1 20"),
        "the request was refused: {reply}"
    );
    serde_json::from_str::<serde_json::Value>(body).is_ok()
}

/// A request on its way: the sandbox, what it becomes, and what it was.
struct Asked {
    name: String,
    becomes: &'static str,
    line: TcpStream,
}

/// Chooses something to do to a sandbox that no other request is about.
fn ask(reach: &Reach, dice: &mut Dice, truth: &Truth, busy: &[String], round: usize) -> Asked {
    let free: Vec<(&String, &'static str)> = truth
        .iter()
        .filter(|(name, _)| !busy.contains(name) && *name != "steady")
        .map(|(name, states)| (name, states[0]))
        .collect();
    if free.len() < 3 || dice.below(3) == 0 {
        let name = format!("box-{round}-{}", busy.len());
        let body = format!("{{\"name\":\"{name}\"}}");
        let line = reach.send("POST", "/sandbox", &body);
        return Asked {
            name,
            becomes: "started",
            line,
        };
    }
    let at = usize::try_from(dice.below(free.len() as u64)).expect("a small number");
    let (name, state) = (free[at].0.clone(), free[at].1);
    let (method, path, becomes) = match (dice.below(2), state) {
        (0, _) => ("DELETE", format!("/sandbox/{name}"), "gone"),
        (_, "started") => (
            "POST",
            format!("/sandbox/{name}/stop?force=true"),
            "stopped",
        ),
        _ => ("POST", format!("/sandbox/{name}/start"), "started"),
    };
    let line = reach.send(method, &path, "");
    Asked {
        name,
        becomes,
        line,
    }
}

pub(super) fn is_dead(engine: Pid) -> bool {
    let pid = engine.as_raw_nonzero();
    std::fs::read_to_string(format!("/proc/{pid}/stat"))
        .ok()
        .and_then(|stat| Some(stat.rsplit_once(") ")?.1.starts_with(['Z', 'X'])))
        .unwrap_or(true)
}

/// Compares what there is with what may be, and takes what there is for the truth.
fn check(home: &Home, truth: &mut Truth, changed: &[String], all: bool) -> Result<(), String> {
    let page = home.json(&["list", "--all"]);
    let mut found = BTreeMap::new();
    let mut ids = BTreeMap::new();
    for item in page["items"].as_array().expect("items") {
        let text = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
        found.insert(text("name"), text("state"));
        ids.insert(text("name"), text("id"));
    }
    let mut wrong = String::new();
    for (name, may) in truth.iter() {
        let state = found.get(name).map_or("gone", String::as_str);
        if !may.contains(&state) {
            let _ = writeln!(wrong, "{name} is {state}, not {may:?}");
        }
    }
    for (name, state) in &found {
        if !truth.contains_key(name) {
            let _ = writeln!(wrong, "{name} ({state}) was never asked for");
        }
        if state == "started" && (all || changed.contains(name)) {
            let seen = home.sh(name, "echo up");
            if seen.stdout != "up\n" {
                let _ = writeln!(wrong, "{name} is started, but: {seen}");
            }
        }
    }
    let mut wanted: Vec<String> = ids.values().cloned().collect();
    wanted.extend(home.trashed());
    wanted.sort();
    if !within(Duration::from_secs(3), || home.disks() == wanted) {
        let _ = writeln!(wrong, "disks {:?}, sandboxes {ids:?}", home.disks());
    }
    let mut running: Vec<String> = found
        .iter()
        .filter(|(_, state)| *state == "started")
        .map(|(name, _)| ids[name].clone())
        .collect();
    running.sort();
    if !within(Duration::from_secs(3), || alive(&wanted) == running) {
        let _ = writeln!(
            wrong,
            "processes in {:?}, started {running:?}",
            alive(&wanted)
        );
    }
    truth.retain(|name, states| {
        let state = found.get(name).map(String::as_str);
        *states = match state {
            Some("started") => vec!["started"],
            _ => vec!["stopped"],
        };
        state.is_some()
    });
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

#[test]
fn killed_at_any_moment_it_keeps_its_word() {
    let home = Home::with_engine();
    let seed = std::env::var("CRASH_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed: u64 = seed.unwrap_or(SEED);
    let mut dice = Dice(seed);
    let mut truth = Truth::new();
    home.done(&["create", "--name", "steady", "--auto-stop", "0"]);
    truth.insert("steady".to_owned(), vec!["started"]);
    let program = "i=0; while :; do i=$((i+1)); echo $i > /tmp/next; mv /tmp/next /tmp/count; sleep 0.1; done >/dev/null 2>&1 & echo $! > /tmp/pid";
    home.done(&["exec", "steady", "--", "sh", "-c", program]);
    let counter = || {
        let output = home.sh(
            "steady",
            "kill -0 $(cat /tmp/pid) && cat /tmp/pid && cat /tmp/count",
        );
        let mut lines = output
            .stdout
            .lines()
            .map(|line| line.parse::<u64>().unwrap_or(0));
        (lines.next().unwrap_or(0), lines.next().unwrap_or(0))
    };
    let (pid, mut count) = counter();
    assert_ne!(pid, 0);
    let mut ever = BTreeSet::new();
    let begun = Instant::now();
    let mut story = String::new();
    let (mut kept, mut lost) = (0, 0);
    // How late a kill may come at the most, in microseconds: as slow as the machine is just now.
    let mut window = 30_000;
    for round in 0..ROUNDS {
        let before = (kept, lost);
        let reach = Reach::of(&home);
        let mut asked: Vec<Asked> = Vec::new();
        for _ in 0..=dice.below(2) {
            let busy: Vec<String> = asked.iter().map(|asked| asked.name.clone()).collect();
            asked.push(ask(&reach, &mut dice, &truth, &busy, round));
        }
        let delay = Duration::from_micros(dice.below(window));
        std::thread::sleep(delay);
        let engine = home
            .engine_pid()
            .and_then(Pid::from_raw)
            .expect("an engine");
        kill_process(engine, Signal::KILL).expect("a signal");
        // Dead, though perhaps nobody has waited for it yet: the next command has to see through that.
        assert!(within(Duration::from_secs(5), || is_dead(engine)));
        ever.extend(home.disks());
        let mut changed = Vec::new();
        for Asked {
            name,
            becomes,
            line,
        } in asked
        {
            let sure = acknowledged(line);
            let _ = writeln!(
                story,
                "{round}: {name} → {becomes}, {delay:?}, acknowledged: {sure}"
            );
            let states = truth.entry(name.clone()).or_insert_with(|| vec!["gone"]);
            if sure {
                kept += 1;
                *states = vec![becomes];
            } else {
                lost += 1;
                states.push(becomes);
            }
            changed.push(name);
        }
        window = match (kept > before.0, lost > before.1) {
            (false, true) => (window * 3 / 2).min(1_000_000),
            (true, false) => (window * 2 / 3).max(5_000),
            _ => window,
        };
        if let Err(wrong) = check(&home, &mut truth, &changed, round % 10 == 9) {
            panic!("seed {seed}, round {round}:\n{wrong}\n{story}");
        }
        let (same, now) = counter();
        assert!(
            same == pid && now >= count,
            "seed {seed}, round {round}: {pid} → {same}, {count} → {now}"
        );
        count = now;
    }
    eprintln!(
        "{ROUNDS} kills in {:?}: {kept} requests acknowledged, {lost} not",
        begun.elapsed()
    );
    assert!(
        kept >= 5 && lost >= 5,
        "the kills were not spread: {kept} and {lost}"
    );
    let named = |id: &String| {
        groups()
            .into_iter()
            .filter(|group| is_of(group, id))
            .count()
    };
    let steady = home.json(&["info", "steady"])["id"]
        .as_str()
        .map(str::to_owned);
    let limited = home.json(&["info", "steady"])["runtime"]["limits"][0]["enforced"] == true;
    assert!(
        !limited || steady.as_ref().is_some_and(|id| named(id) > 0),
        "no group of a running sandbox was found"
    );
    home.done(&["delete", "--all", "--yes"]);
    let left = || -> Vec<_> {
        let all = groups().into_iter();
        all.filter(|group| ever.iter().any(|id| is_of(group, id)))
            .collect()
    };
    assert!(
        within(Duration::from_secs(10), || left().is_empty()),
        "control groups of nobody: {:#?}",
        left()
    );
}

/// Whether a group is one of a sandbox: each run of it has groups of its own.
pub(super) fn is_of(group: &Path, id: &str) -> bool {
    group
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with(&format!("{id}.")))
}

/// Every control group, by the name of its folder.
pub(super) fn groups() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from("/sys/fs/cgroup")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                found.push(entry.path());
                open.push(entry.path());
            }
        }
    }
    found
}

#[test]
fn an_engine_that_is_asked_to_stop_leaves_sandboxes_running() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    home.done(&[
        "exec",
        "demo",
        "--",
        "sh",
        "-c",
        "sleep 300 >/dev/null 2>&1 & echo $! > /tmp/pid",
    ]);
    home.done(&["serve", "--stop"]);
    assert_eq!(home.engine_pid(), None);
    assert_eq!(alive(&home.disks()), home.disks());
    assert_eq!(
        home.sh("demo", "kill -0 $(cat /tmp/pid) && echo there")
            .stdout,
        "there\n"
    );
}
