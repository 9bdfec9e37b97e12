//! Files on the wire: the toolbox's `/files` routes.

use serde::{Deserialize, Serialize};

/// A file or folder, as `GET /files` and `GET /files/info` show it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FileInfo {
    /// The base name.
    pub name: String,
    /// The path, from the one that was asked for on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Bytes.
    pub size: u64,
    /// Type and permissions as text, e.g. `-rw-r--r--`, `drwxr-xr-x`.
    pub mode: String,
    /// When it was changed, as Go writes times.
    pub mod_time: String,
    /// When it was changed (RFC 3339, nanoseconds).
    pub modified_at: String,
    /// Whether it is a folder.
    pub is_dir: bool,
    /// The owner's number.
    pub owner: String,
    /// The group's number.
    pub group: String,
    /// The nine permission bits in octal, e.g. `0644`.
    pub permissions: String,
}

/// One line that `GET /files/find` found.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Match {
    /// The file.
    pub file: String,
    /// The line's number, from 1 on.
    pub line: u64,
    /// The line.
    pub content: String,
}

/// The reply of `GET /files/search`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SearchResult {
    /// The paths whose base name matches.
    pub files: Vec<String>,
}

/// `POST /files/replace`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ReplaceRequest {
    /// The files to change.
    pub files: Vec<String>,
    /// The text to replace, taken literally.
    pub pattern: String,
    /// What takes its place.
    pub new_value: String,
}

/// What became of one file of a [`ReplaceRequest`].
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ReplaceResult {
    /// The file.
    pub file: String,
    /// Whether it was changed, or needed no change.
    pub success: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// The reply of `POST /files/upload-v2`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct UploadedFile {
    /// The base name.
    pub name: String,
    /// The path.
    pub path: String,
    /// `file`.
    pub r#type: String,
}

/// `POST /files/bulk-download`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct BulkDownload {
    /// The files, in the order of the parts of the reply.
    pub paths: Vec<String>,
}

/// The reply of `POST /files/bulk-upload`: also where some files could not be written.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct BulkUploaded {
    /// What went wrong, a line for each file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<String>,
    /// The files that were written.
    pub files: Vec<UploadedSize>,
}

/// One file of [`BulkUploaded`].
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct UploadedSize {
    /// Its path.
    pub path: String,
    /// Its bytes.
    pub bytes: u64,
}
