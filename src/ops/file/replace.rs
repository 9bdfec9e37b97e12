//! `replace_in_files`: one text for another.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::types::ReplaceRequest;
use crate::error::{Error, Kind, Result};
use crate::ops::inside::{Inside, checked};
use crate::ops::{Ctx, Effect, Group, Operation, Tool};

/// One text for another
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Replace {
    /// Paths of the files
    pub files: Vec<String>,

    /// Text to replace everywhere in them, literally
    pub pattern: String,

    /// What takes its place
    pub new_value: String,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// What became of the files
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Replaced {
    /// Those that have the new text, or did not have the old one
    pub done: Vec<String>,
    /// Those that could not be changed, and why
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<Unchanged>,
}

/// A file that could not be changed
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Unchanged {
    /// Its path
    pub file: String,
    /// Why
    pub error: String,
}

impl Operation for Replace {
    type Output = Replaced;

    const TOOL: Option<Tool> = Some(Tool {
        name: "replace_in_files",
        title: "Replace in files",
        description: "Replaces a text by another wherever it is in the given files of a sandbox.",
        group: Group::Files,
        default: false,
        effect: Effect::Overwrites,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Replaced> {
        if self.files.is_empty() || self.pattern.is_empty() {
            return Err(Error::usage("files and pattern must not be empty"));
        }
        for file in &self.files {
            checked(file)?;
        }
        let inside = Inside::of(ctx, &self.id).await?;
        let request = ReplaceRequest {
            files: self.files,
            pattern: self.pattern,
            new_value: self.new_value,
        };
        let results = inside
            .client
            .replace_in_files(&inside.toolbox, &request)
            .await?;
        let (mut done, mut failed) = (Vec::new(), Vec::new());
        for result in results {
            if result.success {
                done.push(result.file);
            } else {
                failed.push(Unchanged {
                    file: result.file,
                    error: result.error.unwrap_or_else(|| "no reason is given".into()),
                });
            }
        }
        match failed.first() {
            Some(first) if done.is_empty() => Err(Error::new(
                Kind::Other,
                format!("{} could not be changed: {}", first.file, first.error),
            )
            .hint("see what is there: call list_files")),
            _ => Ok(Replaced { done, failed }),
        }
    }
}
