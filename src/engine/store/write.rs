//! Single sandboxes: found, inserted, changed and removed, and which of them are due.

use std::collections::BTreeMap;

use rusqlite::{Connection, ErrorCode, OptionalExtension, Params, params};

use crate::api::types::State;
use crate::error::Result;

use super::Store;
use super::change::{Change, Changed, Handle};
use super::row::{Row, json};

/// What a timer asks for now.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Due {
    Stop,
    Pause,
    Archive,
    Delete,
    /// A transition that nobody finished.
    Settle,
}

/// One row per sandbox that is due: what ends it for good comes first. `?1` is now, `?2` one id or null.
/// A deletion that failed is tried again each minute; so is a transition that stays half-way.
const DUE: &str = "
SELECT id, CASE
    WHEN auto_destroy_at <= ?1 THEN 'delete'
    WHEN state = 'error' AND desired_state = 'destroyed' THEN 'delete'
    WHEN state IN ('stopped', 'archived') AND auto_delete >= 0
        AND state_changed_at + auto_delete * 60000 <= ?1 THEN 'delete'
    WHEN state = 'started' AND auto_stop > 0
        AND last_activity_at + auto_stop * 60000 <= ?1 THEN 'stop'
    WHEN state = 'started' AND auto_pause > 0
        AND last_activity_at + auto_pause * 60000 <= ?1 THEN 'pause'
    WHEN state = 'stopped' AND auto_archive > 0 AND auto_delete <> 0
        AND state_changed_at + auto_archive * 60000 <= ?1 THEN 'archive'
    WHEN state IN ('creating', 'starting', 'stopping', 'destroying', 'pulling_snapshot', 'restoring',
            'pending_build', 'building_snapshot', 'archiving', 'resizing', 'snapshotting', 'forking', 'pausing', 'resuming')
        AND updated_at + 60000 <= ?1 THEN 'settle'
END AS action
FROM sandboxes
WHERE (?2 IS NULL OR id = ?2) AND action IS NOT NULL
    AND NOT (state = 'error' AND desired_state = 'destroyed' AND updated_at + 60000 > ?1)";

impl Store {
    /// Adds a sandbox; false where the name is taken.
    pub(crate) async fn insert(&self, row: Row) -> Result<bool> {
        self.call(move |connection| {
            let transaction = connection.transaction()?;
            match insert(&transaction, &row) {
                Ok(()) => {}
                Err(rusqlite::Error::SqliteFailure(error, _))
                    if error.code == ErrorCode::ConstraintViolation =>
                {
                    return Ok(false);
                }
                Err(error) => return Err(error),
            }
            index(&transaction, &row.id, &row.labels)?;
            transaction.commit()?;
            Ok(true)
        })
        .await
    }

    /// The sandbox of that id, or else of that name.
    pub(crate) async fn find(&self, id_or_name: &str) -> Result<Option<Row>> {
        let wanted = id_or_name.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached(
                    "SELECT * FROM sandboxes WHERE id = ?1 OR name = ?1 ORDER BY id = ?1 DESC LIMIT 1",
                )?
                .query_row([wanted], Row::read)
                .optional()
        })
        .await
    }

    /// Every sandbox.
    pub(crate) async fn all(&self) -> Result<Vec<Row>> {
        self.call(|connection| {
            connection
                .prepare("SELECT * FROM sandboxes ORDER BY id")?
                .query_map([], Row::read)?
                .collect()
        })
        .await
    }

    /// Takes a step of the state machine; none where there is no such row.
    pub(crate) async fn change(
        &self,
        id: &str,
        change: Change,
        now: i64,
    ) -> Result<Option<Changed>> {
        let id = id.to_owned();
        self.call(move |connection| {
            let Some(before) = states(connection, &id)? else {
                return Ok(None);
            };
            let row = returning(
                connection,
                "UPDATE sandboxes SET
                    state_changed_at = CASE WHEN state = ?2 OR ?10 THEN state_changed_at ELSE ?9 END,
                    state = ?2, desired_state = ?3, error_reason = ?4, recoverable = ?5,
                    handle = CASE WHEN ?6 THEN NULL ELSE handle END,
                    auth_token = coalesce(?7, auth_token),
                    last_activity_at = CASE WHEN ?8 THEN ?9 ELSE last_activity_at END,
                    updated_at = ?9
                 WHERE id = ?1 RETURNING *",
                params![
                    id,
                    change.state.as_str(),
                    change.desired_state.as_str(),
                    change.error_reason,
                    change.recoverable,
                    change.handle == Handle::Clear,
                    change.auth_token,
                    change.active,
                    now,
                    change.same_rest,
                ],
            )?;
            Ok(row.map(|row| Changed { before, row }))
        })
        .await
    }

    /// Remembers the processes of a sandbox before they may run.
    pub(crate) async fn set_handle(&self, id: &str, handle: &str) -> Result<()> {
        let (id, handle) = (id.to_owned(), handle.to_owned());
        self.call(move |connection| {
            connection
                .prepare_cached("UPDATE sandboxes SET handle = ?2 WHERE id = ?1")?
                .execute(params![id, handle])
                .map(drop)
        })
        .await
    }

    /// A running sandbox ended unasked. Nothing where it runs under another handle, or is on its way elsewhere.
    pub(crate) async fn ended(
        &self,
        id: &str,
        handle: &str,
        why: &str,
        now: i64,
    ) -> Result<Option<Changed>> {
        let (id, handle, why) = (id.to_owned(), handle.to_owned(), why.to_owned());
        self.call(move |connection| {
            let Some(before) = states(connection, &id)? else {
                return Ok(None);
            };
            let row = returning(
                connection,
                "UPDATE sandboxes SET state = 'stopped', desired_state = 'stopped', error_reason = ?3,
                    handle = NULL, state_changed_at = ?4, updated_at = ?4
                 WHERE id = ?1 AND handle = ?2 AND state IN ('started', 'paused') RETURNING *",
                params![id, handle, why, now],
            )?;
            Ok(row.map(|row| Changed { before, row }))
        })
        .await
    }

    /// Forgets a sandbox.
    pub(crate) async fn delete(&self, id: &str) -> Result<()> {
        let id = id.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached("DELETE FROM sandboxes WHERE id = ?1")?
                .execute([id])
                .map(drop)
        })
        .await
    }

    /// What the timers ask for now, of all sandboxes or of one.
    pub(crate) async fn due(&self, now: i64, only: Option<&str>) -> Result<Vec<(String, Due)>> {
        let only = only.map(str::to_owned);
        self.call(move |connection| {
            connection
                .prepare_cached(DUE)?
                .query_map(params![now, only], |row| {
                    let due = match row.get_ref(1)?.as_str()? {
                        "stop" => Due::Stop,
                        "pause" => Due::Pause,
                        "archive" => Due::Archive,
                        "settle" => Due::Settle,
                        _ => Due::Delete,
                    };
                    Ok((row.get(0)?, due))
                })?
                .collect()
        })
        .await
    }

    /// Stores a fact about the host; the one that was there before.
    pub(crate) async fn swap_fact(
        &self,
        key: &'static str,
        value: String,
    ) -> Result<Option<String>> {
        self.call(move |connection| {
            let before = connection
                .query_row("SELECT value FROM facts WHERE key = ?1", [key], |row| {
                    row.get(0)
                })
                .optional()?;
            connection.execute(
                "INSERT OR REPLACE INTO facts (key, value) VALUES (?1, ?2)",
                params![key, value],
            )?;
            Ok(before)
        })
        .await
    }

    /// Notes that a session is held, until [`Self::forget_session`].
    pub(crate) async fn note_session(&self, session: &str) -> Result<()> {
        let key = format!("{SESSION}{session}");
        self.call(move |connection| {
            connection
                .execute(
                    "INSERT OR IGNORE INTO facts (key, value) VALUES (?1, '')",
                    [key],
                )
                .map(drop)
        })
        .await
    }

    /// Forgets a session that has ended, with its sandboxes.
    pub(crate) async fn forget_session(&self, session: &str) -> Result<()> {
        let key = format!("{SESSION}{session}");
        self.call(move |connection| {
            connection
                .execute("DELETE FROM facts WHERE key = ?1", [key])
                .map(drop)
        })
        .await
    }

    /// The sessions that were held when an engine last ran.
    pub(crate) async fn sessions(&self) -> Result<Vec<String>> {
        self.call(move |connection| {
            let mut keys = connection.prepare("SELECT key FROM facts WHERE key GLOB ?1")?;
            let keys = keys.query_map([format!("{SESSION}*")], |row| row.get::<_, String>(0))?;
            let name = |key: String| key.strip_prefix(SESSION).map(str::to_owned);
            keys.map(|key| Ok(name(key?).unwrap_or_default())).collect()
        })
        .await
    }
}

/// What the facts of sessions begin with.
const SESSION: &str = "session/";

/// The state and the desired state of a sandbox.
fn states(connection: &Connection, id: &str) -> rusqlite::Result<Option<(State, State)>> {
    connection
        .prepare_cached("SELECT state, desired_state FROM sandboxes WHERE id = ?1")?
        .query_row([id], |row| {
            let (state, desired) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
            Ok((State::from(state), State::from(desired)))
        })
        .optional()
}

pub(super) fn returning(
    connection: &Connection,
    sql: &str,
    values: impl Params,
) -> rusqlite::Result<Option<Row>> {
    connection
        .prepare_cached(sql)?
        .query_row(values, Row::read)
        .optional()
}

pub(super) fn insert(connection: &Connection, row: &Row) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO sandboxes (id, name, state, desired_state, error_reason, recoverable, snapshot,
                target, os_user, env, labels, public, network_block_all, cpu, memory, disk, auto_stop,
                auto_pause, auto_archive, auto_delete, auto_destroy_at, created_at, updated_at,
                last_activity_at, state_changed_at, auth_token, runtime, handle, image, parent_id,
                volumes, secrets, network_allow_list, domain_allow_list, build_info)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
                ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35)",
        )?
        .execute(params![
            row.id,
            row.name,
            row.state.as_str(),
            row.desired_state.as_str(),
            row.error_reason,
            row.recoverable,
            row.snapshot,
            row.target,
            row.user,
            json(&row.env),
            json(&row.labels),
            row.public,
            row.network_block_all,
            row.cpu,
            row.memory,
            row.disk,
            row.auto_stop,
            row.auto_pause,
            row.auto_archive,
            row.auto_delete,
            row.auto_destroy_at,
            row.created_at,
            row.updated_at,
            row.last_activity_at,
            row.state_changed_at,
            row.auth_token,
            row.runtime,
            row.handle,
            row.image,
            row.parent_id,
            json(&row.volumes),
            json(&row.secrets),
            row.network_allow_list,
            row.domain_allow_list,
            row.build_info,
        ])
        .map(drop)
}

pub(super) fn index(
    connection: &Connection,
    id: &str,
    labels: &BTreeMap<String, String>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT OR IGNORE INTO sandbox_labels (sandbox_id, key, value) VALUES (?1, ?2, ?3)",
    )?;
    for (key, value) in labels {
        statement.execute(params![id, key, value])?;
    }
    Ok(())
}
