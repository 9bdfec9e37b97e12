//! `delete_file`: a file, or a folder with all in it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Kind, NextTool, Result};
use crate::ops::gate::{self, Subject};
use crate::ops::inside::{Inside, checked_path};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

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
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Deleted> {
        let path = checked_path(&self.file_path)?;
        let inside = Inside::of(ctx, &self.id).await?;
        let subject = Subject::Path {
            sandbox: Box::new(inside.sandbox.clone()),
            toolbox: inside.toolbox.clone(),
            path: path.to_owned(),
        };
        let deleted = gate::pass(ctx, subject.now(), async |permit| {
            let (client, toolbox) = (&inside.client, &inside.toolbox);
            client.delete_tree(toolbox, path, permit).await
        });
        deleted.await.map_err(|error| match error.kind() {
            Kind::NotFound => error.hint(NextTool::new("list_files").to("see what is there")),
            _ => error,
        })?;
        Ok(Deleted {
            deleted: self.file_path,
        })
    }
}
