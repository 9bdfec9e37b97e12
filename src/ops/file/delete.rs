//! `delete_file`: a file, or a folder with all in it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Kind, Result};
use crate::ops::inside::{Inside, checked};
use crate::ops::{Ctx, Effect, Group, Loss, Operation, Tool};

/// A file or folder to delete
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteFile {
    /// Path of the file or folder
    #[schemars(description = "")]
    pub file_path: String,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// What was deleted
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Deleted {
    /// Its path
    pub deleted: String,
}

impl Operation for DeleteFile {
    type Output = Deleted;

    const TOOL: Option<Tool> = Some(Tool {
        name: "delete_file",
        title: "Delete file",
        description: "Deletes a file, or a folder with everything in it, for good.",
        group: Group::Files,
        default: true,
        effect: Effect::Destroys,
    });

    async fn run(self, ctx: &Ctx) -> Result<Deleted> {
        let path = checked(&self.file_path)?;
        let inside = Inside::of(ctx, &self.id).await?;
        let deleted = inside.client.delete_tree(&inside.toolbox, path).await;
        deleted.map_err(|error| match error.kind() {
            Kind::NotFound => error.hint("see what is there: call list_files"),
            _ => error,
        })?;
        Ok(Deleted {
            deleted: self.file_path,
        })
    }

    async fn loss(&self, ctx: &Ctx) -> Result<Option<Loss>> {
        let path = checked(&self.file_path)?;
        let inside = Inside::of(ctx, &self.id).await?;
        let info = match inside.info(path).await {
            // Nothing, or a link to nothing.
            Err(error) if error.kind() == Kind::NotFound => return Ok(None),
            info => info?,
        };
        let what = if info.is_dir {
            let inner = inside.client.list_files(&inside.toolbox, path).await?;
            match inner.len() {
                0 => format!("the empty folder {path}"),
                1 => format!("the folder {path} with the one entry in it"),
                many => format!("the folder {path} with all of its {many} entries"),
            }
        } else {
            format!("the file {path} ({} bytes)", info.size)
        };
        Ok(Some(Loss {
            what: format!("{what} in sandbox `{}`", inside.name()),
            state: format!("{} {} {}", inside.sandbox.id, info.size, info.modified_at),
            made_here: ctx.has_made(&inside.sandbox.id),
        }))
    }
}
