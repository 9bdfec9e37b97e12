//! `move_file`: another name for a file or folder.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Kind, NextTool, Result};
use crate::ops::inside::{Inside, checked_path};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

/// Another name for a file or folder
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Move {
    /// Path of the file or folder
    #[schemars(description = "")]
    pub source_path: String,

    /// Its new path
    #[schemars(description = "")]
    pub dest_path: String,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// What was moved
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Moved {
    /// Where it was
    pub source_path: String,
    /// Where it is
    pub dest_path: String,
}

impl Operation for Move {
    type Output = Moved;

    const TOOL: Option<Tool> = Some(Tool {
        name: "move_file",
        title: "Move file",
        description: "Moves or renames a file or folder; the new path must be free.",
        group: Group::Files,
        default: true,
        effect: Effect::Sets,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Moved> {
        let (from, to) = (
            checked_path(&self.source_path)?,
            checked_path(&self.dest_path)?,
        );
        let inside = Inside::of(ctx, &self.id).await?;
        let moved = inside.client.move_file(&inside.toolbox, from, to).await;
        moved.map_err(|error| match error.kind() {
            Kind::Conflict => error
                .hint(NextTool::new("delete_file").to("choose another path, or delete that one")),
            Kind::NotFound => {
                error.hint(NextTool::new("create_folder").to("make the folder that it is to be in"))
            }
            _ => error,
        })?;
        Ok(Moved {
            source_path: self.source_path,
            dest_path: self.dest_path,
        })
    }
}
