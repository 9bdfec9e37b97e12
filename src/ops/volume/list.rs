//! `volume list`: which volumes there are.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Result;
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::view::Volumes;

/// List volumes
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct List {}

impl Operation for List {
    type Output = Volumes;

    const TOOL: Option<Tool> = Some(Tool {
        name: "list_volumes",
        title: "List volumes",
        description: "Lists the volumes: folders that outlive sandboxes and can be mounted by several, in create_sandbox.",
        group: Group::Volume,
        default: false,
        effect: Effect::Reads,
        on: On::Nothing,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Volumes> {
        let items = ctx.client().await?.list_volumes().await?;
        Ok(Volumes { items })
    }
}
