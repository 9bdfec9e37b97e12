//! What surrounds sandboxes on the wire: the server's configuration, keys, regions, snapshots.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::said::{Said, keeps_what_is_said};

/// The reply of `GET /health`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Health {
    /// `ok`.
    pub status: String,
}

/// The reply of `GET /engine`, which our engine has.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct About {
    /// The engine's version.
    pub version: String,
    /// How many connections to sandboxes run through it: they break off where it ends.
    pub open: usize,
}

/// The reply of `GET /config`. Clients read a few fields; the engine sends what is required.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ServerConfig {
    /// The server's version.
    pub version: String,
    /// Its identity provider: issuer, clientId, audience, provider.
    pub oidc: Value,
    /// Always false locally.
    pub linked_accounts_enabled: bool,
    /// Messages for users.
    pub announcements: Map<String, Value>,
    /// Previews: `http://{{PORT}}-{{sandboxId}}.host`.
    pub proxy_template_url: String,
    /// Toolbox, without the id.
    pub proxy_toolbox_url: String,
    /// The snapshot used where none is named.
    pub default_snapshot: String,
    /// A page for people.
    pub dashboard_url: String,
    /// The longest auto-archive interval in minutes.
    pub max_auto_archive_interval: i64,
    /// Spelled so in the API.
    pub maintanance_mode: bool,
    /// The deployment's name.
    pub environment: String,
}

/// An API key as it is listed, its value masked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase", default, remote = "Self")]
#[schemars(!remote)]
pub struct ApiKey {
    /// All of it, as the server sent it
    #[serde(skip)]
    #[schemars(skip)]
    pub said: Said,
    /// Its name
    pub name: String,
    /// Its first and last characters
    pub value: String,
    /// When it was made (RFC 3339)
    pub created_at: String,
    /// What it may do
    pub permissions: Vec<String>,
    /// When it was last used, to the minute (RFC 3339)
    pub last_used_at: Option<String>,
    /// When it ends (RFC 3339)
    pub expires_at: Option<String>,
    /// Whose it is
    pub user_id: String,
}

/// A region, also called target.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase", default, remote = "Self")]
#[schemars(!remote)]
pub struct Region {
    /// All of it, as the server sent it
    #[serde(skip)]
    #[schemars(skip)]
    pub said: Said,
    /// The id
    pub id: String,
    /// The name
    pub name: String,
    /// The organization that owns it; null where it is shared
    pub organization_id: Option<String>,
    /// `shared`, `dedicated` or `custom`
    pub region_type: String,
    /// When it was made
    pub created_at: String,
    /// When it was changed
    pub updated_at: String,
    /// Where its proxy is
    pub proxy_url: Option<String>,
    /// Where its SSH gateway is
    pub ssh_gateway_url: Option<String>,
    /// Where its snapshot manager is
    pub snapshot_manager_url: Option<String>,
}

/// A snapshot: what sandboxes start from.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase", default, remote = "Self")]
#[schemars(!remote)]
pub struct Snapshot {
    /// All of it, as the server sent it
    #[serde(skip)]
    #[schemars(skip)]
    pub said: Said,
    /// The id, a UUID
    pub id: String,
    /// The organization that owns it
    pub organization_id: Option<String>,
    /// Whether everybody may use it
    pub general: bool,
    /// The name
    pub name: String,
    /// The image it came from
    pub image_name: Option<String>,
    /// Its state
    pub state: String,
    /// Its size in GiB
    pub size: Option<f64>,
    /// The image's entrypoint
    pub entrypoint: Option<Vec<String>>,
    /// CPU cores of sandboxes made from it
    pub cpu: i64,
    /// GPUs
    pub gpu: i64,
    /// Memory in GiB
    pub mem: i64,
    /// Disk in GiB
    pub disk: i64,
    /// Why it failed
    pub error_reason: Option<String>,
    /// When it was made
    pub created_at: String,
    /// When it was changed
    pub updated_at: String,
    /// When it was last used
    pub last_used_at: Option<String>,
    /// The regions it is in
    pub region_ids: Vec<String>,
    /// Where its content is
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// The sandbox it was taken from
    pub source_sandbox_id: Option<String>,
    /// The kind of sandbox it is for: container, linux-vm, windows
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sandbox_class: Option<String>,
    /// How far the local engine is with making it; other servers do not say
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<String>,
    /// What it was built from
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub build_info: Option<Box<serde_json::Value>>,
}

/// The body of `POST /snapshots`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CreateSnapshot {
    /// A name that is free
    pub name: String,
    /// The OCI image to make it from
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_name: Option<String>,
    /// What to run in place of the image's entrypoint
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entrypoint: Option<Vec<String>>,
    /// CPU cores of sandboxes made from it
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu: Option<u32>,
    /// GPUs
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gpu: Option<u32>,
    /// Memory in GiB
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<u32>,
    /// Disk in GiB
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disk: Option<u32>,
    /// The region that it is for
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_id: Option<String>,
    /// An image to build first
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build_info: Option<Value>,
}

/// One page of `GET /snapshots`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SnapshotPage {
    /// The snapshots
    pub items: Vec<Snapshot>,
    /// How many there are
    pub total: i64,
    /// This page's number, from 1
    pub page: i64,
    /// How many pages there are
    pub total_pages: i64,
}

keeps_what_is_said!(ApiKey, Region, Snapshot);
