//! A sandbox in few words, for agents: what they need to go on, without what is as always.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::types::{Sandbox, SandboxPage};

use super::Changed;

/// A sandbox in few words
///
/// The schema promises what a model goes by; each field more costs every client tokens before anything runs.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Brief {
    /// Its id
    pub id: String,
    /// Its name
    pub name: String,
    /// Its state
    pub state: String,
    /// Why it failed
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub error_reason: Option<String>,
    /// Its snapshot
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub snapshot: Option<String>,
    /// Its labels
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(skip)]
    pub labels: BTreeMap<String, String>,
    /// When it was used last
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub last_activity_at: Option<String>,
    /// When it is deleted at the latest
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub auto_destroy_at: Option<String>,
}

/// Sandboxes in few words, and where the next page starts
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BriefPage {
    /// The sandboxes
    pub items: Vec<Brief>,
    /// Where the next page starts
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub next_cursor: Option<String>,
}

impl From<Sandbox> for Brief {
    fn from(sandbox: Sandbox) -> Self {
        Self {
            state: sandbox.state.to_string(),
            id: sandbox.id,
            name: sandbox.name,
            error_reason: sandbox.error_reason,
            snapshot: sandbox.snapshot,
            labels: sandbox.labels,
            last_activity_at: sandbox.last_activity_at,
            auto_destroy_at: sandbox.auto_destroy_at,
        }
    }
}

impl From<Changed> for Brief {
    fn from(changed: Changed) -> Self {
        changed.sandbox.into()
    }
}

impl From<SandboxPage> for BriefPage {
    fn from(page: SandboxPage) -> Self {
        Self {
            items: page.items.into_iter().map(Brief::from).collect(),
            next_cursor: page.next_cursor,
        }
    }
}
