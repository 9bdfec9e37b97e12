//! Whether a value is what a schema says: as much of OpenAPI 3.0 and Swagger 2.0 as the documents use.

use serde_json::Value;

/// What is wrong with `value`, each with where; nothing where it is right.
pub(super) fn check(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    walk(document, schema, value, "", &mut wrong);
    wrong
}

fn walk(document: &Value, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let pointer = name.trim_start_matches('#');
        let Some(schema) = document.pointer(pointer) else {
            wrong.push(format!("{at}: the document has no {name}"));
            return;
        };
        return walk(document, schema, value, at, wrong);
    }
    if value.is_null() && schema["nullable"] == true {
        return;
    }
    for part in list(&schema["allOf"]) {
        walk(document, part, value, at, wrong);
    }
    for choice in ["oneOf", "anyOf"] {
        let choices = list(&schema[choice]);
        let fits = |one: &Value| check(document, one, value).is_empty();
        if !choices.is_empty() && !choices.iter().any(fits) {
            wrong.push(format!("{at}: {value} is none of {choice}"));
        }
    }
    if let Some(kind) = schema["type"].as_str()
        && !is_a(kind, value)
    {
        wrong.push(format!("{at}: {value} is no {kind}"));
        return;
    }
    let known = list(&schema["enum"]);
    if !known.is_empty() && !known.contains(value) {
        wrong.push(format!("{at}: {value} is none of {}", schema["enum"]));
    }
    if schema["format"] == "date-time"
        && let Some(text) = value.as_str()
        && text.parse::<jiff::Timestamp>().is_err()
    {
        wrong.push(format!("{at}: {text:?} is no time"));
    }
    for (bound, beyond) in [("minimum", -1.0), ("maximum", 1.0)] {
        if let (Some(bound), Some(number)) = (schema[bound].as_f64(), value.as_f64())
            && (number - bound) * beyond > 0.0
        {
            wrong.push(format!("{at}: {number} is beyond {bound}"));
        }
    }
    if let Some(items) = value.as_array() {
        for (number, item) in items.iter().enumerate() {
            walk(
                document,
                &schema["items"],
                item,
                &format!("{at}/{number}"),
                wrong,
            );
        }
    }
    let Some(object) = value.as_object() else {
        return;
    };
    for name in list(&schema["required"]) {
        let name = name.as_str().unwrap_or_default();
        if !object.contains_key(name) {
            wrong.push(format!("{at}/{name} is missing"));
        }
    }
    for (name, value) in object {
        let at = format!("{at}/{name}");
        let property = &schema["properties"][name];
        if property.is_object() {
            // Optional and null: documents that cannot say so mean it, and the servers send it.
            let required = list(&schema["required"]).iter().any(|one| one == name);
            if required || !value.is_null() {
                walk(document, property, value, &at, wrong);
            }
        } else if schema["additionalProperties"].is_object() {
            walk(document, &schema["additionalProperties"], value, &at, wrong);
        } else if schema["additionalProperties"] == false {
            wrong.push(format!("{at} is not known"));
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "string" | "file" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

#[test]
fn what_a_schema_forbids_is_found() {
    let document = serde_json::json!({ "of": { "Thing": {
        "type": "object",
        "required": ["name", "gone"],
        "properties": {
            "name": { "type": "string" },
            "gone": { "type": "string", "nullable": true, "format": "date-time" },
            "kind": { "allOf": [{ "$ref": "#/of/Kind" }] },
            "sizes": { "type": "array", "items": { "type": "integer", "minimum": 1 } },
            "labels": { "type": "object", "additionalProperties": { "type": "string" } },
        },
    }, "Kind": { "type": "string", "enum": ["a", "b"] } } });
    let schema = serde_json::json!({ "$ref": "#/of/Thing" });
    let right = serde_json::json!({ "name": "x", "gone": null, "kind": "a", "sizes": [1], "labels": { "a": "b" }, "new": 1 });
    assert_eq!(check(&document, &schema, &right), Vec::<String>::new());
    let wrong =
        serde_json::json!({ "name": null, "kind": "c", "sizes": [0, 1.5], "labels": { "a": 1 } });
    assert_eq!(
        check(&document, &schema, &wrong),
        [
            "/gone is missing",
            "/name: null is no string",
            "/kind: \"c\" is none of [\"a\",\"b\"]",
            "/sizes/0: 0 is beyond 1",
            "/sizes/1: 1.5 is no integer",
            "/labels/a: 1 is no string",
        ]
    );
    let gone = serde_json::json!({ "name": "x", "gone": "yesterday" });
    assert_eq!(
        check(&document, &schema, &gone),
        ["/gone: \"yesterday\" is no time"]
    );
}
