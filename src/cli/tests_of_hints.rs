//! Every command and every tool that a hint or a message names: it exists.

use std::fs;
use std::path::{Path, PathBuf};

use super::root;
use crate::mcp;

fn sources() -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs")
                && !path.ends_with("tests_of_hints.rs")
            {
                let text = fs::read_to_string(&path).unwrap();
                let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
                // Comments are for us; lines that go on in the next one are one text.
                let code: Vec<&str> = shipped
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .collect();
                let code = code.join("\n").replace("\\\n", "\u{1}");
                let joined = code
                    .split('\u{1}')
                    .map(str::trim_start)
                    .collect::<Vec<_>>()
                    .join("");
                sources.push((path, joined));
            }
        }
    }
    assert!(sources.len() > 100);
    sources
}

/// What stands between back quotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// The words of a command; what a program fills in is some word.
fn words(command: &str) -> Vec<String> {
    let mut filled = String::new();
    let mut depth = 0;
    for c in command.chars() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                filled.push('1');
            }
            '[' | ']' | '"' | '\'' | '\\' => {}
            c if depth == 0 => filled.push(c),
            _ => {}
        }
    }
    filled.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn every_command_that_is_named_exists() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, text) in sources() {
        for command in quoted(&text) {
            // Of a line of commands each; what stands for more of the same is no argument.
            for part in command.split(['|', '&', ';', '>', '<']) {
                let words = words(&part.replace('…', ""));
                let placeholder = words.get(1).is_none_or(|word| word == "COMMAND");
                if placeholder || words[0] != "daytona" {
                    continue;
                }
                seen += 1;
                let parsed = root::command().try_get_matches_from(&words);
                if let Err(error) = parsed {
                    use clap::error::ErrorKind;
                    let known = !matches!(
                        error.kind(),
                        ErrorKind::InvalidSubcommand | ErrorKind::UnknownArgument
                    );
                    // A command may be named without all that it needs, and values are examples.
                    if !known {
                        wrong.push(format!("{}: {command}: {error}", path.display()));
                    }
                }
            }
        }
    }
    assert!(seen > 80, "{seen}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_tool_that_is_named_exists() {
    let all = mcp::Compat::Interpreter.tools(mcp::tools());
    let tools: Vec<&str> = all.iter().map(|entry| entry.tool.name).collect();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, text) in sources() {
        for (at, _) in text.match_indices("call ") {
            let rest = &text[at + "call ".len()..];
            let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '_');
            let word = &rest[..end.unwrap_or(rest.len())];
            if word.contains('_') {
                seen += 1;
                if !tools.contains(&word) {
                    wrong.push(format!("{}: {word}", path.display()));
                }
            }
        }
    }
    assert!(seen > 15, "{seen}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
