//! What arguments in JSON are refused; what is accepted is in the golden files of the tools.

use serde_json::json;

use super::list::List;

#[test]
fn arguments_are_strict() {
    let wrong = |value: serde_json::Value| {
        serde_json::from_value::<List>(value)
            .expect_err("wrong")
            .to_string()
    };
    assert!(wrong(json!({ "stat": "x" })).contains("unknown field `stat`"));
    assert!(wrong(json!({ "states": ["running"] })).contains("the states are: creating"));
    let list: List = serde_json::from_value(json!({ "labels": { "a": "b" } })).expect("arguments");
    assert_eq!(list.labels, [("a".into(), "b".into())]);
}
