//! What agents see of a file: the wire's description, shorter.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::types::FileInfo;

/// A file or folder
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// Its path
    pub path: String,
    /// `file`, `folder` or `other`
    pub r#type: &'static str,
    /// Bytes
    pub size: u64,
    /// When it was changed
    pub modified_at: String,
    /// The nine permission bits in octal
    #[schemars(skip)]
    pub permissions: String,
    /// The owner
    #[schemars(skip)]
    pub owner: String,
    /// The group
    #[schemars(skip)]
    pub group: String,
}

/// One of a folder
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its name
    pub name: String,
    /// `file`, `folder` or `other`
    pub r#type: &'static str,
    /// Bytes
    pub size: u64,
    /// When it was changed
    pub modified_at: String,
}

impl File {
    /// The file at the path that was asked for.
    pub(super) fn at(path: &str, info: FileInfo) -> Self {
        Self {
            path: path.to_owned(),
            r#type: kind(&info),
            size: info.size,
            modified_at: seconds(&info.modified_at),
            permissions: info.permissions,
            owner: info.owner,
            group: info.group,
        }
    }
}

impl From<FileInfo> for Entry {
    fn from(info: FileInfo) -> Self {
        Self {
            r#type: kind(&info),
            size: info.size,
            modified_at: seconds(&info.modified_at),
            name: info.name,
        }
    }
}

pub(super) fn kind(info: &FileInfo) -> &'static str {
    match info.mode.chars().next() {
        _ if info.is_dir => "folder",
        Some('D' | 'p' | 'S' | 'c') => "other",
        _ => "file",
    }
}

/// A time without the fractions of its seconds, which say nothing to a model.
fn seconds(time: &str) -> String {
    match time.split_once('.') {
        Some((whole, rest)) => {
            let zone = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            format!("{whole}{zone}")
        }
        None => time.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_of_seconds_are_left_out() {
        for (time, short) in [
            ("2026-11-21T09:01:36.123456789Z", "2026-11-21T09:01:36Z"),
            ("2026-11-21T09:01:36.5+01:00", "2026-11-21T09:01:36+01:00"),
            ("2026-11-21T09:01:36Z", "2026-11-21T09:01:36Z"),
            ("", ""),
        ] {
            assert_eq!(seconds(time), short);
        }
    }
}
