//! The tools of older servers in place of ours, for agents whose instructions name these.

use std::str::FromStr;

use crate::ops::Role;

use super::tool::Entry;
use super::tools;

/// An older server whose tools are offered.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Compat {
    /// The Daytona interpreters in Python.
    Interpreter,
}

impl FromStr for Compat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "interpreter" => Ok(Self::Interpreter),
            other => Err(format!("`{other}` is not known; interpreter is")),
        }
    }
}

impl Compat {
    /// Its tools, which are there unless others are chosen; of ours those that can be chosen besides.
    pub fn tools(self, ours: Vec<Entry>) -> Vec<Entry> {
        let Self::Interpreter = self;
        let mut all = tools::of_interpreters();
        for mut entry in ours {
            if all.iter().any(|other| other.tool.name == entry.tool.name) {
                continue;
            }
            // What takes long is asked for by these.
            entry.tool.default = entry.is(Role::AwaitsJobs) || entry.is(Role::EndsJobs);
            all.push(entry);
        }
        all.sort_by_key(|entry| entry.tool.name);
        all
    }
}
