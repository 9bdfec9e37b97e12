//! The agents that `mcp init` sets up: where each keeps its MCP servers, and our entry there.

mod diff;
mod edit;
mod file;

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::error::{Context as _, Error, Kind, Result};
use crate::output::{Human, View};

/// The name of our entry, which is the official CLI's too.
pub const SERVER: &str = "daytona-mcp";
/// The key that holds the servers.
const SERVERS: &str = "mcpServers";

/// An agent whose configuration we know.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Agent {
    /// Claude Desktop
    Claude,
    /// Cursor
    Cursor,
    /// Windsurf
    Windsurf,
}

/// The system whose conventions decide where files are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum System {
    /// Linux and the like
    Linux,
    /// macOS
    MacOs,
    /// Windows
    Windows,
}

/// The folders of the user that agents build their paths from.
#[derive(Clone, Debug)]
pub struct Places {
    /// The home folder.
    pub home: PathBuf,
    /// `$XDG_CONFIG_HOME` or `~/.config`; `%APPDATA%` on Windows.
    pub config: PathBuf,
    /// The system.
    pub system: System,
}

impl System {
    /// The system that this program runs on.
    pub fn here() -> Self {
        if cfg!(windows) {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::MacOs
        } else {
            Self::Linux
        }
    }
}

impl Agent {
    /// Every agent, with the name by which `mcp init` knows it.
    pub const ALL: &[(&str, Self)] = &[
        ("claude", Self::Claude),
        ("cursor", Self::Cursor),
        ("windsurf", Self::Windsurf),
    ];

    /// The agent of that name.
    pub fn named(name: &str) -> Result<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, agent)| *agent)
            .ok_or_else(|| {
                let known: Vec<&str> = Self::ALL.iter().map(|(known, _)| *known).collect();
                Error::usage(format!(
                    "unknown agent `{name}`; known are: {}",
                    known.join(", ")
                ))
                .hint("other agents take the entry by hand: `daytona mcp config`")
            })
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Claude => "Claude Desktop",
            Self::Cursor => "Cursor",
            Self::Windsurf => "Windsurf",
        }
    }

    /// The file of the user's own servers. Sources: the vendors' documentation on MCP servers; Cursor
    /// and Windsurf keep theirs in the home folder on Windows too.
    pub fn file(self, places: &Places) -> PathBuf {
        let home = &places.home;
        match self {
            Self::Claude => match places.system {
                System::MacOs => home.join("Library/Application Support/Claude"),
                System::Linux | System::Windows => places.config.join("Claude"),
            }
            .join("claude_desktop_config.json"),
            Self::Cursor => home.join(".cursor").join("mcp.json"),
            Self::Windsurf => home
                .join(".codeium")
                .join("windsurf")
                .join("mcp_config.json"),
        }
    }

    fn next_step(self) -> &'static str {
        match self {
            Self::Claude => "quit Claude Desktop and start it again",
            Self::Cursor => "restart Cursor, then look in Settings → MCP",
            Self::Windsurf => "restart Windsurf, or press Refresh in its MCP settings",
        }
    }
}

/// What `mcp init` is to do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Wish {
    /// Take our entry out instead.
    pub remove: bool,
    /// Write nothing, show the difference.
    pub dry_run: bool,
}

/// What `mcp init` did to an agent's file.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SetUp {
    /// The agent
    pub agent: String,
    /// Its file
    pub file: PathBuf,
    /// What was done, or would be
    pub change: Change,
    /// Whether nothing was written because only the difference was asked for
    pub dry_run: bool,
    /// The difference, line by line
    pub diff: String,
    /// Where the file as it was before is kept
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup: Option<PathBuf>,
    /// What to do next
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// How a file changes.
#[derive(Clone, Copy, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Change {
    /// The file was not there
    Created,
    /// Our entry was added or brought up to date
    Updated,
    /// Our entry was taken out
    Removed,
    /// There was nothing to do
    Unchanged,
}

/// Our entry, for the executable at `program`.
pub fn entry(program: &Path) -> Map<String, Value> {
    let mut entry = Map::new();
    entry.insert("command".to_owned(), json!(program.to_string_lossy()));
    entry.insert("args".to_owned(), json!(["mcp", "start"]));
    entry
}

/// What `mcp config` prints: ready to be pasted into an agent's file.
pub fn paste(program: &Path) -> Value {
    json!({ SERVERS: { SERVER: entry(program) } })
}

/// Adds our entry to an agent's file, or takes it out.
pub fn set_up(agent: Agent, places: &Places, program: &Path, wish: Wish) -> Result<SetUp> {
    let given = agent.file(places);
    let file = file::Target::open(&given)?;
    let text = file.text()?;
    let refused = |error: anyhow::Error| {
        Error::new(
            Kind::Conflict,
            format!("{} is left as it was", given.display()),
        )
        .because(error)
        .hint(format!(
            "mend the file, or put the entry in by hand: `daytona mcp config` prints it for {}",
            agent.title()
        ))
    };
    let edited = if wish.remove {
        let without = edit::remove(&text, SERVERS, SERVER).map_err(refused)?;
        // Where nothing but our entry was added since, the file comes back to the byte, its layout too.
        let put = |first: &String| edit::put(first, SERVERS, SERVER, &entry(program)).ok();
        file.first()
            .filter(|first| without != text && put(first).as_ref() == Some(&text))
            .unwrap_or(without)
    } else {
        edit::put(&text, SERVERS, SERVER, &entry(program)).map_err(refused)?
    };
    let change = match (edited == text, wish.remove, file.exists()) {
        (true, _, _) => Change::Unchanged,
        (false, true, _) => Change::Removed,
        (false, false, true) => Change::Updated,
        (false, false, false) => Change::Created,
    };
    let mut backup = None;
    if change != Change::Unchanged && !wish.dry_run {
        backup = file
            .replace(&text, &edited)
            .context(Kind::Other, || format!("cannot write {}", given.display()))?;
    }
    let next = (change != Change::Unchanged && !wish.dry_run).then(|| agent.next_step().to_owned());
    Ok(SetUp {
        agent: agent.title().to_owned(),
        diff: diff::lines(&text, &edited),
        file: given,
        change,
        dry_run: wish.dry_run,
        backup,
        next,
    })
}

impl Human for SetUp {
    fn view(&self) -> View {
        let file = self.file.display();
        let text = match (self.change, self.dry_run) {
            (Change::Unchanged, _) => format!("{}: nothing to change in {file}", self.agent),
            (_, true) => format!("{}: this would change in {file}\n{}", self.agent, self.diff),
            (Change::Created, false) => {
                format!("{}: made {file} with the server `{SERVER}`", self.agent)
            }
            (Change::Updated, false) => {
                format!("{}: wrote the server `{SERVER}` to {file}", self.agent)
            }
            (Change::Removed, false) => {
                format!("{}: took the server `{SERVER}` out of {file}", self.agent)
            }
        };
        let backup = self
            .backup
            .as_ref()
            .map(|backup| format!("the file as it was before: {}", backup.display()));
        let next = self.next.as_ref().map(|next| format!("next: {next}"));
        let lines: Vec<String> = [Some(text), backup, next].into_iter().flatten().collect();
        View::Done(lines.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_agent_has_its_file_on_each_system() {
        let on = |system| {
            let places = Places {
                home: "/h".into(),
                config: "/c".into(),
                system,
            };
            Agent::ALL
                .iter()
                .map(|(_, agent)| agent.file(&places).display().to_string())
                .collect::<Vec<_>>()
        };
        let own = [
            "/h/.cursor/mcp.json",
            "/h/.codeium/windsurf/mcp_config.json",
        ];
        assert_eq!(on(System::Linux)[0], "/c/Claude/claude_desktop_config.json");
        assert_eq!(
            on(System::Windows)[0],
            "/c/Claude/claude_desktop_config.json"
        );
        assert_eq!(
            on(System::MacOs)[0],
            "/h/Library/Application Support/Claude/claude_desktop_config.json"
        );
        for system in [System::Linux, System::MacOs, System::Windows] {
            assert_eq!(on(system)[1..], own);
        }
    }
}
