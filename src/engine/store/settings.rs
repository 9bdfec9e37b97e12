//! What a user sets on a sandbox: labels, visibility, timers; and that it was used.

use std::collections::BTreeMap;

use rusqlite::params;

use crate::error::Result;

use super::Store;
use super::row::{Row, json};
use super::write::{index, returning};

/// A timer's setting.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Interval {
    Stop,
    Pause,
    Archive,
    Delete,
}

impl Interval {
    fn column(self) -> &'static str {
        match self {
            Self::Stop => "auto_stop",
            Self::Pause => "auto_pause",
            Self::Archive => "auto_archive",
            Self::Delete => "auto_delete",
        }
    }
}

impl Store {
    /// Replaces all labels.
    pub(crate) async fn set_labels(
        &self,
        id: &str,
        labels: BTreeMap<String, String>,
        now: i64,
    ) -> Result<Option<Row>> {
        let id = id.to_owned();
        self.call(move |connection| {
            let transaction = connection.transaction()?;
            let row = returning(
                &transaction,
                "UPDATE sandboxes SET labels = ?2, updated_at = ?3 WHERE id = ?1 RETURNING *",
                params![id, json(&labels), now],
            )?;
            if row.is_some() {
                transaction.execute("DELETE FROM sandbox_labels WHERE sandbox_id = ?1", [&id])?;
                index(&transaction, &id, &labels)?;
            }
            transaction.commit()?;
            Ok(row)
        })
        .await
    }

    /// Sets the networks and domains that a sandbox may reach.
    pub(crate) async fn set_network(
        &self,
        id: &str,
        block_all: bool,
        networks: Option<String>,
        domains: Option<String>,
        now: i64,
    ) -> Result<Option<Row>> {
        let id = id.to_owned();
        self.call(move |connection| {
            returning(
                connection,
                "UPDATE sandboxes SET network_block_all = ?2, network_allow_list = ?3,
                    domain_allow_list = ?4, updated_at = ?5
                 WHERE id = ?1 RETURNING *",
                params![id, block_all, networks, domains, now],
            )
        })
        .await
    }

    /// Sets whether previews need a token.
    pub(crate) async fn set_public(&self, id: &str, public: bool, now: i64) -> Result<Option<Row>> {
        let id = id.to_owned();
        self.call(move |connection| {
            returning(
                connection,
                "UPDATE sandboxes SET public = ?2, updated_at = ?3 WHERE id = ?1 RETURNING *",
                params![id, public, now],
            )
        })
        .await
    }

    /// Sets one timer.
    pub(crate) async fn set_interval(
        &self,
        id: &str,
        interval: Interval,
        minutes: i64,
        now: i64,
    ) -> Result<Option<Row>> {
        let id = id.to_owned();
        self.call(move |connection| {
            let column = interval.column();
            returning(
                connection,
                &format!(
                    "UPDATE sandboxes SET {column} = ?2, updated_at = ?3 WHERE id = ?1 RETURNING *"
                ),
                params![id, minutes, now],
            )
        })
        .await
    }

    /// Sets when the sandbox is deleted whatever its state.
    pub(crate) async fn set_destroy_at(
        &self,
        id: &str,
        at: Option<i64>,
        now: i64,
    ) -> Result<Option<Row>> {
        let id = id.to_owned();
        self.call(move |connection| {
            returning(
                connection,
                "UPDATE sandboxes SET auto_destroy_at = ?2, updated_at = ?3 WHERE id = ?1 RETURNING *",
                params![id, at, now],
            )
        })
        .await
    }

    /// The sandbox was used.
    pub(crate) async fn touch(&self, id: &str, now: i64) -> Result<()> {
        let id = id.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached("UPDATE sandboxes SET last_activity_at = ?2 WHERE id = ?1")?
                .execute(params![id, now])
                .map(drop)
        })
        .await
    }
}
