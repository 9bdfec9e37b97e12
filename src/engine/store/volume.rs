//! Volumes as they are stored; which sandboxes have them is in the sandboxes' own rows.

use rusqlite::{ErrorCode, OptionalExtension as _, params};

use crate::error::Result;

use super::Store;

/// A row of the table `volumes`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct VolumeRow {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) created_at: i64,
    pub(crate) last_used_at: Option<i64>,
}

impl VolumeRow {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            created_at: row.get("created_at")?,
            last_used_at: row.get("last_used_at")?,
        })
    }
}

/// What became of a deletion.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Deletion {
    Done,
    /// There was nothing.
    Missing,
    /// Sandboxes of these names have it.
    InUse(Vec<String>),
}

impl Store {
    /// Adds a volume; false where the name is taken.
    pub(crate) async fn add_volume(&self, row: VolumeRow) -> Result<bool> {
        self.call(move |connection| {
            let added = connection
                .prepare_cached("INSERT INTO volumes (id, name, created_at) VALUES (?1, ?2, ?3)")?
                .execute(params![row.id, row.name, row.created_at]);
            was_free(added)
        })
        .await
    }

    /// The volume of that id, or else of that name.
    pub(crate) async fn volume(&self, id_or_name: &str) -> Result<Option<VolumeRow>> {
        let wanted = id_or_name.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached(
                    "SELECT * FROM volumes WHERE (id = ?1 OR name = ?1) AND NOT deleting
                     ORDER BY id = ?1 DESC LIMIT 1",
                )?
                .query_row([wanted], VolumeRow::read)
                .optional()
        })
        .await
    }

    /// Every volume, the newest first.
    pub(crate) async fn volumes(&self) -> Result<Vec<VolumeRow>> {
        self.call(|connection| {
            connection
                .prepare_cached(
                    "SELECT * FROM volumes WHERE NOT deleting ORDER BY created_at DESC, id",
                )?
                .query_map([], VolumeRow::read)?
                .collect()
        })
        .await
    }

    /// A sandbox is about to start with these volumes; the first of them that is not there.
    pub(crate) async fn use_volumes(&self, ids: Vec<String>, now: i64) -> Result<Option<String>> {
        self.call(move |connection| {
            let mut statement = connection.prepare_cached(
                "UPDATE volumes SET last_used_at = ?2 WHERE id = ?1 AND NOT deleting",
            )?;
            for id in ids {
                if statement.execute(params![id, now])? == 0 {
                    return Ok(Some(id));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Takes a volume that no sandbox has from everybody. Its name is free; its row stays until
    /// [`Self::forget_volume`], so that its files are not forgotten before they are gone.
    pub(crate) async fn condemn_volume(&self, id: &str) -> Result<Deletion> {
        let id = id.to_owned();
        self.call(move |connection| {
            let users: Vec<String> = connection
                .prepare_cached(
                    "SELECT DISTINCT sandboxes.name FROM sandboxes, json_each(sandboxes.volumes) AS held
                     WHERE held.value ->> 'volumeId' = ?1 ORDER BY sandboxes.name",
                )?
                .query_map([&id], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            if !users.is_empty() {
                return Ok(Deletion::InUse(users));
            }
            let gone = connection.execute(
                "UPDATE volumes SET deleting = 1, name = id WHERE id = ?1 AND NOT deleting",
                [&id],
            )?;
            Ok(if gone == 0 {
                Deletion::Missing
            } else {
                Deletion::Done
            })
        })
        .await
    }
}

impl Store {
    /// The ids of the volumes whose files are still to go.
    pub(crate) async fn condemned_volumes(&self) -> Result<Vec<String>> {
        self.call(|connection| {
            connection
                .prepare("SELECT id FROM volumes WHERE deleting")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
        .await
    }

    /// The files of a condemned volume are gone.
    pub(crate) async fn forget_volume(&self, id: &str) -> Result<()> {
        let id = id.to_owned();
        self.call(move |connection| {
            connection
                .execute("DELETE FROM volumes WHERE id = ?1 AND deleting", [id])
                .map(drop)
        })
        .await
    }
}

/// Whether an insertion added a row; false where a unique column had that value already.
pub(super) fn was_free(added: rusqlite::Result<usize>) -> rusqlite::Result<bool> {
    match added {
        Ok(_) => Ok(true),
        Err(rusqlite::Error::SqliteFailure(error, _))
            if error.code == ErrorCode::ConstraintViolation =>
        {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}
