//! `snapshot create`: from a sandbox as it is now, or from an image of a registry.

use std::time::Duration;

use clap::value_parser;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::{CreateSnapshot, Snapshot};
use crate::error::{Error, Result};
use crate::ops::gate::admit;
use crate::ops::sandbox::resolve;
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

use super::{Made, await_active};

/// How long a snapshot may take to be made, unless said otherwise: images can be large.
pub const TIMEOUT: Duration = Duration::from_mins(10);

/// Make a snapshot of a sandbox or an image
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Create {
    /// Name of the snapshot
    pub name: String,

    /// Sandbox to snapshot, by id or name
    #[arg(long, value_name = "SANDBOX")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub sandbox: Option<String>,

    /// OCI image to use: NAME:TAG or NAME@DIGEST
    #[arg(short, long, value_name = "IMAGE", conflicts_with = "sandbox")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub image: Option<String>,

    /// Entrypoint, split at spaces [default: the image's]
    #[arg(short, long, value_name = "COMMAND", conflicts_with = "sandbox")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub entrypoint: Option<String>,

    /// CPU cores of sandboxes created from the snapshot
    #[arg(long, value_name = "CORES", value_parser = value_parser!(u32).range(1..), conflicts_with = "sandbox")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub cpu: Option<u32>,

    /// Memory in GiB of sandboxes created from the snapshot
    #[arg(long, value_name = "GIB", value_parser = value_parser!(u32).range(1..), conflicts_with = "sandbox")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub memory: Option<u32>,

    /// Disk in GiB of sandboxes created from the snapshot
    #[arg(long, value_name = "GIB", value_parser = value_parser!(u32).range(1..), conflicts_with = "sandbox")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub disk: Option<u32>,

    /// Seconds to wait until the snapshot is active [default: 600]
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub timeout: Option<u64>,
}

impl Create {
    /// The request for an image; `name` must be said.
    pub fn request(&self) -> Result<CreateSnapshot> {
        if self.name.trim().is_empty() {
            return Err(Error::usage("the snapshot's name is empty"));
        }
        Ok(CreateSnapshot {
            name: self.name.clone(),
            image_name: self.image.clone(),
            entrypoint: self
                .entrypoint
                .as_ref()
                .map(|text| text.split_whitespace().map(str::to_owned).collect()),
            cpu: self.cpu,
            memory: self.memory,
            disk: self.disk,
            ..CreateSnapshot::default()
        })
    }

    /// How long to wait.
    pub fn patience(&self) -> Duration {
        self.timeout.map_or(TIMEOUT, Duration::from_secs)
    }
}

/// The result as people see it.
pub fn made(snapshot: Snapshot) -> Made {
    let name = &snapshot.name;
    let done = format!(
        "made the snapshot `{name}` ({})\nstart from it: `daytona create --snapshot {name}`",
        snapshot.id
    );
    Made { snapshot, done }
}

impl Operation for Create {
    type Output = Made;

    const TOOL: Option<Tool> = Some(Tool {
        name: "create_snapshot",
        title: "Create snapshot",
        description: "Makes a snapshot of a sandbox as it is now, or of an OCI image, and waits until sandboxes can be made from it.",
        group: Group::Snapshot,
        default: false,
        effect: Effect::Adds,
        on: On::NewSnapshot,
        open_world: true,
    });

    const COMMAND: Option<&'static str> = Some("snapshot create");

    async fn run(self, ctx: &Ctx) -> Result<Made> {
        let request = self.request()?;
        let making = async {
            let client = ctx.client().await?;
            match (&self.sandbox, &self.image) {
                (Some(sandbox), None) => {
                    let of = resolve::find(ctx, sandbox).await?.id;
                    client.snapshot_sandbox(&of, &self.name).await?;
                    await_active(ctx, &client, &self.name, Some(&of), self.patience()).await
                }
                // It is there already where the wait for it fails.
                (None, Some(_)) => client.create_snapshot(&request).await,
                _ => Err(Error::usage(
                    "say what to make the snapshot of: a sandbox or an image",
                )),
            }
        };
        let mut snapshot = admit::new_snapshot(ctx, &self.name, making).await?;
        if self.image.is_some() {
            let client = ctx.client().await?;
            snapshot = await_active(ctx, &client, &snapshot.id, None, self.patience()).await?;
        }
        Ok(made(snapshot))
    }
}

impl TerminalCommand for Create {
    fn doing(&self) -> String {
        format!("making the snapshot `{}`", self.name)
    }
}
