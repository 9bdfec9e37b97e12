//! `list_jobs`: the jobs of a sandbox whose files are still there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Kind, Result};
use crate::ops::sandbox::resolve;
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::follow::JobState;
use super::place::{FOLDER, JobPlace};

/// How many are shown, the newest first.
const MOST_JOBS: usize = 50;
/// How much of a command is shown, in characters.
const LINE: usize = 120;

/// List the jobs of a sandbox
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListJobs {
    /// Sandbox; default: own
    #[serde(default)]
    pub id: String,
}

/// Jobs of a sandbox, the newest first
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Jobs {
    /// At most 50
    pub jobs: Vec<Job>,
    /// How many there are
    pub total: usize,
}

/// One job
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Job {
    /// Its id
    pub job: String,
    /// How it is
    pub status: &'static str,
    /// When it began
    pub begun: String,
    /// The beginning of what it runs
    pub command: String,
}

impl Operation for ListJobs {
    type Output = Jobs;

    const TOOL: Option<Tool> = Some(Tool {
        name: "list_jobs",
        title: "List jobs",
        description: "Lists the jobs of a sandbox that run, or whose output is still there, also of other sessions.",
        group: Group::Exec,
        default: false,
        effect: Effect::Reads,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Jobs> {
        let sandbox = resolve::running(ctx, &self.id, true).await?;
        let client = ctx.client().await?;
        let toolbox = client.toolbox(&sandbox).await?;
        let mut folders = match client.list_files(&toolbox, FOLDER).await {
            Ok(folders) => folders,
            Err(error) if error.kind() == Kind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        folders.sort_by(|one, other| other.modified_at.cmp(&one.modified_at));
        let total = folders.len();
        let mut jobs = Vec::new();
        for folder in folders.into_iter().take(MOST_JOBS) {
            let place = JobPlace {
                client: client.clone(),
                sandbox: sandbox.clone(),
                toolbox: toolbox.clone(),
                id: folder.name.clone(),
            };
            let command = place.read("command").await?.unwrap_or_default();
            jobs.push(Job {
                status: match place.state().await? {
                    JobState::Running => "running",
                    JobState::Ended(_) => "ended",
                    JobState::TimedOut => "timed_out",
                    JobState::Killed => "killed",
                    JobState::Lost => "lost",
                },
                job: folder.name,
                begun: folder.modified_at,
                command: command.chars().take(LINE).collect(),
            });
        }
        Ok(Jobs { jobs, total })
    }
}
