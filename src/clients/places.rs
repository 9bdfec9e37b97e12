//! The folders that agents build the paths of their files from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::Environment;

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

/// What surrounds the user's agents.
#[derive(Clone, Debug)]
pub struct Places {
    /// The home folder.
    pub home: PathBuf,
    /// Where the system wants configuration: `~/.config`, `~/Library/Application Support`, `%APPDATA%`.
    pub config: PathBuf,
    /// The folder of the project: the current one.
    pub project: PathBuf,
    /// The folders where programs are looked for.
    pub search: Vec<PathBuf>,
    /// Variables that move an agent's files.
    pub variables: BTreeMap<String, String>,
    /// The system.
    pub system: System,
}

/// A file or folder of an agent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) base: Base,
    /// Below the base, with `/` between its parts.
    pub(super) path: &'static str,
    /// The systems where it is so.
    pub(super) on: &'static [System],
}

/// Where a spot begins.
#[derive(Clone, Copy, Debug)]
pub(super) enum Base {
    /// The home folder
    Home,
    /// Where the system wants configuration
    Config,
    /// `$XDG_CONFIG_HOME` or `~/.config`, whatever the system
    DotConfig,
    /// What the variable names, and nothing where it is not set
    Variable(&'static str),
    /// The folder that the variable names, or that one in the home folder
    Folder(&'static str, &'static str),
    /// macOS's programs with windows
    Applications,
}

const UNIX: &[System] = &[System::Linux, System::MacOs];
const ALL: &[System] = &[System::Linux, System::MacOs, System::Windows];

impl Spot {
    pub(super) const fn at(base: Base, path: &'static str) -> Self {
        Self {
            base,
            path,
            on: ALL,
        }
    }

    pub(super) const fn unix(base: Base, path: &'static str) -> Self {
        Self {
            base,
            path,
            on: UNIX,
        }
    }

    pub(super) const fn windows(base: Base, path: &'static str) -> Self {
        Self {
            base,
            path,
            on: &[System::Windows],
        }
    }

    pub(super) const fn mac(base: Base, path: &'static str) -> Self {
        Self {
            base,
            path,
            on: &[System::MacOs],
        }
    }

    /// The path, where it is one on this system.
    pub(super) fn path(&self, places: &Places) -> Option<PathBuf> {
        if !self.on.contains(&places.system) {
            return None;
        }
        let variable = |name: &str| places.variables.get(name).map(PathBuf::from);
        let base = match self.base {
            Base::Home => places.home.clone(),
            Base::Config => places.config.clone(),
            Base::DotConfig => variable("XDG_CONFIG_HOME")
                .filter(|folder| folder.is_absolute())
                .unwrap_or_else(|| places.home.join(".config")),
            Base::Variable(name) => variable(name)?,
            Base::Folder(name, default) => {
                variable(name).unwrap_or_else(|| join(&places.home, default))
            }
            Base::Applications => PathBuf::from("/Applications"),
        };
        Some(join(&base, self.path))
    }
}

impl Places {
    /// Those of this process.
    pub fn new(environment: &Environment) -> Self {
        Self {
            home: environment.home.clone(),
            config: environment.config_dir.clone(),
            project: environment.working_dir.clone(),
            search: environment.search.clone(),
            variables: environment.variables.clone(),
            system: System::here(),
        }
    }

    /// Where a program is found by its name.
    pub fn program(&self, name: &str) -> Option<PathBuf> {
        let ends: &[&str] = match self.system {
            System::Windows => &[".exe", ".cmd"],
            System::Linux | System::MacOs => &[""],
        };
        self.search
            .iter()
            .filter(|folder| folder.is_absolute())
            .flat_map(|folder| {
                ends.iter()
                    .map(move |end| folder.join(format!("{name}{end}")))
            })
            .find(|path| path.is_file())
    }
}

/// Part by part: a path of the system, not one with two kinds of separators.
pub(super) fn join(base: &Path, path: &str) -> PathBuf {
    path.split('/')
        .filter(|part| !part.is_empty())
        .fold(base.to_owned(), |path, part| path.join(part))
}
