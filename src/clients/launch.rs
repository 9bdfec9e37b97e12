//! The command that starts the server, in the forms in which agents write it down.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::places::Places;
use super::{SERVER, Scope};

/// A command as an agent starts it.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Launch {
    /// The program.
    pub program: String,
    /// Its arguments.
    pub args: Vec<String>,
    /// Variables that the entry sets.
    pub env: BTreeMap<String, String>,
}

/// The form of an entry.
pub(super) type Shape = fn(&Launch) -> Value;

impl Launch {
    /// `mcp start` of the program, with more flags.
    pub fn new(program: &str, flags: &[String]) -> Self {
        let start = ["mcp", "start"].map(str::to_owned);
        Self {
            program: program.to_owned(),
            args: start.into_iter().chain(flags.iter().cloned()).collect(),
            env: BTreeMap::new(),
        }
    }

    /// The command in an entry of any form; none in one of a server elsewhere.
    pub(super) fn read(entry: &Value) -> Option<Self> {
        if let Some(inner) = entry.get("transport").filter(|inner| inner.is_object()) {
            return Self::read(inner);
        }
        let words = |value: Option<&Value>| -> Option<Vec<String>> {
            value?
                .as_array()?
                .iter()
                .map(|word| word.as_str().map(str::to_owned))
                .collect()
        };
        let (program, args) = match entry.get("command").or_else(|| entry.get("cmd"))? {
            Value::String(program) => (
                program.clone(),
                words(entry.get("args")).unwrap_or_default(),
            ),
            command => {
                let mut all = words(Some(command))?.into_iter();
                (all.next()?, all.collect())
            }
        };
        let env = ["env", "environment", "envs"]
            .iter()
            .find_map(|key| entry.get(key)?.as_object())
            .map(|env| {
                env.iter()
                    .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
                    .collect()
            })
            .unwrap_or_default();
        Some(Self { program, args, env })
    }

    /// Whether it is a Daytona server, whoever wrote it down under whatever name.
    pub(super) fn is_ours(&self) -> bool {
        let name = self.program.rsplit(['/', '\\']).next().unwrap_or("");
        matches!(name, "daytona" | "daytona.exe") && self.starts_server()
    }

    /// Whether its arguments start a server, with or without more flags.
    pub(super) fn starts_server(&self) -> bool {
        self.args.windows(2).any(|pair| pair == ["mcp", "start"])
    }

    /// The command to try. One of a project may have come with a clone: it is run only where it is this
    /// very program, and with no variables of its own.
    pub fn to_try(self, scope: Scope, program: &str) -> Option<Self> {
        if scope != Scope::Project {
            return Some(self);
        }
        let real = |path: &str| Path::new(path).canonicalize().ok();
        let same = real(&self.program).is_some_and(|path| Some(path) == real(program));
        (same && Path::new(&self.program).is_absolute()).then(|| Self {
            env: BTreeMap::new(),
            ..self
        })
    }

    /// The same with its program's whole path, where it is one that is found by its name.
    #[must_use]
    pub(super) fn found(mut self, places: &Places) -> Self {
        if !self.program.contains(['/', '\\'])
            && let Some(path) = places.program(&self.program)
        {
            self.program = path.display().to_string();
        }
        self
    }

    /// As a person would type it.
    pub fn text(&self) -> String {
        let words: Vec<&str> = std::iter::once(&self.program)
            .chain(&self.args)
            .map(String::as_str)
            .collect();
        words.join(" ")
    }
}

/// `command` and `args`: what most agents take.
pub(super) fn plain(launch: &Launch) -> Value {
    json!({ "command": launch.program, "args": launch.args })
}

/// The same, with its kind.
pub(super) fn stdio(launch: &Launch) -> Value {
    json!({ "type": "stdio", "command": launch.program, "args": launch.args })
}

/// Copilot CLI's: it also wants to know which tools may be used.
pub(super) fn with_tools(launch: &Launch) -> Value {
    json!({ "type": "local", "command": launch.program, "args": launch.args, "tools": ["*"] })
}

/// Cline's.
pub(super) fn transport(launch: &Launch) -> Value {
    json!({ "transport": stdio(launch) })
}

/// OpenCode's: program and arguments in one list.
pub(super) fn list(launch: &Launch) -> Value {
    let command: Vec<&String> = std::iter::once(&launch.program)
        .chain(&launch.args)
        .collect();
    json!({ "type": "local", "command": command })
}

/// Goose's: an extension.
pub(super) fn extension(launch: &Launch) -> Value {
    json!({
        "enabled": true,
        "type": "stdio",
        "name": SERVER,
        "description": "Daytona sandboxes",
        "cmd": launch.program,
        "args": launch.args,
        "timeout": 300,
    })
}

/// The keys of an entry that is new, or that goes into the one that is there.
pub(super) fn entry(shape: Shape, launch: &Launch, present: Option<&Value>) -> Map<String, Value> {
    // Cline reads a flat form too; an entry must not be of both.
    let flat = present.is_some_and(|present| {
        present.get("command").is_some() && present.get("transport").is_none()
    });
    let value = shape(launch);
    let value = if flat && value.get("transport").is_some() {
        plain(launch)
    } else {
        value
    };
    match value {
        Value::Object(entry) => entry,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_back() {
        let launch = Launch::new("/bin/daytona", &["--read-only".to_owned()]);
        for shape in [plain, stdio, with_tools, transport, list, extension] {
            assert_eq!(Launch::read(&shape(&launch)).as_ref(), Some(&launch));
        }
        assert!(launch.is_ours());
        let elsewhere = json!({ "type": "http", "url": "http://localhost/mcp" });
        assert_eq!(Launch::read(&elsewhere), None);
        let other = Launch::read(&json!({ "command": ["npx", "mcp", "start"] }));
        assert!(other.is_some_and(|other| !other.is_ours()));
    }
}
