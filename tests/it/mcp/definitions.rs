//! What `tools/list` says: a golden file of each tool, and what holds for all of them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use expect_test::expect_file;
use serde_json::{Value, json};

use crate::binary::Home;
use crate::mcp_client::Server;

/// The most that a client's context is charged before anything was done, in bytes: 4,000 tokens.
const BUDGET: usize = 16_000;

fn golden() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/mcp/tools")
}

fn tools(server: &mut Server) -> Vec<Value> {
    let reply = server.ask("tools/list", json!({}));
    let tools = reply["result"]["tools"].as_array();
    tools.expect("tools").clone()
}

#[test]
fn each_tool_is_as_its_golden_file_says() {
    let home = Home::new();
    let mut names = BTreeSet::new();
    for tool in tools(&mut Server::with_all_tools(&home)) {
        let name = tool["name"].as_str().expect("a name");
        names.insert(format!("{name}.json"));
        let text = format!("{tool:#}\n");
        expect_file![golden().join(format!("{name}.json"))].assert_eq(&text);
    }
    let files = std::fs::read_dir(golden()).expect("a folder").flatten();
    let files: BTreeSet<String> = files
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(files, names, "golden files of tools that are not there");
}

/// Everything that some client cannot read in a schema.
fn unportable(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let nullable = key == "type" && value.is_array() || key == "nullable";
                let combined = ["$ref", "$defs", "definitions", "anyOf", "oneOf", "allOf"];
                if nullable || combined.contains(&key.as_str()) {
                    found.push(format!("{at}: {key}"));
                }
                unportable(value, &format!("{at}.{key}"), found);
            }
        }
        Value::Array(items) => {
            for item in items {
                unportable(item, at, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_tool_is_complete_and_portable() {
    let home = Home::new();
    let mut found = Vec::new();
    for tool in tools(&mut Server::with_all_tools(&home)) {
        let name = tool["name"].as_str().expect("a name").to_owned();
        let said = |key: &str| tool[key].as_str().is_some_and(|text| text.len() > 2);
        assert!(said("title") && said("description"), "{tool}");
        let fits = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        assert!(fits && name.len() <= 50, "{name}");
        for schema in ["inputSchema", "outputSchema"] {
            assert_eq!(tool[schema]["type"], "object", "{tool}");
            unportable(&tool[schema], &format!("{name} {schema}"), &mut found);
        }
        assert_eq!(tool["inputSchema"]["additionalProperties"], false, "{name}");
        let hints = &tool["annotations"];
        assert!(hints["readOnlyHint"].is_boolean(), "{name}");
        if hints["readOnlyHint"] == false {
            assert!(hints["destructiveHint"].is_boolean(), "{name}");
        }
        let asks = tool["inputSchema"]["properties"]["confirm"].is_object();
        assert!(!asks || hints["destructiveHint"] == true, "{name}");
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_default_tools_are_few_and_short() {
    let home = Home::new();
    let reply = Server::greeted(&home).ask("tools/list", json!({}));
    let count = reply["result"]["tools"].as_array().map_or(0, Vec::len);
    let bytes = reply["result"].to_string().len();
    eprintln!("{count} tools, {bytes} bytes, about {} tokens", bytes / 4);
    assert!(count <= 20, "{count} tools");
    assert!(bytes <= BUDGET, "{bytes} bytes");
}

#[test]
fn unknown_and_missing_arguments_are_refused_with_what_to_do() {
    let home = Home::new();
    let mut server = Server::with_all_tools(&home);
    for tool in tools(&mut server) {
        let name = tool["name"].as_str().expect("a name");
        let mut arguments = json!({"nonsense": 1});
        for required in tool["inputSchema"]["required"]
            .as_array()
            .into_iter()
            .flatten()
        {
            let required = required.as_str().expect("a name");
            let schema = &tool["inputSchema"]["properties"][required];
            arguments[required] = match schema["type"].as_str() {
                Some("string") if schema["enum"].is_array() => schema["enum"][0].clone(),
                Some("string") => json!("x"),
                Some("array") => json!([]),
                Some("boolean") => json!(true),
                _ => json!(1),
            };
        }
        let (kind, message, hints) = server.refused(name, &arguments);
        assert_eq!(kind, "usage", "{name}: {message}");
        assert!(message.contains("nonsense"), "{name}: {message}");
        assert!(!hints.is_empty(), "{name}");
    }
    let (kind, message, _) = server.refused("get_sandbox", &json!({}));
    assert_eq!(kind, "usage");
    assert!(message.contains("`id`"), "{message}");
}

#[test]
fn the_readme_says_what_each_tool_does() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(file).expect("the README");
    let home = Home::new();
    for tool in tools(&mut Server::with_all_tools(&home)) {
        let name = tool["name"].as_str().expect("a name");
        let told = name.starts_with("computer_use_") || readme.contains(&format!("`{name}`"));
        assert!(told, "{name} is not in the README");
    }
}
