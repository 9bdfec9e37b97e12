//! Arguments of every tool in every wrong form, and in the right forms that are seldom.

use serde_json::{Map, Value, json};

use crate::binary::Home;
use crate::mcp_client::Server;
use crate::responder::{Responder, reply};

/// What no message to a model says.
const WORDS_OF_RUST: [&str; 9] = [
    "expected",
    "invalid type",
    "invalid value",
    "i64",
    "u64",
    "u32",
    "missing field",
    "unit",
    "sequence",
];

struct Tool {
    name: String,
    /// Something for each argument that must be there.
    required: Map<String, Value>,
    properties: Map<String, Value>,
}

fn tools(server: &mut Server) -> Vec<Tool> {
    let reply = server.ask("tools/list", json!({}));
    let tools = reply["result"]["tools"].as_array().expect("tools").clone();
    let tool = |tool: Value| {
        let schema = &tool["inputSchema"];
        let properties = schema["properties"]
            .as_object()
            .cloned()
            .unwrap_or_default();
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let required = required.iter().map(|name| {
            let name = name.as_str().expect("a name");
            (name.to_owned(), sample(&properties[name]))
        });
        Tool {
            name: tool["name"].as_str().expect("a name").to_owned(),
            required: required.collect(),
            properties: properties.clone(),
        }
    };
    tools.into_iter().map(tool).collect()
}

/// Something that a schema accepts.
fn sample(schema: &Value) -> Value {
    match schema["type"].as_str() {
        Some("string") if schema["enum"].is_array() => schema["enum"][0].clone(),
        Some("string") => json!("x"),
        Some("array") => json!([]),
        Some("object") => json!({}),
        Some("boolean") => json!(true),
        _ => schema.get("minimum").cloned().unwrap_or(json!(1)),
    }
}

/// What is none of a schema's values.
fn wrong(schema: &Value) -> Vec<Value> {
    let mut wrong = vec![
        json!([[1]]),
        json!({"a": {"b": 1}}),
        json!("8000"),
        json!(5.5),
        json!(true),
        json!(1e300),
    ];
    wrong.retain(|value| match schema["type"].as_str() {
        Some("string") => !value.is_string() || schema["enum"].is_array(),
        Some("boolean") => !value.is_boolean(),
        Some("array") => !value.is_array(),
        Some("object") => !value.is_object(),
        Some("number") => !value.is_number(),
        _ => true,
    });
    let items = &schema["items"]["type"];
    if items == "string" {
        wrong.push(json!(["x", 5]));
    }
    if schema["additionalProperties"]["type"] == "string" {
        wrong.extend([json!({"x": 5}), json!({"x": null}), json!({"x": ["y"]})]);
    }
    if schema["type"] == "integer" {
        wrong.extend([json!(-1e18), json!(u64::MAX), json!("")]);
    }
    wrong
}

#[test]
fn what_is_wrong_is_named_and_told_in_words_of_json() {
    let home = Home::new();
    let mut server = Server::with_all_tools(&home);
    let mut tried = 0;
    for tool in tools(&mut server) {
        for (name, schema) in &tool.properties {
            for value in wrong(schema) {
                let mut arguments = tool.required.clone();
                arguments.insert(name.clone(), value.clone());
                let (kind, message, hints) = server.refused(&tool.name, &json!(arguments));
                let shown = format!("{} {name} {value}: {message}", tool.name);
                assert_eq!(kind, "usage", "{shown}");
                assert!(message.contains(&format!("`{name}")), "{shown}");
                assert!(hints.contains(name), "{shown}: {hints}");
                for word in WORDS_OF_RUST {
                    assert!(!message.contains(word), "{shown}");
                }
                tried += 1;
            }
        }
        for required in tool.required.keys() {
            for absent in [None, Some(Value::Null)] {
                let mut arguments = tool.required.clone();
                arguments.remove(required);
                arguments.extend(absent.map(|absent| (required.clone(), absent)));
                let (_, message, _) = server.refused(&tool.name, &json!(arguments));
                assert!(message.contains(&format!("`{required}`")), "{message}");
            }
        }
    }
    assert!(tried > 1000, "{tried}");
}

#[test]
fn null_is_absent_and_a_whole_number_is_an_integer_however_it_is_written() {
    // Nothing is let in there: what is accepted fails, but not by its form.
    let locked = Responder::new(|_, _| reply("401 Unauthorized", r#"{"message":"no"}"#));
    let home = Home::with_server(&locked.url);
    let mut server = Server::with_all_tools(&home);
    for tool in tools(&mut server) {
        for (name, schema) in &tool.properties {
            let mut values = Vec::new();
            if !tool.required.contains_key(name) {
                values.push(Value::Null);
            }
            if schema["type"] == "integer" {
                values.extend([json!(5.0), json!(0.5e1)]);
            }
            for value in values {
                let mut arguments = tool.required.clone();
                arguments.insert(name.clone(), value.clone());
                let result = server.result(&tool.name, &json!(arguments));
                let text = result["content"][0]["text"].as_str().unwrap_or_default();
                assert!(
                    !text.contains(&format!("`{name}` must")),
                    "{} {name} {value}: {text}",
                    tool.name
                );
                assert!(
                    !text.contains("does not fit"),
                    "{} {name} {value}: {text}",
                    tool.name
                );
            }
        }
    }
}

#[test]
fn an_unknown_argument_is_refused_with_the_nearest() {
    let home = Home::new();
    let mut server = Server::with_all_tools(&home);
    for (tool, wrong, meant) in [
        ("create_sandbox", "auto_stop_interval", "autoStopInterval"),
        ("execute_command", "comand", "command"),
        ("execute_command", "working_directory", ""),
        ("execute_command", "timeout_ms", "timeout"),
        ("preview_link", "ports", "port"),
    ] {
        let (_, message, hints) = server.refused(tool, &json!({wrong: 1}));
        assert!(
            message.contains(&format!("there is no argument `{wrong}`")),
            "{message}"
        );
        if !meant.is_empty() {
            assert!(
                message.contains(&format!("did you mean `{meant}`?")),
                "{message}"
            );
        }
        assert!(hints.contains("input schema"), "{hints}");
    }
    let reply = server.call("execute_comand", &json!({}));
    let message = reply["error"]["message"].as_str().expect("a message");
    assert!(
        message.contains("did you mean execute_command?"),
        "{message}"
    );
}
