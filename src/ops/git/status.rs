//! `git_status`: what is not as in the last commit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::ops::inside::{Inside, checked_path};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::trouble::explained;

/// How many files are shown.
const MOST_FILES: usize = 200;

/// What is not as in the last commit
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Status {
    /// The repository's folder
    pub path: String,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// The state of a repository
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct State {
    /// The branch; HEAD where none is checked out
    pub branch: String,
    /// The branch of the remote that belongs to it
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub upstream: Option<String>,
    /// Commits that the remote does not have
    pub ahead: u64,
    /// Commits that only the remote has
    pub behind: u64,
    /// Files that are not as in the last commit: the first 200
    pub files: Vec<Changed>,
    /// How many such files there are
    pub total: usize,
}

/// A file that is not as in the last commit
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// Its name, relative to the repository
    pub name: String,
    /// Its name before it was renamed
    #[serde(skip_serializing_if = "String::is_empty")]
    pub renamed_from: String,
    /// What is staged: Unmodified, Untracked, Modified, Added, Deleted, Renamed
    pub staged: String,
    /// What is not
    pub worktree: String,
}

impl Operation for Status {
    type Output = State;

    const TOOL: Option<Tool> = Some(Tool {
        name: "git_status",
        title: "Repository status",
        description: "Returns the branch of a repository in a sandbox, and which files are not as in the last commit.",
        group: Group::Git,
        default: false,
        effect: Effect::Reads,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<State> {
        let path = checked_path(&self.path)?;
        let inside = Inside::of(ctx, &self.id).await?;
        let status = inside.client.git_status(&inside.toolbox, path).await;
        let status = status.map_err(explained)?;
        let total = status.file_status.len();
        let files = status.file_status.into_iter().take(MOST_FILES);
        Ok(State {
            branch: status.current_branch,
            upstream: status.upstream,
            ahead: status.ahead,
            behind: status.behind,
            files: files
                .map(|file| Changed {
                    name: file.name,
                    renamed_from: file.extra,
                    staged: file.staging,
                    worktree: file.worktree,
                })
                .collect(),
            total,
        })
    }
}
