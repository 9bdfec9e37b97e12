//! Edits of one key in JSON that people also edit: comments, order and formatting of the rest survive.

use anyhow::{Context as _, Result, bail, ensure};
use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{CstInputValue, CstObject, CstRootNode};
use serde_json::{Map, Value};

const BOM: char = '\u{feff}';

/// The text with `servers.name` holding the entry's keys; other keys of an entry that is there stay.
pub(super) fn put(
    text: &str,
    servers: &str,
    name: &str,
    entry: &Map<String, Value>,
) -> Result<String> {
    let (bom, body) = split_bom(text);
    let empty = body.trim().is_empty();
    let root = parse(if empty { "{}\n" } else { body })?;
    let top = object(&root)?;
    let Some(all) = top.object_value_or_create(servers) else {
        bail!("its `{servers}` is not an object");
    };
    if let Some(property) = all.get(name) {
        let Some(present) = property.object_value() else {
            bail!("its `{servers}.{name}` is not an object")
        };
        for (key, value) in entry {
            match present.get(key) {
                Some(old)
                    if old
                        .value()
                        .and_then(|old| self::value(&old.to_string()).ok())
                        .as_ref()
                        == Some(value) => {}
                Some(old) => old.set_value(input(value)),
                None => drop(present.append(key, input(value))),
            }
        }
    } else {
        all.append(name, input(&Value::Object(entry.clone())));
    }
    let edited = format!("{bom}{root}");
    check(body, &edited, servers, name)?;
    Ok(edited)
}

/// The text without `servers.name`, and without `servers` where nothing else was in it.
pub(super) fn remove(text: &str, servers: &str, name: &str) -> Result<String> {
    let (bom, body) = split_bom(text);
    if body.trim().is_empty() {
        return Ok(text.to_owned());
    }
    let root = parse(body)?;
    let Some(all) = object(&root)?.get(servers) else {
        return Ok(text.to_owned());
    };
    let Some(object) = all.object_value() else {
        bail!("its `{servers}` is not an object")
    };
    let Some(entry) = object.get(name) else {
        return Ok(text.to_owned());
    };
    entry.remove();
    if object.properties().is_empty() && !object.to_string().contains('/') {
        all.remove();
    }
    let edited = format!("{bom}{root}");
    check(body, &edited, servers, name)?;
    Ok(edited)
}

fn split_bom(text: &str) -> (&str, &str) {
    text.strip_prefix(BOM)
        .map_or(("", text), |body| (&text[..BOM.len_utf8()], body))
}

/// JSON with comments and trailing commas, as agents read it, and nothing looser.
fn options() -> ParseOptions {
    ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

fn parse(text: &str) -> Result<CstRootNode> {
    CstRootNode::parse(text, &options()).context("it is not JSON")
}

fn object(root: &CstRootNode) -> Result<CstObject> {
    root.object_value()
        .context("it does not hold a JSON object")
}

fn value(text: &str) -> Result<Value> {
    if text.trim().is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    jsonc_parser::parse_to_serde_value::<Value>(text, &options()).context("it is not JSON")
}

/// Refuses an edit that changed anything but our entry.
fn check(before: &str, after: &str, servers: &str, name: &str) -> Result<()> {
    let rest = |text: &str| -> Result<Value> {
        let mut all = value(split_bom(text).1)?;
        if let Some(object) = all.get_mut(servers).and_then(Value::as_object_mut) {
            object.shift_remove(name);
        }
        if all
            .get(servers)
            .and_then(Value::as_object)
            .is_some_and(Map::is_empty)
            && let Some(object) = all.as_object_mut()
        {
            object.shift_remove(servers);
        }
        Ok(all)
    };
    ensure!(
        rest(before)? == rest(after)?,
        "the edit would change more than `{servers}.{name}`"
    );
    Ok(())
}

fn input(value: &Value) -> CstInputValue {
    match value {
        Value::Null => CstInputValue::Null,
        Value::Bool(flag) => CstInputValue::Bool(*flag),
        Value::Number(number) => CstInputValue::Number(number.to_string()),
        Value::String(text) => CstInputValue::String(text.clone()),
        Value::Array(items) => CstInputValue::Array(items.iter().map(input).collect()),
        Value::Object(object) => CstInputValue::Object(
            object
                .iter()
                .map(|(key, value)| (key.clone(), input(value)))
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Map<String, Value> {
        let Value::Object(entry) =
            serde_json::json!({ "command": "/bin/daytona", "args": ["mcp", "start"] })
        else {
            unreachable!()
        };
        entry
    }

    #[test]
    fn what_is_put_in_can_be_taken_out_to_the_byte() {
        for text in [
            "{}\n",
            "{\n  \"a\": 1\n}\n",
            "\u{feff}{\n\t// mine\n\t\"b\": [1, 2,],\n\t\"mcpServers\": {\n\t\t\"other\": { \"command\": \"x\" }, // kept\n\t},\n}\n",
        ] {
            let put = put(text, "mcpServers", "daytona-mcp", &entry()).unwrap();
            assert!(put.contains("/bin/daytona"), "{put}");
            assert_eq!(remove(&put, "mcpServers", "daytona-mcp").unwrap(), text);
            assert_eq!(
                super::put(&put, "mcpServers", "daytona-mcp", &entry()).unwrap(),
                put
            );
        }
    }

    #[test]
    fn keys_that_the_user_added_to_our_entry_stay() {
        let text = "{\"mcpServers\":{\"daytona-mcp\":{\"env\":{\"A\":\"1\"},\"command\":\"old\"}}}";
        let put = put(text, "mcpServers", "daytona-mcp", &entry()).unwrap();
        let value = value(&put).unwrap();
        assert_eq!(value["mcpServers"]["daytona-mcp"]["env"]["A"], "1");
        assert_eq!(
            value["mcpServers"]["daytona-mcp"]["command"],
            "/bin/daytona"
        );
    }

    #[test]
    fn what_is_not_an_object_is_refused() {
        for text in [
            "[]",
            "null",
            "{\"mcpServers\": []}",
            "{\"mcpServers\": {\"daytona-mcp\": 1}}",
            "{,}",
            "{'a': 1}",
        ] {
            assert!(
                put(text, "mcpServers", "daytona-mcp", &entry()).is_err(),
                "{text}"
            );
        }
    }
}
