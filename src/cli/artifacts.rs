//! Completions and man pages, generated from the tree of commands; committed, and compared by a test.

use std::path::{Path, PathBuf};

use clap_complete::Shell;

use crate::error::{Context as _, Kind, Result};

use super::root;

const SHELLS: [(Shell, &str); 5] = [
    (Shell::Bash, "daytona.bash"),
    (Shell::Zsh, "_daytona"),
    (Shell::Fish, "daytona.fish"),
    (Shell::PowerShell, "_daytona.ps1"),
    (Shell::Elvish, "daytona.elv"),
];

/// Every generated file: its path from the repository's root, and its bytes.
pub fn artifacts() -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files: Vec<(PathBuf, Vec<u8>)> = SHELLS
        .iter()
        .map(|(shell, name)| (Path::new("completions").join(name), completion(*shell)))
        .collect();
    for (name, page) in man_pages()? {
        files.push((Path::new("man").join(name), page));
    }
    Ok(files)
}

/// The completions for one shell.
pub(super) fn completion(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut root::command(), "daytona", &mut script);
    script
}

/// The man page of every command that help shows.
pub(super) fn man_pages() -> Result<Vec<(String, Vec<u8>)>> {
    // A page has room for the flags that short help leaves out.
    let mut command = root::command().mut_args(|argument| argument.hide_short_help(false));
    command.build();
    let mut pages = Vec::new();
    page(&command, "daytona", &mut pages)?;
    Ok(pages)
}

fn page(command: &clap::Command, name: &str, pages: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone().display_name(name.to_owned()))
        .title(name)
        .source(concat!("daytona ", env!("CARGO_PKG_VERSION")))
        .render(&mut text)
        .context(Kind::Internal, || {
            format!("cannot write the man page of {name}")
        })?;
    pages.push((format!("{name}.1"), text));
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        page(sub, &format!("{name}-{}", sub.get_name()), pages)?;
    }
    Ok(())
}
