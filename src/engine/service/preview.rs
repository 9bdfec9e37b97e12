//! What opens a sandbox to who has no API key: its preview token, signed previews, signed file addresses.

use crate::api::types::State;
use crate::engine::clock::SECOND;
use crate::engine::random;
use crate::error::{Error, Kind, Result};

use super::Service;

/// How long the token of a signed preview is.
const TOKEN: usize = 16;
/// The longest that a signed preview lasts, in seconds.
const DAY: i64 = 86_400;

/// A sandbox as previews see it.
#[derive(Clone, Debug)]
pub(crate) struct Door {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) state: State,
    /// Whether no token is asked for.
    pub(crate) public: bool,
    /// What else is asked for; new with each start.
    pub(crate) token: String,
}

impl Door {
    /// Whether a start would open it.
    pub(crate) fn is_at_rest(&self) -> bool {
        matches!(self.state, State::Stopped | State::Archived | State::Paused)
    }
}

impl Service {
    /// What opens the sandbox of that id or name.
    pub(crate) async fn door(&self, id_or_name: &str) -> Result<Door> {
        let row = self.find(id_or_name).await?;
        Ok(Door {
            id: row.id,
            name: row.name,
            state: row.state,
            public: row.public,
            token: row.auth_token,
        })
    }

    /// A token that opens one port for so many seconds, and the id of the sandbox.
    pub(crate) async fn sign_preview(
        &self,
        id_or_name: &str,
        port: u16,
        seconds: i64,
    ) -> Result<(String, String)> {
        if !(1..=DAY).contains(&seconds) {
            let message = "expiresInSeconds must be between 1 second and 24 hours";
            return Err(Error::usage(message));
        }
        let id = self.find(id_or_name).await?.id;
        let token = random::alphanumeric(TOKEN)?;
        let until = self.now() + seconds * SECOND;
        let store = &self.0.store;
        store
            .add_preview_token(token.clone(), id.clone(), port, until)
            .await?;
        Ok((id, token))
    }

    /// Ends a signed preview before its time.
    pub(crate) async fn expire_preview(
        &self,
        id_or_name: &str,
        port: u16,
        token: &str,
    ) -> Result<()> {
        let id = self.find(id_or_name).await?.id;
        let store = &self.0.store;
        if store
            .delete_preview_token(token, &id, port, self.now())
            .await?
        {
            Ok(())
        } else {
            let message = format!("No signed preview URL with this token for port {port}");
            Err(Error::new(Kind::NotFound, message))
        }
    }

    /// The id of the sandbox that a signed preview opens, while it lasts.
    pub(crate) async fn signed_preview(&self, port: u16, token: &str) -> Result<Option<String>> {
        self.0.store.preview_token(token, port, self.now()).await
    }

    /// The key that signs addresses of the sandbox's files, made on first use; another one where `rotate` says so.
    pub(crate) async fn signing_key(&self, id_or_name: &str, rotate: bool) -> Result<String> {
        let id = self.find(id_or_name).await?.id;
        // A letter first: some clients would take it for a number.
        let key = format!("k{}", random::hex(32)?);
        self.0.store.set_signing_key(&id, key, rotate).await
    }

    /// The same where there is one already: nothing can have been signed with another.
    pub(crate) async fn known_signing_key(&self, id_or_name: &str) -> Result<Option<String>> {
        let id = self.find(id_or_name).await?.id;
        self.0.store.signing_key(&id).await
    }
}
