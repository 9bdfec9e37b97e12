//! What the parameters of each method must be before they are looked at closer.

use serde_json::{Map, Value};

use super::super::words;

/// What a field holds.
#[derive(Clone, Copy)]
enum Holds {
    Text,
    Object,
}

/// A field, what it holds, and whether it must be there.
type Field = (&'static str, Holds, bool);

const NOTHING: &[Field] = &[];
const PAGE: &[Field] = &[("cursor", Holds::Text, false)];
const URI: &[Field] = &[("uri", Holds::Text, true)];
const NAMED: &[Field] = &[
    ("name", Holds::Text, true),
    ("arguments", Holds::Object, false),
];

/// The methods of the protocol, with what they need.
const METHODS: &[(&str, &[Field])] = &[
    (
        "initialize",
        &[
            ("protocolVersion", Holds::Text, true),
            ("capabilities", Holds::Object, true),
            ("clientInfo", Holds::Object, true),
        ],
    ),
    ("server/discover", NOTHING),
    ("ping", NOTHING),
    ("tools/list", PAGE),
    ("tools/call", NAMED),
    ("prompts/list", PAGE),
    ("prompts/get", NAMED),
    ("resources/list", PAGE),
    ("resources/templates/list", PAGE),
    ("resources/read", URI),
    ("resources/subscribe", URI),
    ("resources/unsubscribe", URI),
    ("logging/setLevel", &[("level", Holds::Text, true)]),
    (
        "completion/complete",
        &[
            ("ref", Holds::Object, true),
            ("argument", Holds::Object, true),
        ],
    ),
];

/// Whether the protocol has such a request.
pub(super) fn known(method: &str) -> bool {
    METHODS.iter().any(|(name, _)| *name == method)
}

/// The parameters as the method takes them, or what is wrong with them. What is null and need not be there
/// is as if it were absent.
pub(super) fn check(method: &str, params: Option<Value>) -> Result<Option<Value>, String> {
    let fields = METHODS.iter().find(|(name, _)| *name == method);
    let fields = fields.map_or(NOTHING, |(_, fields)| fields);
    let mut params = match params {
        None | Some(Value::Null) if fields.iter().any(|(_, _, required)| *required) => Map::new(),
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Object(params)) => params,
        Some(other) => {
            let came = words::of(&other);
            return Err(format!("params must be an object, not {came}"));
        }
    };
    for (name, holds, required) in fields.iter().chain(&[("_meta", Holds::Object, false)]) {
        let (fits, what) = match (holds, params.get(*name)) {
            (_, None) if !required => continue,
            (_, Some(Value::Null)) if !required => {
                params.shift_remove(*name);
                continue;
            }
            (Holds::Text, value) => (value.is_some_and(Value::is_string), "a text"),
            (Holds::Object, value) => (value.is_some_and(Value::is_object), "an object"),
        };
        if !fits {
            return Err(match params.get(*name) {
                None => format!("params.{name} is missing; it must be {what}"),
                Some(value) => {
                    let came = words::of(value);
                    format!("params.{name} must be {what}, not {came}")
                }
            });
        }
    }
    if let Some(Value::Object(meta)) = params.get_mut("_meta") {
        check_token(meta)?;
    }
    Ok(Some(Value::Object(params)))
}

/// The token of progress is a text or an integer.
fn check_token(meta: &mut Map<String, Value>) -> Result<(), String> {
    let Some(token) = meta.get("progressToken") else {
        return Ok(());
    };
    if token.is_null() {
        meta.shift_remove("progressToken");
        return Ok(());
    }
    let whole = words::integer(token).and_then(|whole| i64::try_from(whole).ok());
    if let Some(whole) = whole {
        meta["progressToken"] = whole.into();
    } else if !token.is_string() {
        let came = words::of(token);
        return Err(format!(
            "params._meta.progressToken must be a text or an integer, not {came}"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(method: &str, params: Value) -> String {
        check(method, Some(params)).unwrap_err()
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let message = refused("tools/call", json!({"name": "x", "arguments": "{}"}));
        assert_eq!(
            message,
            "params.arguments must be an object, not the text \"{}\""
        );
        let message = refused("tools/call", json!({"name": "x", "arguments": []}));
        assert_eq!(
            message,
            "params.arguments must be an object, not an empty list"
        );
        assert_eq!(
            check("tools/call", None).unwrap_err(),
            "params.name is missing; it must be a text"
        );
        assert_eq!(
            refused("ping", json!([])),
            "params must be an object, not an empty list"
        );
        let message = refused("tools/list", json!({"_meta": 1}));
        assert_eq!(message, "params._meta must be an object, not 1");
        let message = refused("tools/list", json!({"_meta": {"progressToken": {}}}));
        assert!(message.contains("progressToken"), "{message}");
    }

    #[test]
    fn null_is_absent_where_nothing_need_be() {
        let params = json!({"name": "x", "arguments": null, "_meta": null});
        assert_eq!(
            check("tools/call", Some(params)),
            Ok(Some(json!({"name": "x"})))
        );
        assert_eq!(check("tools/list", Some(Value::Null)), Ok(None));
        let params = json!({"cursor": null, "_meta": {"progressToken": 5.0}});
        assert_eq!(
            check("tools/list", Some(params)),
            Ok(Some(json!({"_meta": {"progressToken": 5}})))
        );
    }
}
