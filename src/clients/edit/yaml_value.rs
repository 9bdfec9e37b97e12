//! YAML as a value, to see what an edit changed: what cannot be compared for sure is refused.

use anyhow::{Context as _, Result, bail, ensure};
use granit_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

/// No settings are nested deeper.
const DEEPEST: usize = 64;

/// The value of the one document that the text is.
pub(super) fn parsed(text: &str) -> Result<Value> {
    read(text).context("it is not YAML that is understood here")
}

/// A collection that is not complete yet.
enum Open {
    List(Vec<Value>),
    /// With the key whose value comes next.
    Map(Map<String, Value>, Option<String>),
}

fn read(text: &str) -> Result<Value> {
    let mut open: Vec<Open> = Vec::new();
    let mut whole = None;
    for event in Parser::new_from_str(text) {
        let value = match event?.0 {
            Event::Scalar(text, ScalarStyle::Plain, _, None) => plain(&text),
            Event::Scalar(text, _, _, None) => Value::from(text.into_owned()),
            Event::Scalar(text, _, _, Some(tag)) => Value::from(format!("{tag:?} {text}")),
            Event::Alias(id) => Value::from(format!("*{id}")),
            Event::SequenceStart(..) => {
                open.push(Open::List(Vec::new()));
                ensure!(open.len() <= DEEPEST, "it is nested too deep");
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open::Map(Map::new(), None));
                ensure!(open.len() <= DEEPEST, "it is nested too deep");
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(Open::List(items)) => Value::Array(items),
                Some(Open::Map(pairs, _)) => Value::Object(pairs),
                None => continue,
            },
            _ => continue,
        };
        match open.last_mut() {
            None => {
                ensure!(whole.is_none(), "it holds more than one document");
                whole = Some(value);
            }
            Some(Open::List(items)) => items.push(value),
            Some(Open::Map(pairs, key)) => match key.take() {
                Some(name) => {
                    ensure!(!pairs.contains_key(&name), "`{name}` is there twice");
                    pairs.insert(name, value);
                }
                None => *key = Some(name(value)?),
            },
        }
    }
    Ok(whole.unwrap_or(Value::Null))
}

fn name(key: Value) -> Result<String> {
    match key {
        Value::String(text) => Ok(text),
        Value::Array(_) | Value::Object(_) => bail!("a key of it is not a word"),
        other => Ok(other.to_string()),
    }
}

/// A word without quotes.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        // Other numbers stay text: they are compared, and not reckoned with.
        _ => text
            .parse::<i64>()
            .map_or_else(|_| Value::from(text), Value::from),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::parsed;

    #[test]
    fn one_document_is_understood_and_no_other() {
        let text = "# c\na: &x [1, \"1\", 1.5]\nb: *x\nc:\n  d: ~\n  e: |\n    # text\n? f\n: !t yes\n1: true\n";
        let value = parsed(text).expect("a value");
        assert_eq!(value["a"], json!([1, "1", "1.5"]));
        assert_eq!(value["c"], json!({ "d": null, "e": "# text\n" }));
        assert_eq!(value["1"], true);
        assert_eq!(parsed("# nothing\n").expect("a value"), json!(null));
        let deep = "[".repeat(100_000);
        for wrong in [
            "a: 1\na: 2\n",
            "a\n---\nb\n",
            "[a]: 1\n",
            "a: *none\n",
            "a: [1\n",
            &deep,
        ] {
            assert!(parsed(wrong).is_err(), "{}", &wrong[..wrong.len().min(20)]);
        }
    }
}
