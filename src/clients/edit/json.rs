//! An entry in JSON that people also edit: comments, commas, order and formatting of the rest survive.

use anyhow::{Context as _, Result, bail};
use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{CstInputValue, CstObject, CstRootNode};
use serde_json::{Map, Value};

/// The text with the entry's keys below `path`; other keys of an entry that is there stay.
pub(super) fn put(
    text: &str,
    path: &[&str],
    name: &str,
    entry: &Map<String, Value>,
) -> Result<String> {
    let root = parse(if text.trim().is_empty() { "{}\n" } else { text })?;
    let mut servers = object(&root)?;
    for key in path {
        let Some(inner) = servers.object_value_or_create(key) else {
            bail!("its `{key}` is not an object");
        };
        servers = inner;
    }
    if let Some(property) = servers.get(name) {
        let Some(present) = property.object_value() else {
            bail!("its `{name}` is not an object")
        };
        merge(&present, entry);
    } else {
        servers.append(name, input(&Value::Object(entry.clone())));
    }
    Ok(root.to_string())
}

fn merge(present: &CstObject, entry: &Map<String, Value>) {
    for (key, value) in entry {
        let Some(property) = present.get(key) else {
            present.append(key, input(value));
            continue;
        };
        if let (Some(inner), Value::Object(entry)) = (property.object_value(), value) {
            merge(&inner, entry);
            continue;
        }
        let old = property
            .value()
            .and_then(|old| parsed(&old.to_string()).ok());
        if old.as_ref() != Some(value) {
            property.set_value(input(value));
        }
    }
}

/// The text without the entry, and without the object around it where nothing else was in that.
pub(super) fn remove(text: &str, path: &[&str], name: &str) -> Result<String> {
    let root = parse(text)?;
    let mut around = None;
    let mut servers = object(&root)?;
    for key in path {
        let Some(property) = servers.get(key) else {
            return Ok(text.to_owned());
        };
        let Some(inner) = property.object_value() else {
            bail!("its `{key}` is not an object")
        };
        around = Some(property);
        servers = inner;
    }
    let Some(entry) = servers.get(name) else {
        return Ok(text.to_owned());
    };
    entry.remove();
    // A comment in there is somebody's.
    let empty = servers.properties().is_empty() && !servers.to_string().contains('/');
    if let Some(around) = around.filter(|_| empty) {
        around.remove();
    }
    Ok(root.to_string())
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

/// The value of the whole text.
pub(super) fn parsed(text: &str) -> Result<Value> {
    jsonc_parser::parse_to_serde_value::<Value>(text, &options()).context("it is not JSON")
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
