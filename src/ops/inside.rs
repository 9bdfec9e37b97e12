//! What a tool works on that acts inside a sandbox: the sandbox, running, and the way to its toolbox.

use std::sync::Arc;

use crate::api::types::{ExecuteRequest, ExecuteResponse, FileInfo, Sandbox};
use crate::api::{Client, FilePart};
use crate::error::{Error, Kind, NextTool, Result};

use super::Ctx;
use super::sandbox::resolve;

/// A sandbox that runs.
pub struct Inside {
    /// The client of its server.
    pub client: Arc<Client>,
    /// The sandbox.
    pub sandbox: Sandbox,
    /// Where its toolbox is.
    pub toolbox: String,
}

impl Inside {
    /// The sandbox of that id or name; one that rests is started.
    pub async fn of(ctx: &Ctx, id: &str) -> Result<Self> {
        let sandbox = resolve::running(ctx, id, true).await?;
        let client = ctx.client().await?;
        let toolbox = client.toolbox(&sandbox).await?;
        Ok(Self {
            client,
            sandbox,
            toolbox,
        })
    }

    /// What to call the sandbox: its name, or else its id.
    pub fn name(&self) -> &str {
        if self.sandbox.name.is_empty() {
            &self.sandbox.id
        } else {
            &self.sandbox.name
        }
    }

    /// What is at a path.
    pub async fn info(&self, path: &str) -> Result<FileInfo> {
        self.client
            .file_info(&self.toolbox, checked_path(path)?)
            .await
            .map_err(|error| match error.kind() {
                Kind::NotFound => error.hint(NextTool::new("list_files").to("see what is there")),
                _ => error,
            })
    }

    /// The file at a path: a folder is none.
    pub async fn file(&self, path: &str) -> Result<FileInfo> {
        let info = self.info(path).await?;
        if info.is_dir {
            let message = format!("{path} is a folder");
            return Err(
                Error::usage(message).hint(NextTool::new("list_files").to("see what is in it"))
            );
        }
        Ok(info)
    }

    /// Some bytes of a file.
    pub async fn part(&self, path: &str, start: u64, length: u64) -> Result<FilePart> {
        self.client
            .download_part(&self.toolbox, path, start, length)
            .await
    }

    /// Runs shell text to its end, and returns what it wrote.
    pub async fn run(&self, request: &ExecuteRequest) -> Result<ExecuteResponse> {
        self.client.execute(&self.toolbox, request).await
    }
}

/// A path that says something.
pub fn checked_path(path: &str) -> Result<&str> {
    if path.trim().is_empty() || path.contains('\0') {
        return Err(Error::usage(format!("`{path}` cannot be a path")));
    }
    Ok(path)
}
