//! Deleted sandboxes whose disks are kept for a while.

use rusqlite::params;

use crate::error::Result;

use super::row::{json, stored};
use super::write::{index, insert};
use super::{Row, Store};

/// A sandbox in the trash.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TrashRow {
    /// As it was when it was deleted, without processes.
    pub(crate) sandbox: Row,
    /// Milliseconds since 1970.
    pub(crate) deleted_at: i64,
    /// What it has written, once that is known.
    pub(crate) bytes: Option<u64>,
}

impl TrashRow {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            sandbox: stored(row, "sandbox")?,
            deleted_at: row.get("deleted_at")?,
            bytes: row.get::<_, Option<i64>>("bytes")?.map(i64::cast_unsigned),
        })
    }
}

/// What is in the trash altogether.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct TrashTotal {
    pub(crate) count: u64,
    pub(crate) bytes: u64,
}

impl Store {
    /// Moves a sandbox to the trash as `sandbox` says: its name is free. False where it is gone already.
    pub(crate) async fn discard(&self, sandbox: Row, now: i64) -> Result<bool> {
        self.call(move |connection| {
            let transaction = connection.transaction()?;
            let gone = transaction.execute("DELETE FROM sandboxes WHERE id = ?1", [&sandbox.id])?;
            if gone == 0 {
                return Ok(false);
            }
            transaction.execute(
                "INSERT OR REPLACE INTO trash (id, name, sandbox, image, deleted_at) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![sandbox.id, sandbox.name, json(&sandbox), sandbox.image, now],
            )?;
            transaction.commit()?;
            Ok(true)
        })
        .await
    }

    /// Puts a sandbox back from the trash as `sandbox` says; false where its name is taken.
    pub(crate) async fn restore(&self, mut sandbox: Row) -> Result<bool> {
        self.call(move |connection| {
            let transaction = connection.transaction()?;
            let there = |sql: &str, value: &str| transaction.prepare_cached(sql)?.exists([value]);
            if there("SELECT 1 FROM sandboxes WHERE name = ?1", &sandbox.name)? {
                return Ok(false);
            }
            // As for every fork: what it came from may be gone.
            if let Some(parent) = sandbox.parent_id.take()
                && there("SELECT 1 FROM sandboxes WHERE id = ?1", &parent)?
            {
                sandbox.parent_id = Some(parent);
            }
            insert(&transaction, &sandbox)?;
            index(&transaction, &sandbox.id, &sandbox.labels)?;
            transaction.execute("DELETE FROM trash WHERE id = ?1", [&sandbox.id])?;
            transaction.commit()?;
            Ok(true)
        })
        .await
    }

    /// One page of the trash, what was deleted last first; and what there is in all.
    pub(crate) async fn trash(
        &self,
        offset: usize,
        limit: usize,
    ) -> Result<(Vec<TrashRow>, TrashTotal)> {
        let signed = |number| i64::try_from(number).unwrap_or(i64::MAX);
        let (offset, limit) = (signed(offset), signed(limit));
        self.call(move |connection| {
            let rows = connection
                .prepare_cached(
                    "SELECT * FROM trash ORDER BY deleted_at DESC, id LIMIT ?1 OFFSET ?2",
                )?
                .query_map([limit, offset], TrashRow::read)?
                .collect::<rusqlite::Result<_>>()?;
            let total = connection
                .prepare_cached("SELECT count(*), coalesce(sum(bytes), 0) FROM trash")?
                .query_row([], |row| {
                    Ok(TrashTotal {
                        count: row.get::<_, i64>(0)?.cast_unsigned(),
                        bytes: row.get::<_, i64>(1)?.cast_unsigned(),
                    })
                })?;
            Ok((rows, total))
        })
        .await
    }

    /// What is in the trash under that id, or else under that name: what was deleted last first.
    pub(crate) async fn find_in_trash(&self, id_or_name: &str) -> Result<Vec<TrashRow>> {
        let wanted = id_or_name.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached(
                    "SELECT * FROM trash WHERE id = ?1 OR name = ?1
                     ORDER BY id = ?1 DESC, deleted_at DESC, id",
                )?
                .query_map([wanted], TrashRow::read)?
                .collect()
        })
        .await
    }

    /// So many of those that were deleted first.
    pub(crate) async fn oldest_in_trash(&self, most: usize) -> Result<Vec<TrashRow>> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.call(move |connection| {
            connection
                .prepare_cached("SELECT * FROM trash ORDER BY deleted_at, id LIMIT ?1")?
                .query_map([most], TrashRow::read)?
                .collect()
        })
        .await
    }

    /// The ids of all that is in the trash.
    pub(crate) async fn trash_ids(&self) -> Result<Vec<String>> {
        self.call(|connection| {
            connection
                .prepare_cached("SELECT id FROM trash ORDER BY deleted_at, id")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
        .await
    }

    /// Notes how much one has written.
    pub(crate) async fn weigh_in_trash(&self, id: &str, bytes: u64) -> Result<()> {
        let id = id.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached("UPDATE trash SET bytes = ?2 WHERE id = ?1")?
                .execute(params![id, bytes.cast_signed()])
                .map(drop)
        })
        .await
    }

    /// Forgets one whose disk is gone.
    pub(crate) async fn forget_in_trash(&self, id: &str) -> Result<()> {
        let id = id.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached("DELETE FROM trash WHERE id = ?1")?
                .execute([id])
                .map(drop)
        })
        .await
    }
}
