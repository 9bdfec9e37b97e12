//! Names that can be searched for: one public type a name, and constants that say what they limit.

use std::collections::BTreeMap;

use crate::structure::sources;

/// Names that several public types have: how many, and why. A new type gets a name of its own.
const SHARED: &[(&str, usize, &str)] = &[
    (
        "Bound",
        2,
        "a bound of an operator's scope, to be renamed ScopeBound; a bound of a list's filter",
    ),
    (
        "Change",
        2,
        "a step of a sandbox's state; of a client's file, to be renamed FileChange",
    ),
    (
        "Changed",
        4,
        "replies of operations, shown by their noun's folder; a row after a step",
    ),
    (
        "Choices",
        2,
        "what an operator chose, and what the output's flags say: to be renamed after their flags",
    ),
    (
        "Cloned",
        2,
        "clone(2) of a process, and clone of a repository: the field's words",
    ),
    (
        "Deleted",
        2,
        "replies of operations, each beside its operation",
    ),
    (
        "Entry",
        3,
        "of a folder, of an archive, of the list of tools: the field's word in each",
    ),
    (
        "Found",
        2,
        "replies of operations, each beside its operation",
    ),
    ("How", 3, "to be renamed: HowToRemove, Download, When"),
    (
        "Kind",
        2,
        "the kind of an error is in every signature; of a medium, to be renamed MediaKind",
    ),
    (
        "Limits",
        2,
        "of a command, to be renamed CommandLimits; of connections",
    ),
    (
        "Listed",
        3,
        "replies of operations, each beside its operation",
    ),
    (
        "Made",
        2,
        "replies of operations, each beside its operation",
    ),
    (
        "Page",
        2,
        "of a file, and of a list: the field's word in both",
    ),
    (
        "Progress",
        2,
        "what hears of progress, and the line that shows it",
    ),
    (
        "Refused",
        2,
        "what was not deleted, to be renamed NotDeleted; a client that was not set up",
    ),
    (
        "Remove",
        2,
        "the one deletion of a noun, under the operation on many",
    ),
    (
        "Row",
        2,
        "of the table of sandboxes; of a client's status, to be renamed FileStatus",
    ),
    (
        "Service",
        2,
        "the engine's rules; what an MCP server is started with, to be renamed",
    ),
    (
        "Settings",
        2,
        "of the engine; of its images, read as image::Settings",
    ),
    (
        "Shown",
        3,
        "to be renamed: Pictures, LogsShown, and terminal output",
    ),
    (
        "State",
        3,
        "of a sandbox on the wire; of a repository and of a client, to be renamed",
    ),
    (
        "Stream",
        2,
        "a connection to a guest; which output of a command, to be renamed OutputStream",
    ),
    (
        "Told",
        2,
        "to be renamed: progress of an operation, and of a pull",
    ),
    (
        "Version",
        2,
        "the reply of the operation, and the wire form of the server's",
    ),
];

/// Constants that are named by how much, and not by what of.
const VAGUE: &[&str] = &["MOST", "LONGEST", "LEAST", "SHORTEST", "PATIENCE"];

/// Vague constants that are still to be renamed.
const VAGUE_YET: &[&str] = &["engine/service/secrets: MOST", "engine/service: PATIENCE"];

/// The name that a line declares after one of the keywords, where it is visible to the whole program.
fn declared<'a>(line: &'a str, keywords: &[&str]) -> Option<&'a str> {
    let rest = line.trim_start().strip_prefix("pub")?.trim_start();
    let rest = rest.strip_prefix("(crate)").unwrap_or(rest).trim_start();
    let (keyword, rest) = rest.split_once(' ')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let name = &rest[..end.unwrap_or(rest.len())];
    keywords.contains(&keyword).then_some(name)
}

/// Whether this is the operation of its file, which is named by the verb: its folder is the noun.
fn is_operation(module: &str, name: &str) -> bool {
    let mut parts = module.split('/');
    let (ops, _noun, verb, end) = (parts.next(), parts.next(), parts.next(), parts.next());
    let verb = verb.unwrap_or_default().replace('_', "");
    ops == Some("ops") && end.is_none() && verb.eq_ignore_ascii_case(name)
}

#[test]
fn public_types_have_names_of_their_own() {
    let kinds = ["struct", "enum", "trait", "union", "type"];
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources() {
        for name in source
            .code
            .lines()
            .filter_map(|line| declared(line, &kinds))
        {
            if !is_operation(&source.module, name) {
                let named = places.entry(name.to_owned()).or_default();
                named.push(source.module.clone());
            }
        }
    }
    assert!(places.len() > 300, "only {} types found", places.len());
    let mut wrong = Vec::new();
    for (name, modules) in &places {
        let listed = SHARED.iter().find(|(shared, _, _)| shared == name);
        let expected = listed.map_or(1, |(_, count, _)| *count);
        if modules.len() != expected {
            wrong.push(format!("{name}: {expected} expected, found in {modules:?}"));
        }
    }
    for (name, ..) in SHARED {
        if !places.contains_key(*name) {
            wrong.push(format!("{name} is listed, and there is none"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn constants_say_what_they_limit() {
    let mut vague = Vec::new();
    for source in sources() {
        let mut words = source.code.split_whitespace();
        while let Some(word) = words.next() {
            if word != "const" && word != "static" {
                continue;
            }
            let name = words.next().unwrap_or_default().trim_end_matches(':');
            if VAGUE.contains(&name) {
                vague.push(format!("{}: {name}", source.module));
            }
        }
    }
    vague.sort();
    assert_eq!(vague, VAGUE_YET, "a limit says of what");
}
