//! What can be had of a file that is not returned as it is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::media::{Kind, Media};

/// How a file is returned: the values of `download`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Its beginning.
    Partial,
    /// The text in it.
    ToText,
    /// All of it, compressed.
    Compressed,
    /// All of it.
    Forced,
}

pub(super) fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": ["partial", "to_text", "compressed", "forced"] })
}

/// One way to get something of a file
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Choice {
    /// The value of `download`
    pub download: &'static str,
    /// What it returns
    pub returns: String,
}

/// The ways to get something of this file.
pub(super) fn of(media: Media, size: u64, chunk_kb: u64) -> Vec<Choice> {
    let choice = |download, returns| Choice { download, returns };
    let mut choices = vec![choice(
        "partial",
        format!("the first {chunk_kb} KB (chunkSizeKb)"),
    )];
    if media.kind == Kind::Text || matches!(media.kind, Kind::Document(_)) {
        choices.push(choice("to_text", "its text, shortened".to_owned()));
    }
    choices.push(choice("compressed", "all of it: gzip in base64".to_owned()));
    let all = match media.kind {
        Kind::Text => "as text",
        Kind::Image => "as a picture",
        Kind::Document(_) | Kind::Binary => "in base64",
    };
    choices.push(choice("forced", format!("all of its {size} bytes, {all}")));
    choices
}
