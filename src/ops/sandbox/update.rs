//! `update_sandbox`: other labels, intervals and visibility for a sandbox.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::ops::{Ctx, Effect, Group, Operation, Tool};

use super::view::called;
use super::{Changed, resolve};

/// Other settings for a sandbox
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Update {
    /// All labels it is to have: those that are not named go
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, String>")]
    pub labels: Option<BTreeMap<String, String>>,

    /// Minutes without activity until it is stopped; 0 is never
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub auto_stop_interval: Option<u32>,

    /// Minutes without activity until it is paused; 0 is never
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub auto_pause_interval: Option<u32>,

    /// Minutes stopped until it is archived; 0 is the longest
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub auto_archive_interval: Option<u32>,

    /// Minutes stopped until it is deleted; 0 at once, -1 never
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", range(min = -1))]
    pub auto_delete_interval: Option<i32>,

    /// Whether anybody may open its previews
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub public: Option<bool>,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

impl Operation for Update {
    type Output = Changed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "update_sandbox",
        title: "Update sandbox",
        description: "Changes the labels, intervals or visibility of a sandbox; what is not given stays.",
        group: Group::Sandbox,
        default: false,
        effect: Effect::Sets,
    });

    async fn run(self, ctx: &Ctx) -> Result<Changed> {
        let minutes = |minutes: Option<u32>| minutes.map(|minutes| minutes.to_string());
        let wanted = [
            ("autostop", minutes(self.auto_stop_interval)),
            ("autopause", minutes(self.auto_pause_interval)),
            ("autoarchive", minutes(self.auto_archive_interval)),
            (
                "autodelete",
                self.auto_delete_interval.map(|minutes| minutes.to_string()),
            ),
            ("public", self.public.map(|public| public.to_string())),
        ];
        if self.labels.is_none() && wanted.iter().all(|(_, value)| value.is_none()) {
            return Err(Error::usage("nothing was given to change"));
        }
        if self
            .auto_delete_interval
            .is_some_and(|minutes| minutes < -1)
        {
            return Err(Error::usage("autoDeleteInterval must be -1 or more"));
        }
        let client = ctx.client().await?;
        let id = resolve::find(ctx, &self.id).await?.id;
        if let Some(labels) = &self.labels {
            if let Some(session) = ctx.agent() {
                session.scope().check_labels(labels)?;
            }
            client.set_labels(&id, labels).await?;
        }
        for (setting, value) in wanted {
            if let Some(value) = value {
                client.set_sandbox(&id, setting, &value).await?;
            }
        }
        let sandbox = client.get_sandbox(&id).await?;
        let done = format!("changed {}", called(&sandbox));
        Ok(Changed { sandbox, done })
    }
}
