//! Secrets as they are stored: in plain text, in a database that only the engine's user can read.

use std::collections::BTreeMap;

use rusqlite::types::Type;
use rusqlite::{OptionalExtension as _, params};

use crate::error::Result;

use super::Store;
use super::row::{Row, json};
use super::volume::was_free;
use super::write::returning;

/// A row of the table `secrets`, without the value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct SecretRow {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) hosts: Vec<String>,
    pub(crate) placeholder: String,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

/// What is asked for but the value.
const SHOWN: &str =
    "SELECT id, name, description, hosts, placeholder, created_at, updated_at FROM secrets";

impl SecretRow {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let hosts: String = row.get("hosts")?;
        let hosts = serde_json::from_str(&hosts).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error))
        })?;
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            description: row.get("description")?,
            hosts,
            placeholder: row.get("placeholder")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

impl Store {
    /// Adds a secret; false where the name is taken.
    pub(crate) async fn add_secret(&self, row: SecretRow, value: String) -> Result<bool> {
        self.call(move |connection| {
            let added = connection
                .prepare_cached(
                    "INSERT INTO secrets
                        (id, name, value, description, hosts, placeholder, created_at, updated_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![
                    row.id,
                    row.name,
                    value,
                    row.description,
                    serde_json::json!(row.hosts).to_string(),
                    row.placeholder,
                    row.created_at,
                    row.updated_at,
                ]);
            was_free(added)
        })
        .await
    }

    /// Every secret.
    pub(crate) async fn secrets(&self) -> Result<Vec<SecretRow>> {
        self.call(|connection| {
            connection
                .prepare_cached(SHOWN)?
                .query_map([], SecretRow::read)?
                .collect()
        })
        .await
    }

    /// Changes those fields of a secret that are given; none where there is no such secret.
    pub(crate) async fn change_secret(
        &self,
        id: &str,
        value: Option<String>,
        description: Option<String>,
        hosts: Option<Vec<String>>,
        now: i64,
    ) -> Result<Option<SecretRow>> {
        let id = id.to_owned();
        self.call(move |connection| {
            let hosts = hosts.map(|hosts| serde_json::json!(hosts).to_string());
            connection.execute(
                "UPDATE secrets SET value = coalesce(?2, value), description = coalesce(?3, description),
                    hosts = coalesce(?4, hosts), updated_at = ?5 WHERE id = ?1",
                params![id, value, description, hosts, now],
            )?;
            connection
                .prepare_cached(&format!("{SHOWN} WHERE id = ?1"))?
                .query_row([id], SecretRow::read)
                .optional()
        })
        .await
    }

    /// Forgets a secret; false where there is none.
    pub(crate) async fn delete_secret(&self, id: &str) -> Result<bool> {
        let id = id.to_owned();
        self.call(move |connection| {
            let gone = connection.execute("DELETE FROM secrets WHERE id = ?1", [id])?;
            Ok(gone > 0)
        })
        .await
    }

    /// The values of secrets by their ids; those that are gone are left out.
    pub(crate) async fn secret_values(&self, ids: Vec<String>) -> Result<BTreeMap<String, String>> {
        self.call(move |connection| {
            let mut statement =
                connection.prepare_cached("SELECT value FROM secrets WHERE id = ?1")?;
            let mut values = BTreeMap::new();
            for id in ids {
                if let Some(value) = statement.query_row([&id], |row| row.get(0)).optional()? {
                    values.insert(id, value);
                }
            }
            Ok(values)
        })
        .await
    }

    /// Replaces the secrets of a sandbox: variables to ids.
    pub(crate) async fn set_sandbox_secrets(
        &self,
        sandbox: &str,
        secrets: BTreeMap<String, String>,
        now: i64,
    ) -> Result<Option<Row>> {
        let sandbox = sandbox.to_owned();
        self.call(move |connection| {
            returning(
                connection,
                "UPDATE sandboxes SET secrets = ?2, updated_at = ?3 WHERE id = ?1 RETURNING *",
                params![sandbox, json(&secrets), now],
            )
        })
        .await
    }
}
