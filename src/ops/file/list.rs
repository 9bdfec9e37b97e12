//! `list_files`: what is in a folder, a page at a time.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::ops::inside::{Inside, checked_path};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::view::Entry;

/// How many are shown at once, unless said otherwise.
const LIMIT: usize = 200;

/// What is in a folder
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct List {
    /// The folder [default: .]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", description = "")]
    pub path: Option<String>,

    /// First to return, from 0
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub offset: Option<usize>,

    /// Most to return [default: 200]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub limit: Option<usize>,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// What is in a folder, by name
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Listed {
    /// The folder
    pub path: String,
    /// Some of what is in it
    pub files: Vec<Entry>,
    /// How many there are
    pub total: usize,
    /// Whether there are more after these
    #[schemars(skip)]
    pub truncated: bool,
    /// The offset of the next, where there are more
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub next_offset: Option<usize>,
}

impl Operation for List {
    type Output = Listed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "list_files",
        title: "List files",
        description: "Lists a folder: type, size and time of change of each, and how many there are.",
        group: Group::Files,
        default: true,
        effect: Effect::Reads,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Listed> {
        let inside = Inside::of(ctx, &self.id).await?;
        let path = self.path.unwrap_or_else(|| ".".to_owned());
        let found = inside
            .client
            .list_files(&inside.toolbox, checked_path(&path)?)
            .await?;
        let total = found.len();
        let offset = self.offset.unwrap_or(0);
        let files: Vec<Entry> = found
            .into_iter()
            .skip(offset)
            .take(self.limit.unwrap_or(LIMIT))
            .map(Entry::from)
            .collect();
        let next = offset.saturating_add(files.len());
        let truncated = next < total;
        Ok(Listed {
            path,
            truncated,
            // A page of nothing leads nowhere.
            next_offset: (truncated && !files.is_empty()).then_some(next),
            files,
            total,
        })
    }
}
