//! JSON schemas of operations as MCP clients can read them: everything inline, and nothing that only
//! costs tokens.

use std::sync::Arc;

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// What a call may carry besides the operation's own arguments.
pub(super) struct Extra {
    /// Its name.
    pub(super) name: &'static str,
    /// What it is.
    pub(super) description: &'static str,
}

/// How a type describes itself: [`schemars::JsonSchema::json_schema`]. A function rather than a type
/// parameter, so that what is done with it is compiled once and not for each tool.
pub(super) type Describe = fn(&mut SchemaGenerator) -> Schema;

/// The schema of a tool's arguments.
pub(super) fn of_input(describe: Describe, extras: &[Extra]) -> Arc<Map<String, Value>> {
    let mut schema = make(describe, SchemaSettings::draft2020_12());
    name_words(&mut schema);
    slim(&mut schema);
    let mut schema = with_extras(schema, extras);
    // The tool's own description says more.
    schema.shift_remove("description");
    Arc::new(schema)
}

/// The same with everything by which arguments are checked: also what costs more than it tells a model.
pub(super) fn of_check(describe: Describe, extras: &[Extra]) -> Map<String, Value> {
    let mut schema = make(describe, SchemaSettings::draft2020_12());
    name_words(&mut schema);
    with_extras(schema, extras)
}

fn with_extras(schema: Value, extras: &[Extra]) -> Map<String, Value> {
    let Value::Object(mut schema) = schema else {
        return Map::new();
    };
    // Some declarations of functions need them, though there be none.
    schema.entry("properties").or_insert_with(|| json!({}));
    for extra in extras {
        let properties = schema.entry("properties").or_insert_with(|| json!({}));
        properties[extra.name] = json!({ "type": "string", "description": extra.description });
    }
    schema
}

/// The schema of a tool's result, in which the names of the fields say enough. What is null is left out
/// of results, and so nothing is required.
pub(super) fn of_output(describe: Describe) -> Arc<Map<String, Value>> {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = make(describe, settings);
    name_words(&mut schema);
    slim(&mut schema);
    outline(&mut schema);
    match schema {
        Value::Object(object) => Arc::new(object),
        _ => Arc::default(),
    }
}

/// Leaves names and types.
fn outline(schema: &mut Value) {
    let Value::Object(object) = schema else {
        return;
    };
    for key in ["description", "default", "required", "minimum", "maximum"] {
        object.shift_remove(key);
    }
    if let Some(Value::Array(types)) = object.get("type") {
        let plain = types.iter().find(|kind| *kind != "null").cloned();
        object["type"] = plain.unwrap_or(Value::Null);
    }
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        properties.values_mut().for_each(outline);
    }
    for key in ["items", "additionalProperties"] {
        if let Some(inner) = object.get_mut(key) {
            outline(inner);
        }
    }
}

fn make(describe: Describe, settings: SchemaSettings) -> Value {
    let settings = settings.with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    describe(&mut settings.into_generator()).to_value()
}

/// Makes an enumeration of the choices of which each has a schema of its own.
fn name_words(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(words) = object.get("oneOf").and_then(words) {
                object.shift_remove("oneOf");
                object.insert("type".to_owned(), json!("string"));
                object.insert("enum".to_owned(), words);
            }
            object.values_mut().for_each(name_words);
        }
        Value::Array(items) => items.iter_mut().for_each(name_words),
        _ => {}
    }
}

/// Takes out what only costs: titles, formats, defaults that are nothing, what a terminal needs to know.
fn slim(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            // A property may be called `title` or `format`: then it holds a schema, not a string.
            for key in ["title", "format"] {
                if object.get(key).is_some_and(Value::is_string) {
                    object.shift_remove(key);
                }
            }
            let nothing = [json!(null), json!(""), json!([]), json!(false)];
            if object
                .get("default")
                .is_some_and(|value| nothing.contains(value))
            {
                object.shift_remove("default");
            }
            if object.get("minimum").and_then(Value::as_f64) == Some(0.0) {
                object.shift_remove("minimum");
            }
            if let Some(Value::String(text)) = object.get("description") {
                let text = text
                    .replace(" (can be repeated)", "")
                    .replace("(can be repeated; ", "(")
                    .replace('\n', " ");
                if text.is_empty() {
                    object.shift_remove("description");
                } else {
                    object["description"] = Value::String(text);
                }
            }
            object.values_mut().for_each(slim);
            // Of what a list holds, the names say enough.
            if let Some(Value::Object(items)) = object.get_mut("items") {
                items.shift_remove("description");
                let properties = items.get_mut("properties").and_then(Value::as_object_mut);
                for property in properties.into_iter().flat_map(Map::values_mut) {
                    if let Value::Object(property) = property {
                        property.shift_remove("description");
                    }
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(slim),
        _ => {}
    }
}

/// The words of an enumeration, each of which has a schema of its own.
fn words(choices: &Value) -> Option<Value> {
    let words = choices.as_array()?.iter().map(|choice| choice.get("const"));
    words
        .map(|word| word.filter(|word| word.is_string()).cloned())
        .collect()
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;

    use super::*;

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only its schema is of interest")]
    struct Arguments {
        /// How many
        count: u32,
        /// A heading
        title: String,
    }

    #[test]
    fn a_schema_keeps_what_a_model_needs() {
        let schema = Value::Object((*of_input(Arguments::json_schema, &[])).clone());
        assert_eq!(schema["properties"]["count"]["description"], "How many");
        assert_eq!(schema["properties"]["title"]["type"], "string");
        assert!(schema["properties"]["count"].get("format").is_none());
        assert!(schema.get("$schema").is_none() && schema.get("title").is_none());
    }
}
