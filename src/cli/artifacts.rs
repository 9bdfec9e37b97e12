//! Completions and man pages, generated from the tree of commands; committed, and compared by a test.

use std::path::{Path, PathBuf};

use clap_complete::Shell;

use crate::error::Result;

use super::{completion, man_page};

const SHELLS: [(Shell, &str); 5] = [
    (Shell::Bash, "daytona.bash"),
    (Shell::Zsh, "_daytona"),
    (Shell::Fish, "daytona.fish"),
    (Shell::PowerShell, "_daytona.ps1"),
    (Shell::Elvish, "daytona.elv"),
];

/// Every generated file: its path from the repository's root, and its bytes.
pub fn artifacts() -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    for (shell, name) in SHELLS {
        let script = completion::registration(shell)?;
        files.push((Path::new("completions").join(name), script));
    }
    for (name, page) in man_page::all()? {
        files.push((Path::new("man").join(name), page));
    }
    Ok(files)
}
