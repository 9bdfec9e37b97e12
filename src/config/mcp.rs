//! The settings of the MCP server: its flags, or else their variables. Read-only cannot be taken back.

use crate::error::{Error, Result};

use super::environment::Environment;
use super::variables as name;
use super::{Origin, value};

/// What `mcp start` was told. A flag wins over its variable, list by list.
#[derive(Clone, Debug, Default)]
pub struct McpFlags {
    /// `--toolsets`
    pub toolsets: Vec<String>,
    /// `--tools`
    pub tools: Vec<String>,
    /// `--exclude-tools`
    pub exclude_tools: Vec<String>,
    /// `--read-only`
    pub read_only: bool,
    /// `--scope`
    pub scope: Vec<String>,
    /// `--confirm`
    pub confirm: Option<String>,
    /// `--compat`
    pub compat: Option<String>,
    /// `--session`
    pub session: Option<String>,
    /// `--keep`
    pub keep: bool,
    /// `--call-limit`, in seconds
    pub call_limit: Option<u64>,
    /// `--output-budget`, in KiB
    pub output_budget: Option<u64>,
}

impl McpFlags {
    /// The same with what the environment says where no flag was given.
    pub fn or_environment(self, environment: &Environment) -> Result<Self> {
        let list = |given: Vec<String>, name: &str| {
            if !given.is_empty() {
                return given;
            }
            let text = environment.get(name).unwrap_or("");
            let words = text
                .split(',')
                .map(str::trim)
                .filter(|word| !word.is_empty());
            words.map(str::to_owned).collect()
        };
        let text = |given: Option<String>, name: &str| {
            given.or_else(|| environment.get(name).map(str::to_owned))
        };
        let switch = |given: bool, name: &'static str| match environment.get(name) {
            Some(text) if !given => value::switch(text, &Origin::Variable(name)),
            _ => Ok(given),
        };
        let number = |given: Option<u64>, name: &'static str| match environment.get(name) {
            Some(text) if given.is_none() => text
                .parse()
                .map(Some)
                .map_err(|_| Error::usage(format!("{name}: `{text}` is not a whole number"))),
            _ => Ok(given),
        };
        Ok(Self {
            toolsets: list(self.toolsets, name::MCP_TOOLSETS),
            tools: list(self.tools, name::MCP_TOOLS),
            exclude_tools: list(self.exclude_tools, name::MCP_EXCLUDE_TOOLS),
            read_only: switch(self.read_only, name::MCP_READ_ONLY)?,
            scope: list(self.scope, name::MCP_SCOPE),
            confirm: text(self.confirm, name::MCP_CONFIRM),
            compat: text(self.compat, name::MCP_COMPAT),
            session: text(self.session, name::MCP_SESSION),
            keep: switch(self.keep, name::MCP_KEEP)?,
            call_limit: number(self.call_limit, name::MCP_CALL_LIMIT)?,
            output_budget: number(self.output_budget, name::MCP_OUTPUT_BUDGET)?,
        })
    }
}
