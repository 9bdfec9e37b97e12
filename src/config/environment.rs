//! The one look at the process's surroundings: variables, folders, terminals.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::PathBuf;

use super::variables;

/// What standard input is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Stdin {
    /// A person's terminal.
    Terminal,
    /// Nothing to read: `/dev/null`, or closed.
    #[default]
    Nothing,
    /// A pipe or a file.
    Data,
}

/// A snapshot of what surrounds the process. Decisions on it are pure functions.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// The variables that we know, with those that are empty left out.
    pub variables: BTreeMap<String, String>,
    /// The user's home folder.
    pub home: PathBuf,
    /// Where programs keep their configuration.
    pub config_dir: PathBuf,
    /// Where programs keep data of this machine.
    pub data_dir: PathBuf,
    /// The folder that the command was given in.
    pub working_dir: PathBuf,
    /// The folders where programs are looked for.
    pub search: Vec<PathBuf>,
    /// What standard input is.
    pub stdin: Stdin,
    /// Whether standard output is a terminal.
    pub stdout_terminal: bool,
    /// Whether standard error is a terminal.
    pub stderr_terminal: bool,
}

impl Environment {
    /// Looks once.
    pub fn read() -> Self {
        let variables = variables::VARIABLES
            .iter()
            .filter_map(|(name, _)| Some(((*name).to_owned(), std::env::var(name).ok()?)))
            .filter(|(_, value)| !value.trim().is_empty())
            .collect();
        let folders = directories::BaseDirs::new();
        let folder = |pick: fn(&directories::BaseDirs) -> &std::path::Path| {
            folders
                .as_ref()
                .map_or_else(PathBuf::new, |f| pick(f).to_owned())
        };
        Self {
            variables,
            home: folder(directories::BaseDirs::home_dir),
            config_dir: folder(directories::BaseDirs::config_dir),
            data_dir: folder(directories::BaseDirs::data_local_dir),
            working_dir: std::env::current_dir().unwrap_or_default(),
            search: std::env::var_os("PATH")
                .map(|search| std::env::split_paths(&search).collect())
                .unwrap_or_default(),
            stdin: stdin(),
            stdout_terminal: std::io::stdout().is_terminal(),
            stderr_terminal: std::io::stderr().is_terminal(),
        }
    }

    /// The same with variables of a file, where they are not set; others than ours are left out.
    #[must_use]
    pub fn or_file(mut self, pairs: Vec<(String, String)>) -> Self {
        for (name, value) in pairs {
            let ours = variables::VARIABLES.iter().any(|(ours, _)| *ours == name);
            if ours && !value.trim().is_empty() {
                self.variables.entry(name).or_insert(value);
            }
        }
        self
    }

    /// A variable that is set and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(|value| value.trim())
    }

    /// Whether colour is unwanted or impossible.
    pub fn plain(&self) -> bool {
        self.get(variables::NO_COLOR).is_some() || self.get(variables::TERM) == Some("dumb")
    }

    /// Whether the terminal can redraw a line.
    pub fn dumb(&self) -> bool {
        self.get(variables::TERM) == Some("dumb")
    }

    /// Whether nobody is there to answer.
    pub fn unattended(&self) -> bool {
        self.get(variables::CI)
            .is_some_and(|value| value != "false")
    }

    /// The width of a terminal, where it is told.
    pub fn columns(&self) -> Option<u16> {
        self.get(variables::COLUMNS)?
            .parse()
            .ok()
            .filter(|columns| *columns > 0)
    }
}

fn stdin() -> Stdin {
    let input = std::io::stdin();
    if input.is_terminal() {
        return Stdin::Terminal;
    }
    #[cfg(unix)]
    {
        let null = rustix::fs::stat("/dev/null").ok().map(|stat| stat.st_rdev);
        match rustix::fs::fstat(&input) {
            Ok(stat) if Some(stat.st_rdev) != null => Stdin::Data,
            _ => Stdin::Nothing,
        }
    }
    #[cfg(not(unix))]
    Stdin::Data
}
