//! `get_file_info`: what is at a path.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Result;
use crate::ops::inside::Inside;
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::view::File;

/// What is at a path
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Info {
    /// Path of the file or folder
    #[schemars(description = "")]
    pub file_path: String,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

impl Operation for Info {
    type Output = File;

    const TOOL: Option<Tool> = Some(Tool {
        name: "get_file_info",
        title: "Get file info",
        description: "Returns type, size, time of change, permissions and owner of a file or folder.",
        group: Group::Files,
        default: true,
        effect: Effect::Reads,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<File> {
        let inside = Inside::of(ctx, &self.id).await?;
        let info = inside.info(&self.file_path).await?;
        Ok(File::at(&self.file_path, info))
    }
}
