//! `volume list`: which volumes there are.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Result;
use crate::ops::{Ctx, Operation};

use super::view::Volumes;

/// List volumes
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct List {}

impl Operation for List {
    type Output = Volumes;

    async fn run(self, ctx: &Ctx) -> Result<Volumes> {
        let items = ctx.client().await?.list_volumes().await?;
        Ok(Volumes { items })
    }
}
