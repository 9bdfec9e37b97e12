//! `set_file_permissions`: mode, owner and group of a file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::Permissions;
use crate::error::{Error, Result};
use crate::ops::inside::{Inside, checked_path};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::view::File;

/// Mode, owner and group of a file
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetPermissions {
    /// Path of the file or folder
    pub file_path: String,

    /// Permissions in octal, e.g. 0644
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub mode: Option<String>,

    /// User: name or number
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub owner: Option<String>,

    /// Group: name or number
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub group: Option<String>,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

impl Operation for SetPermissions {
    type Output = File;

    const TOOL: Option<Tool> = Some(Tool {
        name: "set_file_permissions",
        title: "Set file permissions",
        description: "Sets the mode, owner or group of a file or folder in a sandbox; what is not given stays.",
        group: Group::Files,
        default: false,
        effect: Effect::Sets,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<File> {
        let path = checked_path(&self.file_path)?;
        if [&self.mode, &self.owner, &self.group]
            .iter()
            .all(|one| one.is_none())
        {
            return Err(Error::usage("one of mode, owner and group is needed"));
        }
        let inside = Inside::of(ctx, &self.id).await?;
        let to = Permissions {
            mode: self.mode,
            owner: self.owner,
            group: self.group,
        };
        inside
            .client
            .change_permissions(&inside.toolbox, path, to)
            .await?;
        Ok(File::at(path, inside.info(path).await?))
    }
}
