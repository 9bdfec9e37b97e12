//! The toolbox on the wire: what the agent inside a sandbox receives and answers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `POST /process/execute`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ExecuteRequest {
    /// Shell text, fed to the shell's standard input.
    pub command: String,
    /// Working directory; the sandbox's own where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<String>,
    /// Variables on top of the sandbox's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub envs: Option<BTreeMap<String, String>>,
    /// Seconds until the process group is killed; 0 or absent is never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<u64>,
}

/// The reply of `POST /process/execute`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExecuteResponse {
    /// The exit status; -1 for death by a signal or a failed start.
    pub exit_code: i32,
    /// Standard output and standard error, as they were written.
    pub result: String,
}

/// `POST /process/session`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SessionNew {
    /// The id, chosen by the caller.
    pub session_id: String,
    /// Extension of our engine: logs are delivered once, to one follower that slows the command
    /// down where it lags, and the session ends with its follower. For commands of any length.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub transient: bool,
}

/// `POST /process/session/{id}/exec`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SessionExec {
    /// Shell text, run in the session's own shell.
    pub command: String,
    /// Answer at once, with the command's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_async: Option<bool>,
    /// Older name of `run_async`.
    #[serde(rename = "async", skip_serializing_if = "Option::is_none")]
    pub legacy_async: Option<bool>,
    /// Keep input out of the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppress_input_echo: Option<bool>,
}

/// The reply of `POST /process/session/{id}/exec`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SessionExecResponse {
    /// The command's id.
    pub cmd_id: String,
    /// The log with its stream marks.
    pub output: Option<String>,
    /// Standard output.
    pub stdout: Option<String>,
    /// Standard error.
    pub stderr: Option<String>,
    /// The exit status, once it ended.
    pub exit_code: Option<i32>,
}

/// A session.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Session {
    /// The id
    pub session_id: String,
    /// What ran in it, oldest first
    pub commands: Vec<SessionCommand>,
}

/// One command of a session.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SessionCommand {
    /// The command's id
    pub id: String,
    /// The shell text
    pub command: String,
    /// The exit status; absent while it runs
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
}

/// `POST /process/session/{id}/command/{cmd}/input`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SessionInput {
    /// Text for standard input; a newline is added where it lacks one (not with `base64` or `eof`).
    pub data: String,
    /// Extension of our engine: `data` is base64, its bytes are passed on as they are.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub base64: bool,
    /// Extension of our engine: standard input ends after `data`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub eof: bool,
}

/// The log of a command, its streams apart.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CommandLogs {
    /// The log with its stream marks.
    pub output: String,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// The reply of `GET /work-dir` and `GET /user-home-dir`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Dir {
    /// An absolute path.
    pub dir: String,
}

/// The reply of `GET /version`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Version {
    /// The agent's version.
    pub version: String,
}
