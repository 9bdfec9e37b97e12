//! `template list`: which templates there are.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Result;
use crate::ops::{Ctx, Operation};

use super::view::Templates;

/// List templates
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct List {}

impl Operation for List {
    type Output = Templates;

    async fn run(self, ctx: &Ctx) -> Result<Templates> {
        let items = ctx.templates().all()?;
        Ok(Templates { items })
    }
}
