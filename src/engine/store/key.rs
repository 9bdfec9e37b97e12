//! API keys as they are stored: hashed, with as much of each as is shown of it.

use rusqlite::types::Type;
use rusqlite::{OptionalExtension as _, params};

use crate::error::Result;

use super::Store;
use super::volume::was_free;

/// A row of the table `api_keys`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct KeyRow {
    pub(crate) name: String,
    /// SHA-256 of the key.
    pub(crate) hash: Vec<u8>,
    /// The first and last characters of the key, as lists show it.
    pub(crate) masked: String,
    pub(crate) permissions: Vec<String>,
    pub(crate) created_at: i64,
    pub(crate) last_used_at: Option<i64>,
    pub(crate) expires_at: Option<i64>,
}

impl KeyRow {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let permissions: String = row.get("permissions")?;
        let permissions = serde_json::from_str(&permissions).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error))
        })?;
        Ok(Self {
            name: row.get("name")?,
            hash: row.get("hash")?,
            masked: row.get("masked")?,
            permissions,
            created_at: row.get("created_at")?,
            last_used_at: row.get("last_used_at")?,
            expires_at: row.get("expires_at")?,
        })
    }
}

impl Store {
    /// Adds a key; false where the name is taken.
    pub(crate) async fn add_key(&self, row: KeyRow) -> Result<bool> {
        self.call(move |connection| {
            let permissions = serde_json::json!(row.permissions).to_string();
            let added = connection
                .prepare_cached(
                    "INSERT INTO api_keys (name, hash, masked, permissions, created_at, expires_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![
                    row.name,
                    row.hash,
                    row.masked,
                    permissions,
                    row.created_at,
                    row.expires_at,
                ]);
            was_free(added)
        })
        .await
    }

    /// The key with that hash.
    pub(crate) async fn key_by_hash(&self, hash: Vec<u8>) -> Result<Option<KeyRow>> {
        self.call(move |connection| {
            connection
                .prepare_cached("SELECT * FROM api_keys WHERE hash = ?1")?
                .query_row([hash], KeyRow::read)
                .optional()
        })
        .await
    }

    /// The key of that name.
    pub(crate) async fn key(&self, name: &str) -> Result<Option<KeyRow>> {
        let name = name.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached("SELECT * FROM api_keys WHERE name = ?1")?
                .query_row([name], KeyRow::read)
                .optional()
        })
        .await
    }

    /// Every key, the newest first.
    pub(crate) async fn keys(&self) -> Result<Vec<KeyRow>> {
        self.call(|connection| {
            connection
                .prepare_cached("SELECT * FROM api_keys ORDER BY created_at DESC, name")?
                .query_map([], KeyRow::read)?
                .collect()
        })
        .await
    }

    /// A key was used.
    pub(crate) async fn touch_key(&self, name: &str, now: i64) -> Result<()> {
        let name = name.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached("UPDATE api_keys SET last_used_at = ?2 WHERE name = ?1")?
                .execute(params![name, now])
                .map(drop)
        })
        .await
    }

    /// Revokes a key; false where there is none.
    pub(crate) async fn delete_key(&self, name: &str) -> Result<bool> {
        let name = name.to_owned();
        self.call(move |connection| {
            let gone = connection.execute("DELETE FROM api_keys WHERE name = ?1", [name])?;
            Ok(gone > 0)
        })
        .await
    }
}
