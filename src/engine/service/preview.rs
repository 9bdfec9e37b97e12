//! What opens a sandbox to who has no API key: its preview token, signed previews, signed file addresses.

use std::fmt::Write as _;

use ring::hmac;
use subtle::ConstantTimeEq as _;

use crate::api::types::State;
use crate::engine::clock::SECOND;
use crate::engine::random;
use crate::error::{Error, Kind, Result};

use super::Service;

/// How long the token of a signed preview is.
const TOKEN: usize = 16;
/// How many bytes of a code are a token.
const LENGTH: usize = 16;
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
    /// What tokens are made of; new with each start, and never shown.
    secret: String,
}

/// What a token of a sandbox opens, each more than the one before.
///
/// A token is bound to what whoever was given it may do, and to what they asked for. Everybody who may see
/// the sandbox gets one for its previews. Who may also change it gets one whose holder can start the sandbox
/// by the button of a preview's page. Only a token that was asked for sockets opens any of the toolbox, and
/// only its WebSockets: SDKs in browsers cannot send a key with those. So what is passed on with the address
/// of a preview never runs, reads or writes anything in the toolbox.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Opens {
    /// What the sandbox serves at its ports.
    Previews,
    /// Also the button that starts it.
    Start,
    /// Also the WebSockets of its toolbox.
    Sockets,
}

impl Door {
    /// The token that opens so much. From one of them no other can be told.
    pub(crate) fn token(&self, opens: Opens) -> Result<String> {
        if self.secret.is_empty() {
            return Err(Error::new(Kind::Conflict, "the sandbox has no token yet"));
        }
        let purpose: &[u8] = match opens {
            Opens::Previews => b"v1:previews",
            Opens::Start => b"v1:start",
            Opens::Sockets => b"v1:sockets",
        };
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.secret.as_bytes());
        let tag = hmac::sign(&key, purpose);
        let half = tag.as_ref().iter().take(LENGTH);
        Ok(half.fold(String::new(), |mut token, byte| {
            let _ = write!(token, "{byte:02x}");
            token
        }))
    }

    /// What a token opens, if it is one of this sandbox. In constant time.
    pub(crate) fn opened_by(&self, given: &str) -> Option<Opens> {
        [Opens::Sockets, Opens::Start, Opens::Previews]
            .into_iter()
            .find(|opens| {
                self.token(*opens)
                    .is_ok_and(|token| token.as_bytes().ct_eq(given.as_bytes()).into())
            })
    }

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
            secret: row.auth_token,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn door(secret: &str) -> Door {
        Door {
            id: "id".to_owned(),
            name: "box".to_owned(),
            state: State::Started,
            public: false,
            secret: secret.to_owned(),
        }
    }

    #[test]
    fn each_token_opens_its_own_and_is_bound_to_the_secret() {
        let (this, other) = (door("a"), door("b"));
        for opens in [Opens::Previews, Opens::Start, Opens::Sockets] {
            let token = this.token(opens).expect("a token");
            assert_eq!(token.len(), 32);
            assert_eq!(this.opened_by(&token), Some(opens));
            assert_eq!(other.opened_by(&token), None);
            assert_eq!(this.opened_by(&token[1..]), None);
        }
        for wrong in ["", "a"] {
            assert_eq!(this.opened_by(wrong), None, "the secret is no token");
        }
        assert!(door("").token(Opens::Previews).is_err());
        assert_eq!(door("").opened_by(""), None);
    }
}
