//! Snapshots: what sandboxes start from.

use rusqlite::{ErrorCode, OptionalExtension as _, params};

use crate::error::Result;

use super::Store;
use super::row::Row;
use super::write::returning;

/// A row of the table `snapshots`. Times are milliseconds since 1970, sizes cores and GiB.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SnapshotRow {
    pub(crate) id: String,
    pub(crate) name: String,
    /// As the API names it: `pulling`, `building`, `snapshotting`, `active`, `inactive`, `error`, `build_failed`.
    pub(crate) state: String,
    pub(crate) error_reason: Option<String>,
    /// The reference of the OCI image that the snapshot was made from.
    pub(crate) image_name: Option<String>,
    /// The runtime's own words for its root file system, once it has one.
    pub(crate) image: Option<String>,
    /// What it would run as a container, as a JSON list.
    pub(crate) entrypoint: Option<String>,
    pub(crate) cpu: u32,
    pub(crate) memory: u32,
    pub(crate) disk: u32,
    pub(crate) source_sandbox_id: Option<String>,
    pub(crate) runtime: String,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) last_used_at: Option<i64>,
    /// What it was built from, as on the wire.
    pub(crate) build_info: Option<String>,
}

/// What a list of snapshots is sorted by; ties are by id.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum SnapshotOrder {
    Name,
    State,
    #[default]
    LastUsedAt,
    CreatedAt,
}

/// Which snapshots to list, in which order.
#[derive(Clone, Debug, Default)]
pub(crate) struct SnapshotQuery {
    /// A part of the name, whatever the case.
    pub(crate) name: Option<String>,
    pub(crate) source_sandbox_id: Option<String>,
    pub(crate) order: SnapshotOrder,
    pub(crate) ascending: bool,
}

impl SnapshotRow {
    /// Whether sandboxes can be made from it.
    pub(crate) fn is_active(&self) -> bool {
        self.state == "active"
    }

    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            state: row.get("state")?,
            error_reason: row.get("error_reason")?,
            image_name: row.get("image_name")?,
            image: row.get("image")?,
            entrypoint: row.get("entrypoint")?,
            cpu: row.get("cpu")?,
            memory: row.get("memory")?,
            disk: row.get("disk")?,
            source_sandbox_id: row.get("source_sandbox_id")?,
            runtime: row.get("runtime")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
            last_used_at: row.get("last_used_at")?,
            build_info: row.get("build_info")?,
        })
    }
}

impl Store {
    /// Adds a snapshot; false where the name is taken.
    pub(crate) async fn insert_snapshot(&self, row: SnapshotRow) -> Result<bool> {
        self.call(move |connection| {
            let added = connection.execute(
                "INSERT INTO snapshots (id, name, state, error_reason, image_name, image, entrypoint, cpu,
                    memory, disk, source_sandbox_id, runtime, created_at, updated_at, last_used_at,
                    build_info)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
                params![
                    row.id,
                    row.name,
                    row.state,
                    row.error_reason,
                    row.image_name,
                    row.image,
                    row.entrypoint,
                    row.cpu,
                    row.memory,
                    row.disk,
                    row.source_sandbox_id,
                    row.runtime,
                    row.created_at,
                    row.updated_at,
                    row.last_used_at,
                    row.build_info,
                ],
            );
            match added {
                Err(rusqlite::Error::SqliteFailure(error, _))
                    if error.code == ErrorCode::ConstraintViolation =>
                {
                    Ok(false)
                }
                other => other.map(|_| true),
            }
        })
        .await
    }

    /// The snapshot of that id, or else of that name.
    pub(crate) async fn snapshot(&self, id_or_name: &str) -> Result<Option<SnapshotRow>> {
        let wanted = id_or_name.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached(
                    "SELECT * FROM snapshots WHERE id = ?1 OR name = ?1 ORDER BY id = ?1 DESC LIMIT 1",
                )?
                .query_row([wanted], SnapshotRow::read)
                .optional()
        })
        .await
    }

    /// The snapshots that match.
    pub(crate) async fn snapshots(&self, query: SnapshotQuery) -> Result<Vec<SnapshotRow>> {
        self.call(move |connection| {
            let column = match query.order {
                SnapshotOrder::Name => "name",
                SnapshotOrder::State => "state",
                SnapshotOrder::LastUsedAt => "coalesce(last_used_at, 0)",
                SnapshotOrder::CreatedAt => "created_at",
            };
            let direction = if query.ascending { "ASC" } else { "DESC" };
            connection
                .prepare_cached(&format!(
                    "SELECT * FROM snapshots
                     WHERE (?1 IS NULL OR instr(lower(name), lower(?1)) > 0)
                         AND (?2 IS NULL OR source_sandbox_id = ?2)
                     ORDER BY {column} {direction}, created_at {direction}, id {direction}"
                ))?
                .query_map(
                    params![query.name, query.source_sandbox_id],
                    SnapshotRow::read,
                )?
                .collect()
        })
        .await
    }

    /// Sets a snapshot's state; its root file system too where there is one. The state that it had, and the
    /// row; none where it is gone.
    pub(crate) async fn set_snapshot(
        &self,
        id: &str,
        state: &'static str,
        why: Option<String>,
        image: Option<String>,
        entrypoint: Option<String>,
        now: i64,
    ) -> Result<Option<(String, SnapshotRow)>> {
        let id = id.to_owned();
        self.call(move |connection| {
            let before = connection
                .prepare_cached("SELECT state FROM snapshots WHERE id = ?1")?
                .query_row([&id], |row| row.get(0))
                .optional()?;
            let row = connection
                .prepare_cached(
                    "UPDATE snapshots SET state = ?2, error_reason = ?3, image = coalesce(?4, image),
                        entrypoint = coalesce(entrypoint, ?5), updated_at = ?6
                     WHERE id = ?1 RETURNING *",
                )?
                .query_row(
                    params![id, state, why, image, entrypoint, now],
                    SnapshotRow::read,
                )
                .optional()?;
            Ok(before.zip(row))
        })
        .await
    }

    /// Remembers that a snapshot was used.
    pub(crate) async fn touch_snapshot(&self, id: &str, now: i64) -> Result<()> {
        let id = id.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached("UPDATE snapshots SET last_used_at = ?2 WHERE id = ?1")?
                .execute(params![id, now])
                .map(drop)
        })
        .await
    }

    /// Marks snapshots as failed that were being made when the engine ended.
    pub(crate) async fn break_off_snapshots(&self, now: i64) -> Result<()> {
        self.call(move |connection| {
            connection
                .execute(
                    "UPDATE snapshots SET state = 'error', updated_at = ?1,
                        error_reason = 'the engine ended while it was being made'
                     WHERE state NOT IN ('active', 'inactive', 'error', 'build_failed')",
                    [now],
                )
                .map(drop)
        })
        .await
    }

    /// Forgets a snapshot; as it was, none where there is none.
    pub(crate) async fn delete_snapshot(&self, id: &str) -> Result<Option<SnapshotRow>> {
        let id = id.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached("DELETE FROM snapshots WHERE id = ?1 RETURNING *")?
                .query_row([id], SnapshotRow::read)
                .optional()
        })
        .await
    }

    /// What every sandbox and snapshot is made from, and every image that is kept, in the runtime's words.
    pub(crate) async fn images(&self) -> Result<Vec<String>> {
        self.call(|connection| {
            connection
                .prepare_cached(
                    "SELECT image FROM snapshots WHERE image IS NOT NULL
                     UNION SELECT image FROM sandboxes WHERE image IS NOT NULL
                     UNION SELECT image FROM trash WHERE image IS NOT NULL
                     UNION SELECT image FROM images",
                )?
                .query_map([], |row| row.get(0))?
                .collect()
        })
        .await
    }

    /// The sandboxes that were forked from this one.
    pub(crate) async fn forks(&self, id: &str) -> Result<Vec<Row>> {
        let id = id.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached(
                    "SELECT * FROM sandboxes WHERE parent_id = ?1 ORDER BY created_at, id",
                )?
                .query_map([id], Row::read)?
                .collect()
        })
        .await
    }

    /// Sets the root file system that a sandbox is to be made from.
    pub(crate) async fn set_image(&self, id: &str, image: Option<String>) -> Result<Option<Row>> {
        let id = id.to_owned();
        self.call(move |connection| {
            returning(
                connection,
                "UPDATE sandboxes SET image = ?2 WHERE id = ?1 RETURNING *",
                params![id, image],
            )
        })
        .await
    }

    /// Sets a sandbox's sizes.
    pub(crate) async fn set_sizes(
        &self,
        id: &str,
        (cpu, memory, disk): (u32, u32, u32),
        now: i64,
    ) -> Result<Option<Row>> {
        let id = id.to_owned();
        self.call(move |connection| {
            returning(
                connection,
                "UPDATE sandboxes SET cpu = ?2, memory = ?3, disk = ?4, updated_at = ?5
                 WHERE id = ?1 RETURNING *",
                params![id, cpu, memory, disk, now],
            )
        })
        .await
    }
}
