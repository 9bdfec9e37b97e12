//! `git_branches`: the local branches of a repository.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::ops::inside::{Inside, checked_path};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::trouble::explained;

/// How many are shown.
const MOST_BRANCHES: usize = 200;

/// The local branches
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Branches {
    /// The repository's folder
    pub path: String,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// Branches
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Listed {
    /// Their names: the first 200
    pub branches: Vec<String>,
    /// How many there are
    pub total: usize,
    /// The one that is checked out
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub current: Option<String>,
}

impl Operation for Branches {
    type Output = Listed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "git_branches",
        title: "List branches",
        description: "Lists the local branches of a repository in a sandbox, and which is checked out.",
        group: Group::Git,
        default: false,
        effect: Effect::Reads,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Listed> {
        let path = checked_path(&self.path)?;
        let inside = Inside::of(ctx, &self.id).await?;
        let found = inside.client.git_branches(&inside.toolbox, path).await;
        let mut found = found.map_err(explained)?;
        let total = found.branches.len();
        found.branches.truncate(MOST_BRANCHES);
        Ok(Listed {
            branches: found.branches,
            total,
            current: found.current,
        })
    }
}
