//! Where the next page of a list starts: opaque to clients, base64url of `{sortValue, id}`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::types::Value;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The last row of a page: what it was sorted by, and its id.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Cursor {
    sort_value: SortValue,
    id: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged)]
enum SortValue {
    Number(i64),
    Text(String),
}

impl Cursor {
    pub(super) fn text(value: String, id: &str) -> Self {
        Self::at(SortValue::Text(value), id)
    }

    pub(super) fn number(value: i64, id: &str) -> Self {
        Self::at(SortValue::Number(value), id)
    }

    fn at(sort_value: SortValue, id: &str) -> Self {
        Self {
            sort_value,
            id: id.to_owned(),
        }
    }

    pub(super) fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// The sort value and the id. `text` says whether the sort is by text.
    pub(super) fn decode(cursor: &str, text: bool) -> Result<(Value, Value)> {
        let decoded = URL_SAFE_NO_PAD
            .decode(cursor.trim_end_matches('='))
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Self>(&bytes).ok());
        let value = match decoded {
            Some(Self {
                sort_value: SortValue::Number(value),
                id,
            }) if !text => Some((Value::Integer(value), id)),
            Some(Self {
                sort_value: SortValue::Text(value),
                id,
            }) if text => Some((Value::Text(value), id)),
            _ => None,
        };
        value
            .map(|(value, id)| (value, Value::Text(id)))
            .ok_or_else(|| Error::usage(format!("Invalid cursor provided: {cursor}")))
    }
}
