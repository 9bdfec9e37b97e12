//! The clients of an engine whose processes are killed: what they ask for, and what they know by the answers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;

use crate::binary::Home;

use super::crash::{Dice, Reach};
use super::ordinary_user::User;

/// Whose engine it is.
pub(super) trait Owner: Sync {
    fn engine(&self) -> PathBuf;
    /// What a command prints, which must succeed.
    fn print(&self, arguments: &[&str]) -> String;
    /// Whose processes all belong to the engine, where there is such a user.
    fn user(&self) -> Option<u32>;
}

impl Owner for Home {
    fn engine(&self) -> PathBuf {
        self.engine()
    }

    fn print(&self, arguments: &[&str]) -> String {
        self.text(arguments)
    }

    fn user(&self) -> Option<u32> {
        None
    }
}

impl Owner for User {
    fn engine(&self) -> PathBuf {
        self.engine()
    }

    fn print(&self, arguments: &[&str]) -> String {
        self.done(arguments)
    }

    fn user(&self) -> Option<u32> {
        self.id().parse().ok()
    }
}

/// How the engine is reached.
pub(super) struct Line {
    address: String,
    key: String,
}

/// What came of a request.
pub(super) enum Reply {
    /// It was done.
    Done(Value),
    /// The engine said no.
    Refused(String),
    /// No whole reply came.
    Broken,
}

impl Line {
    /// Starts the engine where none runs.
    pub(super) fn of(owner: &dyn Owner) -> Self {
        let Reach { address, key } = Reach::parse(&owner.print(&["serve", "--print-env"]));
        Self { address, key }
    }

    pub(super) fn ask(&self, method: &str, path: &str, body: &str) -> Reply {
        let Ok(mut line) = TcpStream::connect(&self.address) else {
            return Reply::Broken;
        };
        let _ = line.set_read_timeout(Some(Duration::from_secs(45)));
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            self.key,
            body.len()
        );
        let mut reply = Vec::new();
        if line.write_all(head.as_bytes()).is_err() || line.read_to_end(&mut reply).is_err() {
            return Reply::Broken;
        }
        let reply = String::from_utf8_lossy(&reply);
        let Some((head, body)) = reply.split_once("\r\n\r\n") else {
            return Reply::Broken;
        };
        match serde_json::from_str(body) {
            Ok(value) if head.starts_with("HTTP/1.1 20") => Reply::Done(value),
            _ if head.starts_with("HTTP/1.1 20") => Reply::Broken,
            _ => Reply::Refused(format!(
                "{} {body}",
                head.lines().next().unwrap_or_default()
            )),
        }
    }

    /// Runs shell text; what it printed.
    pub(super) fn shell(&self, name: &str, text: &str) -> Result<String, Reply> {
        let body = serde_json::json!({"command": text, "timeout": 20}).to_string();
        let path = format!("/toolbox/{name}/process/execute");
        match self.ask("POST", &path, &body) {
            Reply::Done(value) if value["exitCode"] == 0 => {
                Ok(value["result"].as_str().unwrap_or_default().to_owned())
            }
            Reply::Done(value) => Err(Reply::Refused(value.to_string())),
            other => Err(other),
        }
    }
}

/// What a client knows of its sandbox: by what was acknowledged, and what was only asked for.
pub(super) struct Known {
    pub(super) name: String,
    pub(super) states: BTreeSet<&'static str>,
    /// The numbers that may be in its file.
    pub(super) numbers: BTreeSet<u64>,
    pub(super) told: String,
    pub(super) refused: usize,
    pub(super) done: usize,
}

impl Known {
    pub(super) fn new(number: usize) -> Self {
        Self {
            name: format!("box-{number}"),
            states: BTreeSet::from(["gone"]),
            numbers: BTreeSet::from([0]),
            told: String::new(),
            refused: 0,
            done: 0,
        }
    }

    /// One thing that is done to it. From the first that was not acknowledged on, nothing more.
    pub(super) fn act(&mut self, line: &Line, dice: &mut Dice) {
        let state = *self.states.first().expect("a state");
        let name = self.name.clone();
        let (what, reply) = match (state, dice.below(8)) {
            ("gone", _) => {
                let body = serde_json::json!({"name": name, "autoStopInterval": 0}).to_string();
                ("started", line.ask("POST", "/api/sandbox", &body))
            }
            ("started", 0) => {
                let path = format!("/api/sandbox/{name}/stop?force=true");
                ("stopped", line.ask("POST", &path, ""))
            }
            ("started", 1) | (_, 0) => {
                let path = format!("/api/sandbox/{name}");
                ("gone", line.ask("DELETE", &path, ""))
            }
            ("started", _) => {
                let next = self.numbers.last().expect("a number") + 1;
                let text = format!("echo {next} > ~/next && mv ~/next ~/number");
                let reply = match line.shell(&name, &text) {
                    Ok(_) => {
                        self.numbers = BTreeSet::from([next]);
                        Reply::Done(Value::Null)
                    }
                    Err(reply) => {
                        self.numbers.insert(next);
                        reply
                    }
                };
                ("written", reply)
            }
            _ => {
                let path = format!("/api/sandbox/{name}/start");
                ("started", line.ask("POST", &path, ""))
            }
        };
        match reply {
            Reply::Done(_) => {
                self.done += 1;
                let _ = writeln!(self.told, "  {name}: {what}");
                if what != "written" {
                    self.states = BTreeSet::from([what]);
                }
                if what == "gone" {
                    self.numbers = BTreeSet::from([0]);
                }
                return;
            }
            Reply::Refused(why) => {
                self.refused += 1;
                let _ = writeln!(self.told, "  {name}: {what} was refused: {why}");
                // One that does not start is kept in that state, and says why.
                self.states.extend(["error", "stopped"]);
            }
            Reply::Broken => {
                let _ = writeln!(self.told, "  {name}: {what} broke off");
                if what == "started" {
                    self.states.insert("error");
                }
            }
        }
        if what == "gone" {
            self.numbers.insert(0);
        }
        self.states
            .insert(if what == "written" { state } else { what });
    }

    pub(super) fn is_sure(&self) -> bool {
        self.states.len() == 1
    }
}

/// The sandboxes that there are, by name.
pub(super) fn listed(line: &Line) -> BTreeMap<String, Value> {
    let Reply::Done(page) = line.ask("GET", "/api/sandbox/paginated?limit=100", "") else {
        return BTreeMap::new();
    };
    let items = page["items"].as_array().cloned().unwrap_or_default();
    items
        .into_iter()
        .map(|item| (item["name"].as_str().unwrap_or_default().to_owned(), item))
        .collect()
}

pub(super) fn text<'a>(item: &'a Value, key: &str) -> &'a str {
    item[key].as_str().unwrap_or_default()
}
