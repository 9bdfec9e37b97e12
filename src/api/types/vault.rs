//! Secrets on the wire. Their values go in, and never come out again.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::lenient;
use super::said::{Said, keeps_what_is_said};

/// A secret, without its value.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase", default, remote = "Self")]
#[schemars(!remote)]
pub struct VaultSecret {
    /// All of it, as the server sent it
    #[serde(skip)]
    #[schemars(skip)]
    pub said: Said,
    /// The secret's id, a UUID
    #[serde(deserialize_with = "lenient::text")]
    pub id: String,
    /// The secret's name
    #[serde(deserialize_with = "lenient::text")]
    pub name: String,
    /// What it is for
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When it was made (RFC 3339)
    #[serde(deserialize_with = "lenient::text")]
    pub created_at: String,
    /// What stands for the value in sandboxes of Daytona Cloud
    #[serde(deserialize_with = "lenient::text")]
    pub placeholder: String,
    /// The hosts that it may be sent to; kept, but not enforced by the local engine
    pub hosts: Vec<String>,
    /// When it was last changed (RFC 3339)
    #[serde(deserialize_with = "lenient::text")]
    pub updated_at: String,
}

/// The body of `POST /secret`.
#[derive(Clone, Default, Deserialize, Serialize)]
pub struct NewSecret {
    /// A name that is free: letters, digits, hyphens and underscores.
    pub name: String,
    /// The value.
    pub value: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The hosts that it may be sent to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hosts: Option<Vec<String>>,
}

/// The body of `PATCH /secret/{id}`: what is absent stays.
#[derive(Clone, Default, Deserialize, Serialize)]
pub struct SecretChange {
    /// A new value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The hosts that it may be sent to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hosts: Option<Vec<String>>,
}

// By hand: the value must not be in a log.
impl fmt::Debug for NewSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewSecret")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for SecretChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretChange").finish_non_exhaustive()
    }
}

/// One page of `GET /secret/paginated`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SecretPage {
    /// The secrets
    pub items: Vec<VaultSecret>,
    /// How many match
    #[serde(deserialize_with = "lenient::integer")]
    pub total: i64,
    /// Where the next page starts; null on the last one
    pub next_cursor: Option<String>,
}

keeps_what_is_said!(VaultSecret);
