//! Programs and the environment on the wire: the toolbox's `/process/code-run` and `/env`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `POST /process/code-run`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CodeRunRequest {
    /// The program.
    pub code: String,
    /// `python`, `javascript` or `typescript`.
    pub language: String,
    /// Its arguments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub argv: Option<Vec<String>>,
    /// Variables on top of the sandbox's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub envs: Option<BTreeMap<String, String>>,
    /// Seconds until it is killed; 0 or absent is never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<u64>,
}

/// The reply of `POST /process/code-run`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CodeRunResponse {
    /// The exit status; -1 for death by a signal.
    pub exit_code: i32,
    /// Standard output and standard error, as they were written.
    pub result: String,
    /// What was made besides text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub artifacts: Option<CodeArtifacts>,
}

/// What a program made besides text.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CodeArtifacts {
    /// Charts, as the program's wrapper describes them: their fields differ by kind.
    pub charts: Vec<serde_json::Value>,
}

/// `POST /env`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UpdateEnv {
    /// Variables to set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<BTreeMap<String, String>>,
    /// Variables to take away before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unset: Option<Vec<String>>,
    /// Takes away before what has a value that begins so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unset_value_prefix: Option<String>,
}

/// A reply that says something.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Message {
    /// The text.
    pub message: String,
}
