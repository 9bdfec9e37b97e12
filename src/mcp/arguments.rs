//! The arguments of a call against the schema that its tool has: what JSON Schema accepts is accepted, and
//! what is wrong is told by name, in words of JSON.

use serde_json::{Map, Value};

use crate::error::{Error, Result};

use super::words;

/// How many problems are told at once.
const TOLD: usize = 5;
/// How like a name must be to one that there is, to be meant by it.
const ALIKE: f64 = 0.75;

/// The arguments as the operation takes them: optional ones that are null are left out, and whole numbers
/// are written as such.
pub(super) fn check(
    tool: &str,
    schema: &Map<String, Value>,
    arguments: Map<String, Value>,
) -> Result<Map<String, Value>> {
    let mut arguments = Value::Object(arguments);
    let mut problems = Vec::new();
    object(schema, "", &mut arguments, &mut problems);
    if let (true, Value::Object(arguments)) = (problems.is_empty(), arguments) {
        return Ok(arguments);
    }
    let more = problems.len().saturating_sub(TOLD);
    problems.truncate(TOLD);
    if more > 0 {
        problems.push(format!("and {more} more"));
    }
    let error = Error::usage(problems.join("; "));
    Err(error.hint(format!(
        "call {tool} again with arguments as its input schema says: {}",
        known(schema)
    )))
}

/// Every argument, those first that must be there.
fn known(schema: &Map<String, Value>) -> String {
    let required = required(schema);
    let (must, may): (Vec<&String>, Vec<&String>) = properties(schema)
        .map(|(name, _)| name)
        .partition(|name| required.contains(&name.as_str()));
    let must = must.into_iter().map(|name| format!("{name} (required)"));
    let all: Vec<String> = must.chain(may.into_iter().cloned()).collect();
    if all.is_empty() {
        return "it takes none".to_owned();
    }
    all.join(", ")
}

fn properties(schema: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.into_iter().flatten()
}

fn required(schema: &Map<String, Value>) -> Vec<&str> {
    let required = schema.get("required").and_then(Value::as_array);
    required
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// The name of an argument inside others: `volumes[0].mountPath`.
fn inside(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn object(schema: &Map<String, Value>, path: &str, value: &mut Value, problems: &mut Vec<String>) {
    let Value::Object(given) = value else {
        return;
    };
    let required = required(schema);
    // A null that need not be there is as if it were absent.
    given.retain(|name, value| {
        let known = properties(schema).any(|(known, _)| known == name);
        !value.is_null() || !known || required.contains(&name.as_str())
    });
    for name in &required {
        if !given.contains_key(*name) {
            let schema = properties(schema).find(|(known, _)| known == name);
            let what = schema.map_or(String::new(), |(_, schema)| accepted(schema));
            problems.push(format!(
                "`{}` is missing; it must be {what}",
                inside(path, name)
            ));
        }
    }
    for (name, value) in given.iter_mut() {
        let path = inside(path, name);
        if let Some((_, schema)) = properties(schema).find(|(known, _)| *known == name) {
            check_value(schema, &path, value, problems);
        } else {
            match schema.get("additionalProperties") {
                Some(Value::Bool(false)) => problems.push(unknown(schema, &path, name)),
                Some(schema) => check_value(schema, &path, value, problems),
                None => {}
            }
        }
    }
}

fn unknown(schema: &Map<String, Value>, path: &str, name: &str) -> String {
    match nearest(name, properties(schema).map(|(known, _)| known.as_str())) {
        Some(near) => format!("there is no argument `{path}`; did you mean `{near}`?"),
        None => format!("there is no argument `{path}`"),
    }
}

/// The name that was most likely meant. Words may be joined by `_` or capitals.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    let name = plain(name);
    let alike = known.map(|known| (strsim::jaro_winkler(&name, &plain(known)), known));
    let best = alike.max_by(|(one, _), (other, _)| one.total_cmp(other));
    best.filter(|(alike, _)| *alike >= ALIKE)
        .map(|(_, known)| known)
}

fn check_value(schema: &Value, path: &str, value: &mut Value, problems: &mut Vec<String>) {
    let Value::Object(schema) = schema else {
        return;
    };
    let fits = match kind(schema) {
        "string" => match (value.as_str(), choices(schema)) {
            (Some(text), Some(choices)) => choices.contains(&text),
            (text, _) => text.is_some(),
        },
        "boolean" => value.is_boolean(),
        "integer" => whole(schema, value),
        "number" => {
            let (least, most) = bounds(schema);
            value.as_f64().is_some_and(|number| {
                least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most)
            })
        }
        "array" => {
            if let (Value::Array(items), Some(schema)) = (&mut *value, schema.get("items")) {
                for (at, item) in items.iter_mut().enumerate() {
                    check_value(schema, &format!("{path}[{at}]"), item, problems);
                }
            }
            value.is_array()
        }
        "object" => {
            object(schema, path, value, problems);
            value.is_object()
        }
        _ => true,
    };
    if !fits {
        let mut must = accepted(&Value::Object(schema.clone()));
        // The bound that no words name is the one that was passed.
        let (_, bound) = whole_bounds(schema);
        let passed = |number: u64| i128::from(number) > bound;
        if bound >= i32::MAX.into() && value.as_u64().is_some_and(passed) {
            must = format!("{must}, at most {bound}");
        }
        let came = words::of(value);
        problems.push(format!("`{path}` must be {must}, not {came}"));
    }
}

/// Whether it is an integer within its bounds; then it is written as one.
fn whole(schema: &Map<String, Value>, value: &mut Value) -> bool {
    let Some(number) = words::integer(value) else {
        return false;
    };
    let (least, most) = whole_bounds(schema);
    if number < least || number > most {
        return false;
    }
    *value = match (u64::try_from(number), i64::try_from(number)) {
        (Ok(number), _) => number.into(),
        (_, Ok(number)) => number.into(),
        _ => return false,
    };
    true
}

fn kind(schema: &Map<String, Value>) -> &str {
    schema.get("type").and_then(Value::as_str).unwrap_or("")
}

fn choices(schema: &Map<String, Value>) -> Option<Vec<&str>> {
    let choices = schema.get("enum")?.as_array()?;
    Some(choices.iter().filter_map(Value::as_str).collect())
}

fn bounds(schema: &Map<String, Value>) -> (Option<f64>, Option<f64>) {
    let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
    (bound("minimum"), bound("maximum"))
}

/// The bounds of an integer: those that are named, and those of what holds it.
fn whole_bounds(schema: &Map<String, Value>) -> (i128, i128) {
    let bound = |name: &str| schema.get(name).and_then(words::integer);
    let (least, most) = match schema.get("format").and_then(Value::as_str) {
        Some("uint8") => (0, u8::MAX.into()),
        Some("uint16") => (0, u16::MAX.into()),
        Some("uint32") => (0, u32::MAX.into()),
        Some("uint64" | "uint") => (0, u64::MAX.into()),
        Some("int32") => (i32::MIN.into(), i32::MAX.into()),
        _ => (i64::MIN.into(), i64::MAX.into()),
    };
    (
        bound("minimum").unwrap_or(least),
        bound("maximum").unwrap_or(most),
    )
}

/// What a schema accepts, in words.
fn accepted(schema: &Value) -> String {
    let Value::Object(schema) = schema else {
        return "a value".to_owned();
    };
    match kind(schema) {
        "string" => match choices(schema) {
            Some(choices) => format!("one of {}", choices.join(", ")),
            None => "a text".to_owned(),
        },
        "boolean" => "true or false".to_owned(),
        "integer" => {
            let (least, most) = whole_bounds(schema);
            // Nobody is helped by the bounds of what holds a number.
            let (low, high) = (least > i32::MIN.into(), most < i32::MAX.into());
            match (low, high) {
                (true, true) => format!("a whole number from {least} to {most}"),
                (true, false) => format!("a whole number from {least} on"),
                (false, true) => format!("a whole number of at most {most}"),
                (false, false) => "a whole number".to_owned(),
            }
        }
        "number" => match bounds(schema) {
            (Some(least), Some(most)) => format!("a number from {least} to {most}"),
            (Some(least), None) => format!("a number from {least} on"),
            (None, Some(most)) => format!("a number of at most {most}"),
            (None, None) => "a number".to_owned(),
        },
        "array" => "a list".to_owned(),
        "object" => "an object".to_owned(),
        _ => "a value".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tried(arguments: Value) -> Result<Value> {
        let schema = json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["port"],
            "properties": {
                "port": {"type": "integer", "minimum": 1, "maximum": 65535},
                "wait": {"type": "integer", "format": "uint32", "minimum": 0},
                "shift": {"type": "integer", "format": "int32"},
                "share": {"type": "number", "minimum": 0.5},
                "language": {"type": "string", "enum": ["python", "javascript"]},
                "background": {"type": "boolean"},
                "autoStopInterval": {"type": "integer"},
                "env": {"type": "object", "additionalProperties": {"type": "string"}},
                "volumes": {"type": "array", "items": {"type": "object", "required": ["path"],
                    "properties": {"path": {"type": "string"}, "size": {"type": "integer"}}}},
            },
        });
        let (Value::Object(schema), Value::Object(arguments)) = (schema, arguments) else {
            panic!("no objects");
        };
        check("tool", &schema, arguments).map(Value::Object)
    }

    #[track_caller]
    fn refused(arguments: Value) -> String {
        tried(arguments).unwrap_err().text()
    }

    #[test]
    fn what_the_schema_accepts_is_accepted() {
        let given = json!({
            "port": 8000.0, "wait": 1e3, "background": null, "env": null, "language": "python",
            "volumes": [{"path": "/a", "size": 5.0}, {"path": "/b", "size": null}],
        });
        let taken = json!({
            "port": 8000, "wait": 1000, "language": "python",
            "volumes": [{"path": "/a", "size": 5}, {"path": "/b"}],
        });
        assert_eq!(tried(given).unwrap(), taken);
        assert_eq!(
            tried(json!({"port": 1, "shift": -5.0})).unwrap()["shift"],
            -5
        );
    }

    #[test]
    fn what_is_wrong_is_told_by_name_and_in_words_of_json() {
        for (given, told) in [
            (
                json!({}),
                "`port` is missing; it must be a whole number from 1 to 65535",
            ),
            (
                json!({"port": null}),
                "`port` must be a whole number from 1 to 65535, not null",
            ),
            (
                json!({"port": "8000"}),
                "`port` must be a whole number from 1 to 65535, not the text \"8000\"",
            ),
            (
                json!({"port": 0}),
                "`port` must be a whole number from 1 to 65535, not 0",
            ),
            (
                json!({"port": 80.5}),
                "`port` must be a whole number from 1 to 65535, not 80.5",
            ),
            (
                json!({"port": 1, "wait": -1}),
                "`wait` must be a whole number from 0 on, not -1",
            ),
            (
                json!({"port": 1, "wait": 5_000_000_000_u64}),
                "`wait` must be a whole number from 0 on, at most 4294967295, not 5000000000",
            ),
            (
                json!({"port": 1, "wait": 1e30}),
                "`wait` must be a whole number from 0 on, not 1e+30",
            ),
            (
                json!({"port": 1, "share": 0}),
                "`share` must be a number from 0.5 on, not 0",
            ),
            (
                json!({"port": 1, "background": "true"}),
                "`background` must be true or false, not the text \"true\"",
            ),
            (
                json!({"port": 1, "language": "ruby"}),
                "`language` must be one of python, javascript, not the text \"ruby\"",
            ),
            (
                json!({"port": 1, "env": ["A=b"]}),
                "`env` must be an object, not a list",
            ),
            (
                json!({"port": 1, "env": {"A": 5}}),
                "`env.A` must be a text, not 5",
            ),
            (
                json!({"port": 1, "env": {"A": null}}),
                "`env.A` must be a text, not null",
            ),
            (
                json!({"port": 1, "volumes": {}}),
                "`volumes` must be a list, not an object",
            ),
            (
                json!({"port": 1, "volumes": [{}]}),
                "`volumes[0].path` is missing; it must be a text",
            ),
            (
                json!({"port": 1, "auto_stop_interval": 5}),
                "there is no argument `auto_stop_interval`; did you mean `autoStopInterval`?",
            ),
            (
                json!({"port": 1, "xyz": null}),
                "there is no argument `xyz`",
            ),
        ] {
            assert_eq!(refused(given), told);
        }
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let error = tried(json!({"background": 1, "wait": "x"})).unwrap_err();
        assert_eq!(error.text().split("; `").count(), 3, "{}", error.text());
        assert!(
            error.hints()[0].contains("port (required), wait"),
            "{:?}",
            error.hints()
        );
    }
}
