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
fn the_docs_say_what_each_tool_does() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/mcp.md");
    let docs = std::fs::read_to_string(file).expect("the page on MCP");
    let home = Home::new();
    for tool in tools(&mut Server::with_all_tools(&home)) {
        let name = tool["name"].as_str().expect("a name");
        let told = name.starts_with("computer_use_") || docs.contains(&format!("`{name}`"));
        assert!(told, "{name} is not in docs/mcp.md");
    }
}

/// What makes a function declaration of Claude, OpenAI or Gemini out of a schema: one of these types, and of
/// the keywords only those that all three know.
fn undeclarable(schema: &Value, at: &str, found: &mut Vec<String>) {
    const KEYWORDS: [&str; 11] = [
        "type",
        "description",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "enum",
        "minimum",
        "maximum",
        "default",
        "format",
    ];
    let Value::Object(map) = schema else {
        found.push(format!("{at}: no object"));
        return;
    };
    for key in map.keys() {
        if !KEYWORDS.contains(&key.as_str()) {
            found.push(format!("{at}: keyword {key}"));
        }
    }
    let kind = schema["type"].as_str().unwrap_or("");
    match kind {
        "object" => {
            let properties = schema["properties"].as_object();
            if properties.is_none() && !schema["additionalProperties"].is_object() {
                found.push(format!("{at}: an object without properties"));
            }
            for (name, property) in properties.into_iter().flatten() {
                let fits = !name.is_empty()
                    && name.len() <= 64
                    && name
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c));
                if !fits {
                    found.push(format!("{at}: name {name}"));
                }
                undeclarable(property, &format!("{at}.{name}"), found);
            }
            for required in schema["required"].as_array().into_iter().flatten() {
                let name = required.as_str().unwrap_or("");
                if properties.is_none_or(|properties| !properties.contains_key(name)) {
                    found.push(format!("{at}: requires {name}, which it has not"));
                }
            }
            let more = &schema["additionalProperties"];
            if more.is_object() {
                undeclarable(more, &format!("{at}.*"), found);
            }
        }
        "array" => undeclarable(&schema["items"], &format!("{at}[]"), found),
        "string" | "integer" | "number" | "boolean" => {}
        other => found.push(format!("{at}: type {other}")),
    }
    if let Some(words) = schema["enum"].as_array() {
        let texts = words
            .iter()
            .all(|word| word.as_str().is_some_and(|word| !word.is_empty()));
        if kind != "string" || !texts || words.is_empty() {
            found.push(format!("{at}: enum"));
        }
    }
    let known = ["date-time", "int32", "int64", "float", "double", "enum"];
    if let Some(format) = schema["format"].as_str()
        && !known.contains(&format)
    {
        found.push(format!("{at}: format {format}"));
    }
}

#[test]
fn every_tool_can_be_declared_to_every_model() {
    let mut found = Vec::new();
    for file in std::fs::read_dir(golden()).expect("a folder").flatten() {
        let text = std::fs::read_to_string(file.path()).expect("a file");
        let tool: Value = serde_json::from_str(&text).expect("JSON");
        let name = tool["name"].as_str().expect("a name");
        // Clients put their own name of the server before it.
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let whole = format!("mcp__daytona-mcp__{name}");
        if !(1..=64).contains(&whole.len()) || !name.chars().all(fits) {
            found.push(format!("{name}: its name"));
        }
        let description = tool["description"].as_str().unwrap_or("");
        if description.is_empty() || description.len() > 1024 {
            found.push(format!("{name}: its description"));
        }
        undeclarable(&tool["inputSchema"], name, &mut found);
        // Of a result, what is in an object may be anybody's.
        let mut odd = Vec::new();
        undeclarable(&tool["outputSchema"], &format!("{name} result"), &mut odd);
        odd.retain(|what| !what.ends_with("an object without properties"));
        found.extend(odd);
    }
    assert_eq!(found, Vec::<String>::new());
}
