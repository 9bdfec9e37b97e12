//! The Python interpreter on the wire: the toolbox's `/process/interpreter` routes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `POST /process/interpreter/context`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ContextNew {
    /// Working directory; the sandbox's own where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<String>,
    /// `python`, also where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// A namespace that lives on between pieces of code.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct InterpreterContext {
    /// The id.
    pub id: String,
    /// Working directory.
    pub cwd: String,
    /// When it was made (RFC 3339).
    pub created_at: String,
    /// Whether code can be run in it.
    pub active: bool,
    /// `python`.
    pub language: String,
}

/// The reply of `GET /process/interpreter/context`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ContextList {
    /// All but the default one.
    pub contexts: Vec<InterpreterContext>,
}

/// The first message of a client of `/process/interpreter/execute`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct InterpreterRun {
    /// The code.
    pub code: String,
    /// The context; the default one where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_id: Option<String>,
    /// Variables for this piece of code only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub envs: Option<BTreeMap<String, String>>,
    /// Seconds until it is interrupted; 600 where absent, 0 is never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<i64>,
}

/// A message about code that runs.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct InterpreterEvent {
    /// `stdout`, `stderr`, `error` or `control`.
    pub r#type: String,
    /// What was printed; `completed` or `interrupted`.
    pub text: String,
    /// The class of an error.
    pub name: String,
    /// The text of an error.
    pub value: String,
    /// Where an error came from.
    pub traceback: String,
}
