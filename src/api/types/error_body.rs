//! The error body of the control plane, the toolbox and the proxy.

use serde::{Deserialize, Serialize};

/// `{path,timestamp,statusCode,error,message,code,source}`; the toolbox adds `method`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ErrorBody {
    /// The request's path with its query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// When (RFC 3339, milliseconds).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<String>,
    /// The HTTP status.
    pub status_code: u16,
    /// The reason phrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What went wrong: a string, but some servers send a list.
    pub message: serde_json::Value,
    /// A machine-readable code, e.g. `NOT_FOUND`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Who answered: `DAYTONA_API`, `DAYTONA_PROXY` or `DAYTONA_DAEMON`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What went wrong with each file of a form (toolbox only).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<String>,
    /// The request's method (toolbox only).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
}

impl ErrorBody {
    /// The message as one string: lists joined, the `error` field where there is no message.
    pub fn text(&self) -> Option<String> {
        match &self.message {
            serde_json::Value::String(text) if !text.is_empty() => Some(text.clone()),
            serde_json::Value::Array(items) => Some(
                items
                    .iter()
                    .map(|item| {
                        item.as_str()
                            .map_or_else(|| item.to_string(), str::to_owned)
                    })
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
            _ if !self.errors.is_empty() => Some(self.errors.join(", ")),
            _ => self.error.clone(),
        }
    }
}
