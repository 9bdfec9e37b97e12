//! Which tools a server has: groups, single tools, exclusions, and read-only, which wins over all.

use crate::error::{Error, Result};
use crate::ops::{Effect, Group};

use super::tool::Entry;

/// Every group with the name by which `--toolsets` knows it.
pub const GROUPS: [(&str, Group); 8] = [
    ("sandbox", Group::Sandbox),
    ("exec", Group::Exec),
    ("files", Group::Files),
    ("git", Group::Git),
    ("preview", Group::Preview),
    ("snapshot", Group::Snapshot),
    ("volume", Group::Volume),
    ("computer-use", Group::ComputerUse),
];
/// The names of sets that are no groups.
const DEFAULT: &str = "default";
const ALL: &str = "all";

/// What an operator chose. Empty lists choose nothing.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Groups, `default` or `all`.
    pub toolsets: Vec<String>,
    /// Single tools.
    pub tools: Vec<String>,
    /// Tools that are not there, whatever else is said.
    pub exclude: Vec<String>,
    /// Only tools that change nothing, whatever else is said.
    pub read_only: bool,
}

impl Selection {
    /// Those of the tools that are chosen. A name that is nobody's is an error, and so is an empty choice.
    pub fn of(&self, all: Vec<Entry>) -> Result<Vec<Entry>> {
        for name in &self.toolsets {
            let known = [DEFAULT, ALL].contains(&name.as_str())
                || GROUPS.iter().any(|(group, _)| group == name);
            if !known {
                let groups: Vec<&str> = GROUPS.iter().map(|(group, _)| *group).collect();
                return Err(Error::usage(format!(
                    "--toolsets: there is no group `{name}`; there are: {DEFAULT}, {ALL}, {}",
                    groups.join(", ")
                )));
            }
        }
        for (flag, names) in [("--tools", &self.tools), ("--exclude-tools", &self.exclude)] {
            for name in names {
                if !all.iter().any(|entry| entry.tool.name == name) {
                    let known: Vec<&str> = all.iter().map(|entry| entry.tool.name).collect();
                    return Err(Error::usage(format!(
                        "{flag}: there is no tool `{name}`; there are: {}",
                        known.join(", ")
                    )));
                }
            }
        }
        let chosen: Vec<Entry> = all.into_iter().filter(|entry| self.has(entry)).collect();
        if chosen.is_empty() {
            return Err(
                Error::usage("no tool is left: the choices exclude each other")
                    .hint("see which there are: `daytona mcp tools`"),
            );
        }
        Ok(chosen)
    }

    fn has(&self, entry: &Entry) -> bool {
        let tool = &entry.tool;
        let named = |names: &[String], name: &str| names.iter().any(|one| one == name);
        if named(&self.exclude, tool.name) || self.read_only && tool.effect != Effect::Reads {
            return false;
        }
        let nothing = self.toolsets.is_empty() && self.tools.is_empty();
        let group = GROUPS.iter().find(|(_, group)| *group == tool.group);
        named(&self.tools, tool.name)
            || named(&self.toolsets, ALL)
            || group.is_some_and(|(name, _)| named(&self.toolsets, name))
            || tool.default && (nothing || named(&self.toolsets, DEFAULT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(selection: &Selection) -> Vec<&'static str> {
        let chosen = selection.of(super::super::tools()).unwrap();
        chosen.iter().map(|entry| entry.tool.name).collect()
    }

    fn list(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn exclusion_wins_over_inclusion_and_read_only_over_everything() {
        let only = Selection {
            tools: list(&["get_sandbox", "destroy_sandbox"]),
            ..Selection::default()
        };
        assert_eq!(names(&only), ["destroy_sandbox", "get_sandbox"]);
        let without = Selection {
            exclude: list(&["destroy_sandbox"]),
            ..only.clone()
        };
        assert_eq!(names(&without), ["get_sandbox"]);
        let reading = Selection {
            read_only: true,
            ..only
        };
        assert_eq!(names(&reading), ["get_sandbox"]);
        let all = Selection {
            toolsets: list(&["all"]),
            read_only: true,
            ..Selection::default()
        };
        let chosen = all.of(super::super::tools()).unwrap();
        assert!(
            chosen
                .iter()
                .all(|entry| entry.tool.effect == Effect::Reads)
        );
    }

    #[test]
    fn groups_add_up_and_unknown_names_are_errors() {
        let exec = Selection {
            toolsets: list(&["exec"]),
            tools: list(&["list_sandboxes"]),
            ..Selection::default()
        };
        let chosen = names(&exec);
        assert!(chosen.contains(&"list_jobs") && chosen.contains(&"list_sandboxes"));
        assert!(!chosen.contains(&"create_sandbox"));
        let wrong = Selection {
            toolsets: list(&["exce"]),
            ..Selection::default()
        };
        assert!(
            wrong
                .of(super::super::tools())
                .is_err_and(|error| error.text().contains("exec"))
        );
        let nothing = Selection {
            tools: list(&["destroy_sandbox"]),
            read_only: true,
            ..Selection::default()
        };
        assert!(nothing.of(super::super::tools()).is_err());
    }
}
