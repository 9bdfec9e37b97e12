//! `get_job`: how a job is, and what it has written.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Result;
use crate::ops::{Ctx, Effect, Group, On, Operation, Role, Tool};

use super::place::JobPlace;
use super::report::{Ran, call_limit, milliseconds, report};

/// How a job is
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetJob {
    /// From an earlier result
    pub job: String,

    /// Sandbox; default: own
    #[serde(default)]
    pub id: String,

    /// Seconds to wait for its end
    #[serde(default)]
    #[schemars(with = "u32")]
    pub wait: Option<u64>,
}

impl Operation for GetJob {
    type Output = Ran;

    const TOOL: Option<Tool> = Some(Tool {
        name: "get_job",
        title: "Get job",
        description: "Status and output of a command that runs in the background or took long.",
        group: Group::Exec,
        default: true,
        effect: Effect::Reads,
        on: On::Sandbox,
        open_world: false,
    });

    const ROLES: &'static [Role] = &[Role::ReadsFiles, Role::AwaitsJobs];

    async fn run(self, ctx: &Ctx) -> Result<Ran> {
        let place = JobPlace::of(ctx, &self.id, &self.job).await?;
        let wait = self.wait.map_or(Duration::ZERO, Duration::from_secs);
        let state = if wait.is_zero() {
            place.state().await?
        } else {
            place.wait(ctx, None, wait.min(call_limit(ctx))).await?
        };
        let mut ran = report(ctx, &place, state).await?;
        ran.duration_ms = milliseconds(place.lasted().await);
        Ok(ran)
    }
}
