//! Terminals on the wire: the toolbox's `/process/pty` routes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Offered by a client that wants to be told of the end in a message too, not only as it is closed.
pub const PTY_EXIT_CONTROL: &str = "X-Daytona-Pty-Exit-Control";
/// Before the base64url of a JSON object: the environment, offered as if it were a protocol.
pub const PTY_ENVS: &str = "X-Daytona-Pty-Envs~";

/// `POST /process/pty`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PtyNew {
    /// The id, chosen by the caller.
    pub id: String,
    /// Working directory; the sandbox's own where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<String>,
    /// Variables on top of the sandbox's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub envs: Option<BTreeMap<String, String>>,
    /// Columns; 80 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cols: Option<u16>,
    /// Rows; 24 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<u16>,
    /// Start the shell when the first client comes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lazy_start: Option<bool>,
    /// Extension of our engine: shell text that runs on it in place of a login shell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
}

/// The reply of `POST /process/pty`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PtyMade {
    /// The id.
    pub session_id: String,
}

/// The reply of `GET /process/pty`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PtyList {
    /// The terminals that have not ended.
    pub sessions: Vec<PtyInfo>,
}

/// A terminal.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PtyInfo {
    /// The id.
    pub id: String,
    /// Working directory of its shell.
    pub cwd: String,
    /// Variables that it was made with.
    pub envs: BTreeMap<String, String>,
    /// Columns.
    pub cols: u16,
    /// Rows.
    pub rows: u16,
    /// When it was made (RFC 3339).
    pub created_at: String,
    /// Whether its shell runs.
    pub active: bool,
    /// Whether its shell waits for the first client.
    pub lazy_start: bool,
}

/// `POST /process/pty/{id}/resize`.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PtySize {
    /// Columns, 1 to 1000.
    pub cols: u16,
    /// Rows, 1 to 1000.
    pub rows: u16,
}

/// A message of a terminal's socket that is no output.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PtyControl {
    /// `control`.
    pub r#type: String,
    /// `connected`, `error` or `exited`.
    pub status: String,
    /// What went wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// How the shell ended.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub exit: Option<PtyExit>,
}

/// How the shell of a terminal ended: the reason of the close frame.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PtyExit {
    /// The exit status; 128 and the signal for death by one.
    pub exit_code: i32,
    /// In words; none for 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_reason: Option<String>,
}
