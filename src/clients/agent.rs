//! An agent as we know it: its files, the form of an entry there, how it is found, what to do next.

use std::path::PathBuf;

use serde_json::Value;

use crate::error::{Error, Result};

use super::edit::Layout;
use super::launch::Shape;
use super::places::{Places, Spot, join};
use super::table::AGENTS;

/// An agent whose configuration we know.
#[derive(Debug)]
pub struct Agent {
    /// The name by which `mcp init` knows it.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The file of the user's own servers: the first that is there, or else the first that can be.
    pub(super) files: &'static [Spot],
    /// The keys before and after a project's path, where the user's file has servers for that alone.
    pub(super) by_project: Option<(&'static str, &'static str)>,
    /// The file in a project's folder, or why there is none.
    pub(super) project: Result<&'static [&'static str], &'static str>,
    /// Where servers are in a file; a later one counts where a file has it.
    pub(super) layouts: &'static [Layout],
    pub(super) shape: Shape,
    /// Programs by whose presence it is installed.
    pub(super) programs: &'static [&'static str],
    /// Files and folders that say the same.
    pub(super) signs: &'static [Spot],
    /// What to do after a change.
    pub(super) next: &'static str,
    /// What to do besides after a change of a project's file.
    pub(super) trust: Option<&'static str>,
    /// What in the entry passes a variable on without its value; `NAME` stands for the variable.
    pub(super) reference: Option<&'static str>,
    /// The link that installs a server.
    pub(super) link: Option<super::paste::Link>,
}

/// Whose file it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, schemars::JsonSchema, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Scope {
    /// The user's, for all projects
    User,
    /// The project's in the current folder
    Project,
    /// The user's, in the part for the current folder
    Local,
}

impl Agent {
    /// Every agent.
    pub fn all() -> &'static [Self] {
        AGENTS
    }

    /// The agent of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        AGENTS.iter().find(|agent| agent.name == name)
    }

    /// Whether it is there, or was.
    pub fn installed(&self, places: &Places) -> bool {
        self.programs
            .iter()
            .any(|program| places.program(program).is_some())
            || self
                .signs
                .iter()
                .filter_map(|sign| sign.path(places))
                .any(|sign| sign.exists())
    }

    /// The file that holds its servers.
    pub fn file(&self, scope: Scope, places: &Places) -> Result<PathBuf> {
        let all: Vec<PathBuf> = match (scope, self.project) {
            (Scope::User | Scope::Local, _) => {
                self.files.iter().filter_map(|f| f.path(places)).collect()
            }
            (Scope::Project, Ok(files)) => files.iter().map(|f| join(&places.project, f)).collect(),
            (Scope::Project, Err(why)) => {
                return Err(Error::usage(format!(
                    "{} has no file of a project: {why}",
                    self.title
                ))
                .hint(format!(
                    "set it up for you: `daytona mcp init {}`",
                    self.name
                )));
            }
        };
        all.iter()
            .find(|file| file.exists())
            .or_else(|| all.first())
            .cloned()
            .ok_or_else(|| Error::internal(format!("{} has no file on this system", self.title)))
    }

    /// What in the entry passes this variable on without its value, where the agent can do that.
    pub fn passes(&self, variable: &str) -> Option<String> {
        Some(self.reference?.replace("NAME", variable))
    }

    /// The layout that a file has.
    pub(super) fn layout(&self, text: &str) -> Layout {
        let (first, others) = (self.layouts[0], &self.layouts[1..]);
        let nested = |layout: &&Layout| {
            layout
                .servers(text)
                .is_ok_and(|servers| !servers.is_empty() && servers.values().all(Value::is_object))
        };
        others.iter().find(nested).copied().unwrap_or(first)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Write as _;

    use super::super::places::System;
    use super::*;

    fn files(system: System) -> String {
        let places = Places {
            home: "/h".into(),
            config: "/c".into(),
            project: "/p".into(),
            search: Vec::new(),
            variables: BTreeMap::new(),
            system,
        };
        let mut text = String::new();
        for agent in Agent::all() {
            let file = agent.file(Scope::User, &places).expect("a file");
            let _ = writeln!(text, "{} {}", agent.name, file.display());
        }
        text
    }

    /// `/c` is `~/.config` on Linux, `~/Library/Application Support` on macOS, `%APPDATA%` on Windows.
    #[test]
    fn each_agent_has_its_file_on_each_system() {
        let linux = files(System::Linux);
        let expected = "\
claude /c/Claude/claude_desktop_config.json
claude-code /h/.claude.json
cursor /h/.cursor/mcp.json
windsurf /h/.codeium/windsurf/mcp_config.json
vscode /c/Code/User/mcp.json
zed /h/.config/zed/settings.json
codex /h/.codex/config.toml
gemini /h/.gemini/settings.json
copilot /h/.copilot/mcp-config.json
cline /h/.cline/data/settings/cline_mcp_settings.json
opencode /h/.config/opencode/opencode.jsonc
amp /h/.config/amp/settings.json
goose /h/.config/goose/config.yaml
kiro /h/.kiro/settings/mcp.json
continue /h/.continue/mcpServers/daytona-mcp.json
";
        assert_eq!(linux, expected);
        let differs = |system| {
            let (one, other) = (files(system), linux.clone());
            let lines: Vec<String> = one
                .lines()
                .zip(other.lines())
                .filter(|(one, other)| one != other)
                .map(|(one, _)| one.to_owned())
                .collect();
            lines.join("\n")
        };
        assert_eq!(differs(System::MacOs), "");
        assert_eq!(
            differs(System::Windows),
            "zed /c/Zed/settings.json\ngoose /c/Block/goose/config/config.yaml"
        );
    }

    #[test]
    fn names_are_unique_and_every_layout_can_be_written() {
        let mut names: Vec<&str> = Agent::all().iter().map(|agent| agent.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Agent::all().len());
        for agent in Agent::all() {
            let launch = super::super::Launch::new("/d", &[]);
            let entry = super::super::launch::entry(agent.shape, &launch, None);
            let text = agent.layouts[0].put("", "x", &entry).expect("an edit");
            assert_eq!(agent.layout(&text), agent.layouts[0], "{}", agent.name);
            assert!(!agent.next.is_empty() && !agent.signs.is_empty());
        }
    }
}
