//! Deleted sandboxes that can be had back: an extension that only the engine has.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::State;

/// For how many days a deleted sandbox is kept, where the disk has room.
pub const TRASH_DAYS: i64 = 3;

/// A deleted sandbox whose files are kept for a while.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trashed {
    /// Its id, also after it is restored
    pub id: String,
    /// The name that it had
    pub name: String,
    /// The state in which it was deleted
    pub state: State,
    /// What it was made from
    #[serde(default)]
    pub snapshot: String,
    /// Its labels
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// When it was made
    pub created_at: String,
    /// When it was deleted
    pub deleted_at: String,
    /// When it is removed for good at the latest; earlier where the disk is short
    pub expires_at: String,
    /// The bytes that it has written, once they are counted
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
}

/// One page of the trash, what was deleted last first.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TrashPage {
    /// The deleted sandboxes of this page
    pub items: Vec<Trashed>,
    /// How many there are in all
    pub total: u64,
    /// The bytes that all have written, as far as they are counted
    pub bytes: u64,
    /// Which page this is, from 1
    pub page: usize,
    /// How many pages there are
    pub total_pages: usize,
}

/// How a deleted sandbox is to come back.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Restore {
    /// Another name than it had
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// How many deleted sandboxes were removed for good.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, Serialize)]
pub struct Emptied {
    /// How many
    pub removed: u64,
}
