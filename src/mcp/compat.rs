//! The tools of older servers in place of ours, for agents whose instructions name these.

use std::str::FromStr;

use crate::ops::interpreter::{
    CloneRepository, FileDownload, FileUpload, PythonExec, PythonInterpreter, ShellExec, WebPreview,
};

use super::tool::Entry;

/// Those of ours that go with them: what takes long is asked for by these.
const KEPT: [&str; 2] = ["get_job", "kill_job"];

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
        let mut all = vec![
            Entry::of::<ShellExec>(),
            Entry::of::<PythonInterpreter>(),
            Entry::of::<PythonExec>(),
            Entry::of::<FileUpload>(),
            Entry::of::<FileDownload>(),
            Entry::of::<CloneRepository>(),
            Entry::of::<WebPreview>(),
        ];
        for mut entry in ours {
            if all.iter().any(|other| other.tool.name == entry.tool.name) {
                continue;
            }
            entry.tool.default = KEPT.contains(&entry.tool.name);
            all.push(entry);
        }
        all.sort_by_key(|entry| entry.tool.name);
        all
    }
}
