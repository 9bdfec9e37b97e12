//! `create_folder`: a folder, and those above it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::ops::inside::{Inside, checked_path};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

/// A new folder
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateFolder {
    /// Path of the folder
    #[schemars(description = "")]
    pub folder_path: String,

    /// Its permissions in octal [default: 0755]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub mode: Option<String>,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// A folder that is there
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Folder {
    /// Its path
    pub path: String,
    /// Its permissions in octal
    pub permissions: String,
}

impl Operation for CreateFolder {
    type Output = Folder;

    const TOOL: Option<Tool> = Some(Tool {
        name: "create_folder",
        title: "Create folder",
        description: "Makes a folder with all above it; fine where it is there.",
        group: Group::Files,
        default: true,
        effect: Effect::Sets,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Folder> {
        let path = checked_path(&self.folder_path)?;
        let inside = Inside::of(ctx, &self.id).await?;
        let mode = self.mode.as_deref().unwrap_or("0755");
        inside
            .client
            .create_folder(&inside.toolbox, path, mode)
            .await?;
        let permissions = inside.info(path).await?.permissions;
        Ok(Folder {
            path: self.folder_path,
            permissions,
        })
    }
}
