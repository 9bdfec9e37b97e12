//! Previews on the wire: addresses under which a port of a sandbox is reached.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The reply of `GET /sandbox/{id}/ports/{port}/preview-url`.
#[derive(Clone, Debug, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PreviewUrl {
    /// Id of the sandbox
    pub sandbox_id: String,
    /// Where the port is served
    pub url: String,
    /// What to send as `X-Daytona-Preview-Token`, where the sandbox is not public
    pub token: String,
}

/// The reply of `GET /sandbox/{id}/ports/{port}/signed-preview-url`.
#[derive(Clone, Debug, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignedPreviewUrl {
    /// Id of the sandbox
    pub sandbox_id: String,
    /// The port
    pub port: u16,
    /// The part of the address that opens it
    pub token: String,
    /// Where the port is served to whoever has this address, until it expires
    pub url: String,
}

/// The reply of `POST /sandbox/{id}/ssh-access`.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SshAccess {
    /// The token, which is the user's name in the command.
    pub token: String,
    /// How to connect: `ssh -p PORT TOKEN@HOST`.
    pub ssh_command: String,
}
