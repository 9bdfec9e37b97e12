//! Access to a sandbox without an API key: tokens of signed previews, and keys that sign file addresses.

use rusqlite::{OptionalExtension as _, params};

use crate::error::Result;

use super::Store;

impl Store {
    /// Remembers the token of a signed preview until it expires.
    pub(crate) async fn add_preview_token(
        &self,
        token: String,
        sandbox: String,
        port: u16,
        expires_at: i64,
    ) -> Result<()> {
        self.call(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO preview_tokens (token, sandbox_id, port, expires_at)
                     VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![token, sandbox, port, expires_at])
                .map(drop)
        })
        .await
    }

    /// The sandbox that the token opens now, at that port.
    pub(crate) async fn preview_token(
        &self,
        token: &str,
        port: u16,
        now: i64,
    ) -> Result<Option<String>> {
        let token = token.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached(
                    "SELECT sandbox_id FROM preview_tokens
                     WHERE token = ?1 AND port = ?2 AND expires_at > ?3",
                )?
                .query_row(params![token, port, now], |row| row.get(0))
                .optional()
        })
        .await
    }

    /// Forgets a token before its time; false where there is none.
    pub(crate) async fn delete_preview_token(
        &self,
        token: &str,
        sandbox: &str,
        port: u16,
        now: i64,
    ) -> Result<bool> {
        let (token, sandbox) = (token.to_owned(), sandbox.to_owned());
        self.call(move |connection| {
            connection
                .prepare_cached(
                    "DELETE FROM preview_tokens
                     WHERE token = ?1 AND sandbox_id = ?2 AND port = ?3 AND expires_at > ?4",
                )?
                .execute(params![token, sandbox, port, now])
                .map(|count| count > 0)
        })
        .await
    }

    /// Forgets the tokens that have expired.
    pub(crate) async fn sweep_preview_tokens(&self, now: i64) -> Result<()> {
        self.call(move |connection| {
            connection
                .prepare_cached("DELETE FROM preview_tokens WHERE expires_at <= ?1")?
                .execute([now])
                .map(drop)
        })
        .await
    }

    /// The key that signs addresses of the sandbox's files, if it has one.
    pub(crate) async fn signing_key(&self, sandbox: &str) -> Result<Option<String>> {
        let sandbox = sandbox.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached("SELECT key FROM signing_keys WHERE sandbox_id = ?1")?
                .query_row([sandbox], |row| row.get(0))
                .optional()
        })
        .await
    }

    /// Gives the sandbox this key, unless it has one and keeps it; the key that it has then.
    pub(crate) async fn set_signing_key(
        &self,
        sandbox: &str,
        key: String,
        replace: bool,
    ) -> Result<String> {
        let sandbox = sandbox.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO signing_keys (sandbox_id, key) VALUES (?1, ?2)
                     ON CONFLICT (sandbox_id) DO UPDATE SET key = CASE WHEN ?3 THEN ?2 ELSE key END
                     RETURNING key",
                )?
                .query_row(params![sandbox, key, replace], |row| row.get(0))
        })
        .await
    }
}
