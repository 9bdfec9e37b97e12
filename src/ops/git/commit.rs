//! `git_commit`: stages files and commits them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Hint, Kind, NextTool, Result};
use crate::ops::inside::{Inside, checked_path};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::trouble::explained;

/// What to commit
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Commit {
    /// The repository's folder
    pub path: String,

    /// What it says
    pub message: String,

    /// Files to stage first, relative to the repository; . for all
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,

    /// Who makes it [default: git's user.name]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub author: Option<String>,

    /// Their address [default: git's user.email]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub email: Option<String>,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// The commit
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Committed {
    /// The commit
    pub commit: String,
}

impl Operation for Commit {
    type Output = Committed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "git_commit",
        title: "Commit",
        description: "Commits what is staged in a repository of a sandbox; with files, stages those before.",
        group: Group::Git,
        default: false,
        effect: Effect::Adds,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Committed> {
        let path = checked_path(&self.path)?;
        if self.message.trim().is_empty() {
            return Err(Error::usage("the commit's message is empty"));
        }
        let inside = Inside::of(ctx, &self.id).await?;
        let (client, toolbox) = (&inside.client, inside.toolbox.as_str());
        let author = who(&inside, path, self.author, "user.name").await?;
        let email = who(&inside, path, self.email, "user.email").await?;
        if !self.files.is_empty() {
            let added = client.git_add(toolbox, path, &self.files).await;
            added.map_err(explained)?;
        }
        let made = client
            .git_commit(toolbox, path, &self.message, (&author, &email))
            .await;
        let made = made.map_err(|error| match error.kind() {
            Kind::Conflict => error.hint(
                Hint::new("stage what has changed: give files")
                    .or(NextTool::new("git_status").to("see it")),
            ),
            _ => explained(error),
        })?;
        Ok(Committed { commit: made.hash })
    }
}

/// What was given, else the repository's setting, else the user's.
async fn who(inside: &Inside, path: &str, given: Option<String>, key: &str) -> Result<String> {
    if let Some(given) = given.filter(|given| !given.trim().is_empty()) {
        return Ok(given);
    }
    for place in [Some(path), None] {
        let set = inside.client.git_config(&inside.toolbox, place, key).await;
        if let Ok(Some(value)) = set {
            return Ok(value);
        }
    }
    Err(
        Error::usage(format!("it is not known who commits: git has no {key}")).hint(
            Hint::new("call ").step(
                NextTool::new("git_commit")
                    .again()
                    .with("author", "")
                    .with("email", ""),
            ),
        ),
    )
}
