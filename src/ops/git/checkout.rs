//! `git_checkout`: another branch or commit, or a new branch.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind, NextTool, Result};
use crate::ops::inside::{Inside, checked_path};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::fetch::fetch;
use super::trouble::explained;

/// What to check out
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Checkout {
    /// The repository's folder
    pub path: String,

    /// Branch, tag or commit; fetched where it is not here
    pub branch: String,

    /// Make the branch first
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub create: bool,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// What is checked out
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct CheckedOut {
    /// The branch; none where it is a commit
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub branch: Option<String>,
    /// The commit; none of an empty repository
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub commit: Option<String>,
}

impl Operation for Checkout {
    type Output = CheckedOut;

    const TOOL: Option<Tool> = Some(Tool {
        name: "git_checkout",
        title: "Check out branch",
        description: "Checks out a branch or commit of a repository in a sandbox; with create, a new branch. \
            Changes that were not committed are not lost: it refuses then.",
        group: Group::Git,
        default: false,
        effect: Effect::Sets,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<CheckedOut> {
        let path = checked_path(&self.path)?;
        let inside = Inside::of(ctx, &self.id).await?;
        let (client, toolbox) = (&inside.client, inside.toolbox.as_str());
        if self.branch.starts_with('-') {
            return Err(Error::usage(format!(
                "`{}` cannot be a branch",
                self.branch
            )));
        }
        let mut done = if self.create {
            client.git_create_branch(toolbox, path, &self.branch).await
        } else {
            client.git_checkout(toolbox, path, &self.branch).await
        };
        // A clone has one branch, and of it the last commit: others are fetched when they are asked for.
        let missing = matches!(&done, Err(error) if matches!(error.kind(), Kind::NotFound | Kind::Usage | Kind::Other));
        if missing && !self.create {
            ctx.tell("fetching");
            if fetch(&inside, path, &self.branch).await? {
                done = client.git_checkout(toolbox, path, &self.branch).await;
            }
        }
        done.map_err(|error| match error.kind() {
            Kind::Conflict if self.create => error.hint(
                NextTool::new("git_checkout")
                    .to("it is there")
                    .words(" without create"),
            ),
            Kind::Conflict => {
                error.hint(NextTool::new("git_commit").to("commit the changes first"))
            }
            _ => explained(error),
        })?;
        let last = client.git_history(toolbox, path, 1).await?.pop();
        Ok(CheckedOut {
            branch: client.git_branches(toolbox, path).await?.current,
            commit: last.map(|commit| commit.hash),
        })
    }
}
