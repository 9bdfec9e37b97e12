//! A sandbox in few words, for agents: what they need to go on, without what is as always.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::api::types::{Sandbox, SandboxPage};

use super::Changed;
use super::make::REQUEST_LABEL;

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
    /// When it was made
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub created_at: Option<String>,
    /// When it was used last
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub last_activity_at: Option<String>,
    /// When it is deleted at the latest
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub auto_destroy_at: Option<String>,
    /// What else to know
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(skip)]
    pub notes: Vec<String>,
}

/// A sandbox of a list: also what somebody who cleans up goes by
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Listed {
    /// The sandbox
    #[serde(flatten)]
    pub brief: Brief,
    /// Since when it does not run, where the server tells
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub stopped_at: Option<String>,
    /// CPU cores
    #[schemars(skip)]
    pub cpu: i64,
    /// Memory in GiB
    #[schemars(skip)]
    pub memory: i64,
    /// Disk in GiB
    #[schemars(skip)]
    pub disk: i64,
}

/// Sandboxes in few words, and where the next page starts
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BriefPage {
    /// The sandboxes
    pub items: Vec<Listed>,
    /// Where the next page starts
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub next_cursor: Option<String>,
}

impl From<Sandbox> for Brief {
    fn from(mut sandbox: Sandbox) -> Self {
        sandbox.labels.remove(REQUEST_LABEL);
        Self {
            state: sandbox.state.to_string(),
            name: sandbox.own_name().to_owned(),
            id: sandbox.id,
            error_reason: sandbox.error_reason,
            snapshot: sandbox.snapshot,
            labels: sandbox.labels,
            created_at: sandbox.created_at,
            last_activity_at: sandbox.last_activity_at,
            auto_destroy_at: sandbox.auto_destroy_at,
            notes: Vec::new(),
        }
    }
}

/// Everything about a sandbox that says something: what is as always is left out
///
/// The schema promises what a model goes by.
#[derive(Clone, Debug, Serialize)]
pub struct Detail(Map<String, Value>);

impl From<Sandbox> for Detail {
    fn from(sandbox: Sandbox) -> Self {
        // Where it is and how it is isolated is the same for all: `daytona doctor` tells it once.
        const SAID_ELSEWHERE: [&str; 5] = [
            "organizationId",
            "toolboxProxyUrl",
            "daemonVersion",
            "runtime",
            "kvm",
        ];
        let unreachable = sandbox
            .runtime
            .as_ref()
            .and_then(|runtime| runtime.unreachable.clone());
        let limits = sandbox.runtime.as_ref().map(|runtime| {
            let missing = runtime.limits.iter().filter(|limit| !limit.enforced);
            let missing: Vec<Value> = missing.map(|limit| limit.resource.clone().into()).collect();
            missing
        });
        let Ok(Value::Object(mut detail)) = serde_json::to_value(&sandbox) else {
            return Self(Map::new());
        };
        detail.retain(|name, value| {
            let nothing = match &*value {
                Value::Null => true,
                Value::Bool(false) => name != "public",
                Value::String(text) => text.is_empty(),
                Value::Array(items) => items.is_empty(),
                Value::Object(fields) => fields.is_empty(),
                Value::Number(number) => name == "gpu" && number.as_i64() == Some(0),
                Value::Bool(true) => false,
            };
            !nothing && !SAID_ELSEWHERE.contains(&name.as_str())
        });
        if detail.get("desiredState") == detail.get("state") {
            detail.shift_remove("desiredState");
        }
        if let Some(missing) = limits.filter(|missing| !missing.is_empty()) {
            detail.insert("limitsNotEnforced".to_owned(), missing.into());
        }
        if let Some(why) = unreachable {
            detail.insert("outOfReach".to_owned(), why.into());
        }
        Self(detail)
    }
}

impl JsonSchema for Detail {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Detail".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Brief::json_schema(generator)
    }
}

impl From<Changed> for Detail {
    fn from(changed: Changed) -> Self {
        changed.sandbox.into()
    }
}

impl From<Changed> for Brief {
    fn from(changed: Changed) -> Self {
        Self {
            notes: changed.notes,
            ..changed.sandbox.into()
        }
    }
}

impl From<Sandbox> for Listed {
    fn from(mut sandbox: Sandbox) -> Self {
        Self {
            stopped_at: sandbox.stopped_at.take(),
            cpu: sandbox.cpu,
            memory: sandbox.memory,
            disk: sandbox.disk,
            brief: sandbox.into(),
        }
    }
}

impl From<SandboxPage> for BriefPage {
    fn from(page: SandboxPage) -> Self {
        Self {
            items: page.items.into_iter().map(Listed::from).collect(),
            next_cursor: page.next_cursor,
        }
    }
}
