//! Volumes on the wire: folders that outlive sandboxes, and where a sandbox shows them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::lenient;
use super::said::{Said, keeps_what_is_said};

/// A volume.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase", default, remote = "Self")]
#[schemars(!remote)]
pub struct Volume {
    /// All of it, as the server sent it
    #[serde(skip)]
    #[schemars(skip)]
    pub said: Said,
    /// The volume's id, a UUID
    #[serde(deserialize_with = "lenient::text")]
    pub id: String,
    /// The volume's name
    #[serde(deserialize_with = "lenient::text")]
    pub name: String,
    /// The organization that owns it
    #[serde(deserialize_with = "lenient::text")]
    pub organization_id: String,
    /// Its state: `ready` once it can be mounted
    #[serde(deserialize_with = "lenient::text")]
    pub state: String,
    /// When it was made (RFC 3339)
    #[serde(deserialize_with = "lenient::text")]
    pub created_at: String,
    /// When it was last changed (RFC 3339)
    #[serde(deserialize_with = "lenient::text")]
    pub updated_at: String,
    /// When a sandbox last started with it (RFC 3339)
    pub last_used_at: Option<String>,
    /// Why it failed
    pub error_reason: Option<String>,
}

impl Volume {
    /// Whether sandboxes can mount it.
    pub fn is_ready(&self) -> bool {
        self.state == "ready"
    }

    /// Whether it failed and will not become ready by itself.
    pub fn is_failed(&self) -> bool {
        self.state == "error"
    }
}

/// The body of `POST /volumes`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct NewVolume {
    /// A name that is free.
    pub name: String,
}

/// A volume in a sandbox.
#[derive(Clone, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SandboxVolume {
    /// The volume's id; in a request, its name will do
    pub volume_id: String,
    /// Where it is in the sandbox
    pub mount_path: String,
    /// Which folder of the volume; all of it where there is none
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub subpath: Option<String>,
}

keeps_what_is_said!(Volume);
