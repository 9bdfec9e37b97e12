//! API keys beside the engine's own: made once, kept as hashes, with an end and permissions.

use ring::digest::{SHA256, digest};

use crate::api::types::{ApiKey, MadeApiKey, NewApiKey, PERMISSIONS, Said};
use crate::engine::clock::{self, MINUTE, stamp};
use crate::engine::random;
use crate::engine::store::KeyRow;
use crate::error::{Error, Kind, Result};

use super::Service;

/// The name of the engine's own key, which is in a file and not in the store.
pub(crate) const OWNER: &str = "local engine";
/// Whose all keys are.
pub(crate) const ACCOUNT: &str = "local";

/// A key that was presented and holds.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) name: String,
    pub(crate) permissions: Vec<String>,
}

impl Service {
    /// The key that this text is, unless it is unknown, revoked or has ended.
    pub(crate) async fn known_key(&self, text: &str) -> Result<Option<Known>> {
        // Found by its hash: how long that takes tells nothing about a key.
        let row = self.0.store.key_by_hash(hash(text)).await?;
        let now = self.now();
        let Some(row) = row.filter(|row| row.expires_at.is_none_or(|end| end > now)) else {
            return Ok(None);
        };
        // To the minute: a write for each request would be dear.
        if row.last_used_at.is_none_or(|used| used + MINUTE <= now) {
            self.0.store.touch_key(&row.name, now).await?;
        }
        Ok(Some(Known {
            name: row.name,
            permissions: row.permissions,
        }))
    }

    /// Makes a key. The reply is the only place where it ever stands.
    pub(crate) async fn create_key(&self, new: NewApiKey) -> Result<MadeApiKey> {
        if new.name.trim().is_empty() {
            return Err(Error::usage("name should not be empty"));
        }
        let known = |permission: &String| PERMISSIONS.contains(&permission.as_str());
        if !new.permissions.iter().all(known) {
            return Err(Error::usage(format!(
                "each value in permissions must be one of the following values: {}",
                PERMISSIONS.join(", ")
            )));
        }
        let expires_at = new.expires_at.as_deref().map(|text| {
            clock::parse(text)
                .ok_or_else(|| Error::usage("expiresAt must be a valid ISO 8601 date string"))
        });
        let value = format!("dtn_{}", random::hex(32)?);
        let mut permissions = new.permissions;
        permissions.sort_by_key(|one| PERMISSIONS.iter().position(|known| known == one));
        permissions.dedup();
        let row = KeyRow {
            name: new.name,
            hash: hash(&value),
            masked: masked(&value),
            permissions,
            created_at: self.now(),
            last_used_at: None,
            expires_at: expires_at.transpose()?,
        };
        if row.name == OWNER || !self.0.store.add_key(row.clone()).await? {
            let message = "API key with this name already exists";
            return Err(Error::new(Kind::Conflict, message));
        }
        Ok(MadeApiKey {
            name: row.name,
            value,
            created_at: stamp(row.created_at),
            permissions: row.permissions,
            expires_at: row.expires_at.map(stamp),
        })
    }

    /// Every key but the engine's own, the newest first.
    pub(crate) async fn keys(&self) -> Result<Vec<ApiKey>> {
        let rows = self.0.store.keys().await?;
        Ok(rows.into_iter().map(shown).collect())
    }

    /// The key of that name.
    pub(crate) async fn key(&self, name: &str) -> Result<ApiKey> {
        let row = self.0.store.key(name).await?;
        row.map(shown).ok_or_else(no_key)
    }

    /// Revokes the key of that name, at once.
    pub(crate) async fn delete_key(&self, name: &str) -> Result<()> {
        if self.0.store.delete_key(name).await? {
            Ok(())
        } else {
            Err(no_key())
        }
    }
}

/// As much of a key as may be shown.
pub(crate) fn masked(key: &str) -> String {
    match (key.get(..3), key.get(key.len().saturating_sub(3)..)) {
        (Some(head), Some(tail)) if key.len() > 16 => format!("{head}{}{tail}", "*".repeat(20)),
        _ => "*".repeat(20),
    }
}

fn hash(key: &str) -> Vec<u8> {
    digest(&SHA256, key.as_bytes()).as_ref().to_vec()
}

fn shown(row: KeyRow) -> ApiKey {
    ApiKey {
        said: Said::default(),
        name: row.name,
        value: row.masked,
        created_at: stamp(row.created_at),
        permissions: row.permissions,
        last_used_at: row.last_used_at.map(stamp),
        expires_at: row.expires_at.map(stamp),
        user_id: ACCOUNT.to_owned(),
    }
}

fn no_key() -> Error {
    Error::new(Kind::NotFound, "API key not found")
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_masked_key_shows_its_ends() {
        assert_eq!(masked("dtn_0123456789abcdef"), "dtn********************def");
        assert_eq!(masked("short"), "********************");
    }
}
