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
            (Scope::User, _) => self.files.iter().filter_map(|f| f.path(places)).collect(),
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
