//! `git_push` and `git_pull`: commits to another server, and from it.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::GitRemoteAccess;
use crate::error::{Hint, Kind, NextTool, Result};
use crate::ops::inside::{Inside, checked_path};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::ssh;
use super::trouble::explained;

/// How long a push or pull over SSH may take.
const LONGEST_TRANSFER: Duration = Duration::from_mins(10);

/// What to push, and with which credentials
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Push {
    /// The repository's folder
    pub path: String,

    /// Branch [default: the one that is checked out]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub branch: Option<String>,

    /// Remote [default: origin]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub remote: Option<String>,

    /// For a server that asks
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub username: Option<String>,

    /// Or token
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub password: Option<String>,

    /// SSH: variable or file of the sandbox with the private key
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub ssh_key: Option<String>,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// What to pull, and with which credentials
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Pull(Push);

/// How the branch stands to the remote's
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Synced {
    /// The branch that is checked out
    pub branch: String,
    /// The last commit; none of an empty repository
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub commit: Option<String>,
    /// Commits that the remote does not have
    pub ahead: u64,
    /// Commits that only the remote has
    pub behind: u64,
}

impl Operation for Push {
    type Output = Synced;

    const TOOL: Option<Tool> = Some(Tool {
        name: "git_push",
        title: "Push",
        description: "Pushes a branch of a repository in a sandbox to its remote. Never forced.",
        group: Group::Git,
        default: false,
        effect: Effect::Acts,
        on: On::Sandbox,
        open_world: true,
    });

    async fn run(self, ctx: &Ctx) -> Result<Synced> {
        let path = checked_path(&self.path)?.to_owned();
        let inside = Inside::of(ctx, &self.id).await?;
        let key = self.ssh_key.clone().filter(|key| !key.is_empty());
        let mut access = self.access();
        access.set_upstream = Some(true);
        let pushed = match key {
            Some(key) => {
                let remote = access.remote.as_deref().unwrap_or("origin");
                let branch = access.branch.as_deref().unwrap_or("HEAD");
                let push = vec![
                    "-C",
                    &path,
                    "push",
                    "--quiet",
                    "--set-upstream",
                    "--",
                    remote,
                    branch,
                ];
                ssh::git(&inside, &key, &[push], LONGEST_TRANSFER).await
            }
            None => {
                inside
                    .client
                    .git_push(&inside.toolbox, &path, &access)
                    .await
            }
        };
        pushed.map_err(|error| match error.kind() {
            Kind::Conflict => {
                error.hint(NextTool::new("git_pull").to("the remote has commits that are not here"))
            }
            _ => explained(error),
        })?;
        synced(&inside, &path).await
    }
}

impl Operation for Pull {
    type Output = Synced;

    const TOOL: Option<Tool> = Some(Tool {
        name: "git_pull",
        title: "Pull",
        description: "Pulls commits of the remote into the branch of a repository in a sandbox; forward only, it merges nothing.",
        group: Group::Git,
        default: false,
        effect: Effect::Sets,
        on: On::Sandbox,
        open_world: true,
    });

    async fn run(self, ctx: &Ctx) -> Result<Synced> {
        let path = checked_path(&self.0.path)?.to_owned();
        let inside = Inside::of(ctx, &self.0.id).await?;
        let key = self.0.ssh_key.clone().filter(|key| !key.is_empty());
        let access = self.0.access();
        let pulled = match key {
            Some(key) => {
                let mut pull = vec!["-C", &path, "pull", "--quiet", "--ff-only"];
                if access.remote.is_some() || access.branch.is_some() {
                    pull.extend(["--", access.remote.as_deref().unwrap_or("origin")]);
                    pull.extend(access.branch.as_deref());
                }
                ssh::git(&inside, &key, &[pull], LONGEST_TRANSFER).await
            }
            None => {
                inside
                    .client
                    .git_pull(&inside.toolbox, &path, &access)
                    .await
            }
        };
        pulled.map_err(|error| match error.kind() {
            Kind::Conflict => error.hint(
                Hint::new("both sides have commits of their own: merge or rebase by ")
                    .step(NextTool::new("execute_command")),
            ),
            _ => explained(error),
        })?;
        synced(&inside, &path).await
    }
}

impl Push {
    fn access(self) -> GitRemoteAccess {
        let set = |text: Option<String>| text.filter(|text| !text.is_empty());
        GitRemoteAccess {
            remote: set(self.remote),
            branch: set(self.branch),
            username: set(self.username),
            password: set(self.password),
            set_upstream: None,
        }
    }
}

async fn synced(inside: &Inside, path: &str) -> Result<Synced> {
    let (client, toolbox) = (&inside.client, inside.toolbox.as_str());
    let status = client.git_status(toolbox, path).await?;
    let last = client.git_history(toolbox, path, 1).await?.pop();
    Ok(Synced {
        branch: status.current_branch,
        commit: last.map(|commit| commit.hash),
        ahead: status.ahead,
        behind: status.behind,
    })
}
