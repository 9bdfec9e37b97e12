//! API keys on the wire: how they are made, and what is shown of them afterwards.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an API key may be permitted to do, as the API names it. Reading sandboxes and snapshots takes none of them.
pub const PERMISSIONS: [&str; 21] = [
    "write:registries",
    "delete:registries",
    "write:snapshots",
    "delete:snapshots",
    "write:sandboxes",
    "delete:sandboxes",
    "read:volumes",
    "write:volumes",
    "delete:volumes",
    "write:regions",
    "delete:regions",
    "read:runners",
    "write:runners",
    "delete:runners",
    "read:audit_logs",
    "manage:api_keys",
    "manage:secrets",
    "read:limits",
    "manage:sso",
    "read:billing",
    "manage:billing",
];

/// The body of `POST /api-keys`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewApiKey {
    /// A name that is free.
    pub name: String,
    /// What it may do.
    pub permissions: Vec<String>,
    /// When it ends; never where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
}

/// The reply of `POST /api-keys`: the only time that the key itself is shown.
#[derive(Clone, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MadeApiKey {
    /// Its name
    pub name: String,
    /// The key; it is never shown again
    pub value: String,
    /// When it was made (RFC 3339)
    pub created_at: String,
    /// What it may do
    pub permissions: Vec<String>,
    /// When it ends (RFC 3339)
    pub expires_at: Option<String>,
}
