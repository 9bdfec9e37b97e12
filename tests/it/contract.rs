//! What programs rely on: exit codes, kinds of errors and the top-level keys of JSON, of every command.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use expect_test::expect_file;
use serde_json::Value;

use crate::binary::{Home, Seen};
use crate::responder::{Responder, reply};

/// Each command line once or more, in an order in which each finds what it needs. A word in braces is what goes to
/// standard input.
const TABLE: &[&str] = &[
    "create --name demo",
    "create --name demo",
    "create --snapshot nope",
    "create --bogus",
    "create --name a:b",
    "list",
    "list --limit 0",
    "list --json=nope",
    "info demo",
    "info nope",
    "stop demo",
    "stop nope",
    "start demo",
    "start nope",
    "pause demo",
    "pause nope",
    "resume demo",
    "resume nope",
    "fork demo --name two",
    "fork nope",
    "resize demo --cpu 1",
    "resize nope --cpu 1",
    "update demo --label a=b --auto-stop 30",
    "update demo",
    "update nope --auto-stop 30",
    "ssh demo",
    "ssh nope",
    "wait demo",
    "wait nope",
    "wait demo --for stopped --timeout 1",
    "exec demo -- true",
    "exec demo -- exit 3",
    "exec demo --timeout 1 -- sleep 9",
    "exec nope -- true",
    "exec demo",
    "run -- true",
    "run --snapshot nope -- true",
    "code run ok.py",
    "code run missing.py",
    "logs demo",
    "logs nope",
    "shell demo",
    "cp ok.py demo:/tmp/ok.py",
    "cp ok.py nope:/tmp/ok.py",
    "cp missing.py demo:/tmp/ok.py",
    "preview-url demo --port 3000",
    "preview-url nope --port 3000",
    "snapshot create base --sandbox demo",
    "snapshot create base --sandbox demo",
    "snapshot create other --sandbox nope",
    "snapshot list",
    "snapshot info base",
    "snapshot info nope",
    "snapshot deactivate base",
    "snapshot deactivate nope",
    "snapshot activate base",
    "snapshot activate nope",
    "snapshot push",
    "snapshot delete base",
    "snapshot delete nope",
    "volume create data",
    "volume create data",
    "volume list",
    "volume info data",
    "volume info nope",
    "volume delete data",
    "volume delete nope",
    "secret create db {value}",
    "secret create db {value}",
    "secret list",
    "secret delete db",
    "secret delete nope",
    "template save web --sandbox demo",
    "template save web --sandbox demo",
    "template save other --sandbox nope",
    "template list",
    "template info web",
    "template info nope",
    "template delete web",
    "template delete nope",
    "api-key create ci",
    "api-key create ci",
    "api-key list",
    "api-key delete ci",
    "api-key delete nope",
    "archive demo",
    "archive nope",
    "recover demo",
    "recover nope",
    "protect demo --until 2199-12-24",
    "protect nope",
    "delete demo",
    "unprotect demo",
    "unprotect nope",
    "delete --all",
    "delete two",
    "delete nope",
    "delete nope --ignore-not-found",
    "trash list",
    "trash info two",
    "trash info nope",
    "trash restore two",
    "trash restore nope",
    "trash empty nope",
    "trash empty --yes",
    "trash list",
    "mcp init codex --dry-run",
    "mcp init nope",
    "mcp status",
    "mcp start --bogus",
    "mcp tools",
    "mcp config",
    "serve --print-env",
    "doctor",
    "config show",
    "completion bash",
    "completion nope",
    "man --out pages",
    "version",
    "help list",
    "help nope",
];

/// The keys of a value, one level deep; of a list's items too.
fn shape(value: &Value) -> String {
    let keys = |value: &Value| {
        let keys = value.as_object().into_iter().flatten();
        let keys: Vec<String> = keys
            .map(|(key, value)| match value {
                Value::Array(_) => format!("{key}[]"),
                Value::Object(_) => format!("{key}{{}}"),
                _ => key.clone(),
            })
            .collect();
        keys.join(" ")
    };
    let mut text = keys(value);
    if let Some(item) = value["items"].as_array().and_then(|items| items.first()) {
        let _ = write!(text, " / {}", keys(item));
    }
    text
}

/// One line of the table: the exit code, and the keys or the kind of error.
fn line(command: &str, seen: &Seen) -> String {
    let code = seen
        .code
        .map_or("killed".to_owned(), |code| code.to_string());
    let error = serde_json::from_str::<Value>(&seen.stderr).ok();
    let told = match (serde_json::from_str(&seen.stdout), error) {
        (Ok(value), _) => shape(&value),
        (_, Some(error)) => format!("error: {}", error["error"]["kind"].as_str().unwrap_or("?")),
        _ if seen.stdout.is_empty() => "-".to_owned(),
        _ => "text".to_owned(),
    };
    format!("{code:>3}  {command}: {told}\n")
}

/// The commands that have no commands below them.
fn leaves() -> BTreeSet<String> {
    let surface = daytona::cli::surface();
    let paths: BTreeSet<String> = surface
        .lines()
        .map(|line| {
            let words = line.split(' ').skip(1);
            let path: Vec<&str> = words
                .take_while(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
                .take_while(|word| !word.starts_with('-'))
                .collect();
            path.join(" ")
        })
        .filter(|path| !path.is_empty() && !path.starts_with("sandbox"))
        .collect();
    let below = |path: &String| {
        paths
            .iter()
            .any(|other| other.starts_with(&format!("{path} ")))
    };
    paths.iter().filter(|path| !below(path)).cloned().collect()
}

#[test]
fn exit_codes_and_json_of_every_command() {
    let mut missing = leaves();
    missing.retain(|path| {
        !TABLE
            .iter()
            .any(|line| format!("{line} ").starts_with(&format!("{path} ")))
    });
    assert!(missing.is_empty(), "add these to the table: {missing:?}");

    let home = Home::with_engine();
    std::fs::write(home.path().join("ok.py"), "print(1)\n").expect("a file");
    let mut text = String::new();
    for command in TABLE {
        let (words, input) = match command.split_once(" {") {
            Some((words, input)) => (words, input.strip_suffix('}')),
            None => (*command, None),
        };
        if words == "archive demo" {
            home.done(&["stop", "demo"]);
        }
        let words: Vec<&str> = std::iter::once("--json").chain(words.split(' ')).collect();
        let seen = match input {
            Some(input) => home.pipe(&words, input),
            None => home.run(&words),
        };
        text.push_str(&line(command, &seen));
    }
    text.push_str("\nagainst a server that refuses the key, is slow, or is not there:\n");
    let refused = Responder::new(|_, _| reply("401 Unauthorized", r#"{"message":"Unauthorized"}"#));
    let slow =
        Responder::new(|_, _| reply("200 OK", "{}").after(std::time::Duration::from_secs(5)));
    for (server, words) in [
        (refused.url.as_str(), "list"),
        (&refused.url, "info demo"),
        (&refused.url, "exec demo -- true"),
        (&refused.url, "run -- true"),
        (&refused.url, "delete demo"),
        (&slow.url, "list --request-timeout 0.3"),
        (&slow.url, "delete demo --request-timeout 0.3"),
        ("http://127.0.0.1:9/api", "list"),
        ("http://127.0.0.1:9/api", "exec demo -- true"),
    ] {
        let away = Home::with_server(server);
        let all: Vec<&str> = std::iter::once("--json").chain(words.split(' ')).collect();
        text.push_str(&line(words, &away.run(&all)));
    }
    expect_file!["contract.txt"].assert_eq(&text);
}
