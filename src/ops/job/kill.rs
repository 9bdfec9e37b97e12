//! `kill_job`: ends a job with all that it started.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Result;
use crate::ops::{Ctx, Effect, Group, On, Operation, Role, Tool};

use super::follow::JobState;
use super::place::JobPlace;
use super::report::{Ran, milliseconds, report};

/// End a job
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KillJob {
    /// From an earlier result
    pub job: String,

    /// Sandbox; default: own
    #[serde(default)]
    pub id: String,
}

impl Operation for KillJob {
    type Output = Ran;

    const TOOL: Option<Tool> = Some(Tool {
        name: "kill_job",
        title: "Kill job",
        description: "Ends a job and what it started; its output stays.",
        group: Group::Exec,
        default: true,
        effect: Effect::Acts,
        on: On::Sandbox,
        open_world: false,
    });

    const ROLES: &'static [Role] = &[Role::EndsJobs];

    async fn run(self, ctx: &Ctx) -> Result<Ran> {
        let place = JobPlace::of(ctx, &self.id, &self.job).await?;
        if place.state().await? == JobState::Running {
            place.end("kill").await?;
        }
        let state = place.state().await?;
        let mut ran = report(ctx, &place, state).await?;
        ran.duration_ms = milliseconds(place.lasted().await);
        Ok(ran)
    }
}
