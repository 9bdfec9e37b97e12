//! The closed sets of words that sandbox flags take, for clap and for JSON schemas.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use schemars::{Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::json;

use crate::api::types::{SortField, SortOrder, State};

/// A state that we know: typed wrongly, it would silently match nothing.
pub(super) fn state() -> impl TypedValueParser<Value = State> {
    PossibleValuesParser::new(State::ALL.iter().map(State::as_str))
        .map(|text| State::from(text.as_str()))
}

/// As [`state`], in JSON.
pub(super) fn states<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<State>, D::Error> {
    Vec::<String>::deserialize(input)?
        .iter()
        .map(|text| {
            text.parse().map_err(|()| {
                let known: Vec<&str> = State::ALL.iter().map(State::as_str).collect();
                D::Error::custom(format!(
                    "there is no state `{text}`; the states are: {}",
                    known.join(", ")
                ))
            })
        })
        .collect()
}

/// The states, so that a model names none that there is not.
pub(super) fn states_schema(_: &mut SchemaGenerator) -> Schema {
    let states: Vec<&str> = State::ALL.iter().map(State::as_str).collect();
    json_schema!({ "type": "array", "items": { "type": "string", "enum": states } })
}

fn word<T: serde::de::DeserializeOwned + Default>(text: &str) -> T {
    serde_json::from_value(json!(text)).unwrap_or_default()
}

/// What to sort by.
pub(super) fn sort() -> impl TypedValueParser<Value = SortField> {
    PossibleValuesParser::new([
        "name",
        "cpu",
        "memoryGib",
        "diskGib",
        "lastActivityAt",
        "createdAt",
    ])
    .map(|text| word(&text))
}

/// The direction of a sort.
pub(super) fn order() -> impl TypedValueParser<Value = SortOrder> {
    PossibleValuesParser::new(["asc", "desc"]).map(|text| word(&text))
}

/// The schema of an inline enum, with its values as plain strings.
pub(super) fn inline(values: &[&str]) -> Schema {
    json_schema!({ "type": "string", "enum": values })
}

pub(super) fn sort_schema(_: &mut SchemaGenerator) -> Schema {
    inline(&[
        "name",
        "cpu",
        "memoryGib",
        "diskGib",
        "lastActivityAt",
        "createdAt",
    ])
}

pub(super) fn order_schema(_: &mut SchemaGenerator) -> Schema {
    inline(&["asc", "desc"])
}
