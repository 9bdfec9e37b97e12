//! Decoding that forgives what real servers were seen to send.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// An integer that may arrive as a float with no fraction, or as null (then 0).
pub(super) fn integer<'de, D: Deserializer<'de>>(input: D) -> Result<i64, D::Error> {
    Ok(optional_integer(input)?.unwrap_or_default())
}

/// As [`integer`], with null or another type as none.
#[expect(
    clippy::cast_possible_truncation,
    reason = "sizes and minutes are far below 2^53"
)]
pub(super) fn optional_integer<'de, D: Deserializer<'de>>(
    input: D,
) -> Result<Option<i64>, D::Error> {
    let value = Value::deserialize(input)?;
    Ok(value
        .as_i64()
        .or_else(|| value.as_f64().map(|number| number as i64)))
}

/// A map of strings; anything but an object is taken as empty: the API stores labels of any type.
pub(super) fn string_map<'de, D: Deserializer<'de>>(
    input: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    let Value::Object(object) = Value::deserialize(input)? else {
        return Ok(BTreeMap::new());
    };
    Ok(object
        .into_iter()
        .map(|(key, value)| match value {
            Value::String(text) => (key, text),
            other => (key, other.to_string()),
        })
        .collect())
}

/// A string that may be null or missing.
pub(super) fn text<'de, D: Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    Ok(Option::<String>::deserialize(input)?.unwrap_or_default())
}

/// A boolean that may be null or missing.
pub(super) fn flag<'de, D: Deserializer<'de>>(input: D) -> Result<bool, D::Error> {
    Ok(Option::<bool>::deserialize(input)?.unwrap_or_default())
}

/// A list that may be null or missing.
pub(super) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    input: D,
) -> Result<Vec<T>, D::Error> {
    Ok(Option::<Vec<T>>::deserialize(input)?.unwrap_or_default())
}
