//! What an image is built from, on the wire.

use serde::{Deserialize, Serialize};

/// What a sandbox or a snapshot was built from: as it was sent, and which image that is.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct BuildInfo {
    /// The text of the Dockerfile
    pub dockerfile_content: String,
    /// The files that it needs, by their hashes
    pub context_hashes: Vec<String>,
    /// When it was sent (RFC 3339)
    pub created_at: String,
    /// When it was changed (RFC 3339)
    pub updated_at: String,
    /// The name of what is built: the same for the same text and files
    pub snapshot_ref: String,
}

/// The reply of `GET …/build-logs-url`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct BuildLogsUrl {
    /// Where the log is: text, with `?follow=true` until the build has ended
    pub url: String,
}
