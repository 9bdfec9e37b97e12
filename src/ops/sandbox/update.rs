//! `update_sandbox`: other labels, intervals and visibility for a sandbox.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::Permit;
use crate::api::types::Sandbox;
use crate::error::{Error, Result};
use crate::ops::gate::{self, How, Removal, Subject};
use crate::ops::session::{is_reserved, reserved};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

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

    /// Stop after this many idle minutes; 0 is never
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub auto_stop_interval: Option<u32>,

    /// Pause after this many idle minutes; 0 is never
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

impl Update {
    /// When the sandbox goes by these settings though it did not by those before, or goes sooner.
    fn goes(&self, before: &Sandbox) -> Option<String> {
        let delete_before = before.auto_delete_interval.unwrap_or(-1);
        let delete = self.auto_delete_interval.map_or(delete_before, i64::from);
        let sooner =
            |now: i64, then: i64, never: i64| now != never && (then == never || now < then);
        if sooner(delete, delete_before, -1) {
            return Some(match delete {
                0 => "as soon as it stops".to_owned(),
                1 => "a minute after it stops".to_owned(),
                minutes => format!("{minutes} minutes after it stops"),
            });
        }
        let stop_before = before.auto_stop_interval.unwrap_or(0);
        let stop = self.auto_stop_interval.map_or(stop_before, i64::from);
        if delete == 0 && sooner(stop, stop_before, 0) {
            return Some(format!("{stop} minutes after it is used the last time"));
        }
        None
    }
}

/// The labels that it is to have; those by which sessions know their sandboxes are nobody's to change.
fn session_labels_kept(
    ctx: &Ctx,
    wanted: &BTreeMap<String, String>,
    before: &Sandbox,
) -> Result<BTreeMap<String, String>> {
    let mut labels = wanted.clone();
    if let Some(session) = ctx.session() {
        session.scope().check_labels(wanted)?;
        for (key, value) in wanted {
            if is_reserved(key) && before.labels.get(key) != Some(value) {
                return Err(reserved(key));
            }
        }
        let kept = before.labels.iter().filter(|(key, _)| is_reserved(key));
        labels.extend(kept.map(|(key, value)| (key.clone(), value.clone())));
    }
    Ok(labels)
}

impl Operation for Update {
    type Output = Changed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "update_sandbox",
        title: "Update sandbox",
        description: "Changes the labels, intervals or visibility of a sandbox; what is not given stays. An interval by which it is deleted is confirmed first.",
        group: Group::Sandbox,
        default: false,
        effect: Effect::Destroys,
        on: On::Sandbox,
        open_world: false,
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
        let before = resolve::find(ctx, &self.id).await?;
        let labels = match &self.labels {
            Some(labels) => Some(session_labels_kept(ctx, labels, &before)?),
            None => None,
        };
        let change = async |permit: Option<&Permit>| {
            if let Some(labels) = &labels {
                client.set_labels(&before.id, labels).await?;
            }
            for (setting, value) in &wanted {
                if let Some(value) = value {
                    let permit = permit.filter(|_| setting.starts_with("auto"));
                    client
                        .set_sandbox(&before.id, setting, value, permit)
                        .await?;
                }
            }
            client.get_sandbox(&before.id).await
        };
        let sandbox = match self.goes(&before) {
            Some(when) => {
                let removal = Removal {
                    subject: Subject::from(&before),
                    how: How::Later(when),
                };
                gate::pass(ctx, removal, async |permit| change(Some(permit)).await).await?
            }
            None => change(None).await?,
        };
        let done = format!("changed {}", called(&sandbox));
        Ok(Changed::new(sandbox, done))
    }
}
