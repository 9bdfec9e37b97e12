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

/// Why a command line cannot be run, if so. It may be without all that it needs, and values are examples.
fn unknown(words: &[String]) -> Option<String> {
    use clap::error::ErrorKind;
    let error = root::command().try_get_matches_from(words).err()?;
    let unknown = matches!(
        error.kind(),
        ErrorKind::InvalidSubcommand | ErrorKind::UnknownArgument
    );
    unknown.then(|| error.to_string())
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
                if let Some(error) = unknown(&words) {
                    wrong.push(format!("{}: {command}: {error}", path.display()));
                }
            }
        }
    }
    assert!(seen > 80, "{seen}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The first text that a call of that method takes, e.g. of `.flags("--all")`.
fn argument<'t>(chain: &'t str, method: &str) -> Option<&'t str> {
    let (_, rest) = chain.split_once(method)?;
    let rest = rest.trim_start().strip_prefix("format!(").unwrap_or(rest);
    let text = rest.trim_start().strip_prefix('"')?;
    text.split('"').next()
}

/// The chains of calls that make a step of a hint, from the text in `new("…")` on.
fn chains<'t>(text: &'t str, new: &'t str) -> impl Iterator<Item = &'t str> {
    text.match_indices(new).filter_map(move |(at, _)| {
        let before = &text[..at];
        let other = before.ends_with("clap::") || before.ends_with("process::");
        let rest = &text[at + new.len()..];
        let ends = [".to(", ".words(", ".step(", ".or(", "::new(", ";\n"];
        let end = ends.iter().filter_map(|end| rest.find(end)).min();
        (!other).then(|| &rest[..end.unwrap_or(rest.len())])
    })
}

#[test]
fn every_command_of_a_hint_parses() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, text) in sources() {
        // Elsewhere it is a program of the host.
        let imported = text.split("use crate::error::").nth(1);
        let imported = imported.and_then(|rest| rest.split(';').next());
        let new = if imported.is_some_and(|names| names.contains("Command")) {
            "Command::new(\""
        } else {
            "error::Command::new(\""
        };
        for chain in chains(&text, new) {
            let verb = chain.split('"').next().unwrap_or_default();
            let target = argument(chain, ".example(").unwrap_or_default();
            let target = if chain.contains(".on(") {
                "web"
            } else {
                target
            };
            let flags = argument(chain, ".flags(").unwrap_or_default();
            seen += 1;
            let line = words(&format!("daytona {verb} {target} {flags}"));
            if let Some(error) = unknown(&line) {
                wrong.push(format!("{}: {line:?}: {error}", path.display()));
            }
        }
    }
    assert!(seen > 30, "{seen}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_tool_of_a_hint_takes_the_arguments_that_are_named() {
    let tools = mcp::tools();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, text) in sources() {
        for chain in chains(&text, "Tool::new(\"") {
            let name = chain.split('"').next().unwrap_or_default();
            seen += 1;
            let Some(entry) = tools.iter().find(|entry| entry.tool.name == name) else {
                wrong.push(format!("{}: no tool {name}", path.display()));
                continue;
            };
            let schema = &entry.definition().input_schema;
            let takes = |argument: &str| {
                let properties = schema.get("properties");
                properties.is_some_and(|all| all.get(argument).is_some())
            };
            for part in chain.split(".with(").skip(1) {
                let argument = part.split('"').nth(1).unwrap_or_default();
                if !takes(argument) {
                    wrong.push(format!("{}: {name} takes no {argument}", path.display()));
                }
            }
        }
    }
    assert!(seen > 30, "{seen}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A tool that is a command too is one of those that there are, about one thing at most.
#[test]
fn every_tool_that_is_a_command_has_one() {
    let tools = mcp::tools();
    let commands: Vec<&str> = tools.iter().filter_map(mcp::Entry::command).collect();
    assert!(commands.len() > 10);
    for command in &commands {
        let line = words(&format!("daytona {command}"));
        assert_eq!(unknown(&line), None, "{command}");
        let same = commands.iter().filter(|other| *other == command);
        assert_eq!(same.count(), 1, "{command}");
    }
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
    assert!(seen > 3, "{seen}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
