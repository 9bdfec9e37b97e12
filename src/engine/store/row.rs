//! One sandbox as it is stored.

use std::collections::BTreeMap;

use rusqlite::types::Type;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::api::types::{SandboxVolume, State};

/// A row of the table `sandboxes`. Times are milliseconds since 1970, intervals are minutes. In the trash it is
/// JSON: a field that comes later needs a default for what is there already.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) state: State,
    pub(crate) desired_state: State,
    pub(crate) error_reason: Option<String>,
    pub(crate) recoverable: bool,
    pub(crate) snapshot: String,
    pub(crate) target: String,
    pub(crate) user: String,
    pub(crate) env: BTreeMap<String, String>,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) public: bool,
    pub(crate) network_block_all: bool,
    /// Networks by comma; all where there is no list.
    pub(crate) network_allow_list: Option<String>,
    /// Names by comma; all where there is no list.
    pub(crate) domain_allow_list: Option<String>,
    pub(crate) cpu: u32,
    pub(crate) memory: u32,
    pub(crate) disk: u32,
    pub(crate) auto_stop: i64,
    pub(crate) auto_pause: i64,
    pub(crate) auto_archive: i64,
    pub(crate) auto_delete: i64,
    pub(crate) auto_destroy_at: Option<i64>,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) last_activity_at: i64,
    pub(crate) state_changed_at: i64,
    /// What previews ask for; new with each start.
    pub(crate) auth_token: String,
    /// The name of the runtime that the sandbox was made with.
    pub(crate) runtime: String,
    /// The runtime's own words for its processes; none where it does not run.
    pub(crate) handle: Option<String>,
    /// The sandbox's root file system in the runtime's own words; none for the host's programs.
    pub(crate) image: Option<String>,
    /// The id of the sandbox that this one was forked from, while that sandbox is there.
    pub(crate) parent_id: Option<String>,
    /// The volumes in it, by their ids.
    pub(crate) volumes: Vec<SandboxVolume>,
    /// Which variable of its environment is which secret, by its id.
    pub(crate) secrets: BTreeMap<String, String>,
    /// What it was built from, as on the wire.
    pub(crate) build_info: Option<String>,
}

impl Row {
    pub(super) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let state = |column| {
            row.get_ref(column)
                .and_then(|text| Ok(State::from(text.as_str()?)))
        };
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            state: state("state")?,
            desired_state: state("desired_state")?,
            error_reason: row.get("error_reason")?,
            recoverable: row.get("recoverable")?,
            snapshot: row.get("snapshot")?,
            target: row.get("target")?,
            user: row.get("os_user")?,
            env: stored(row, "env")?,
            labels: stored(row, "labels")?,
            public: row.get("public")?,
            network_block_all: row.get("network_block_all")?,
            network_allow_list: row.get("network_allow_list")?,
            domain_allow_list: row.get("domain_allow_list")?,
            cpu: row.get("cpu")?,
            memory: row.get("memory")?,
            disk: row.get("disk")?,
            auto_stop: row.get("auto_stop")?,
            auto_pause: row.get("auto_pause")?,
            auto_archive: row.get("auto_archive")?,
            auto_delete: row.get("auto_delete")?,
            auto_destroy_at: row.get("auto_destroy_at")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
            last_activity_at: row.get("last_activity_at")?,
            state_changed_at: row.get("state_changed_at")?,
            auth_token: row.get("auth_token")?,
            runtime: row.get("runtime")?,
            handle: row.get("handle")?,
            image: row.get("image")?,
            parent_id: row.get("parent_id")?,
            volumes: stored(row, "volumes")?,
            secrets: stored(row, "secrets")?,
            build_info: row.get("build_info")?,
        })
    }
}

/// A value that is stored as JSON.
pub(super) fn stored<T: DeserializeOwned>(
    row: &rusqlite::Row<'_>,
    column: &str,
) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))
}

/// A value as it is stored.
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_value(value).unwrap_or_default().to_string()
}
