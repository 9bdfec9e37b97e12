//! `volume info`: everything about one volume.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::Volume;
use crate::error::Result;
use crate::ops::{Ctx, Operation};

use super::find;

/// Show everything about a volume
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Get {
    /// Name or id of the volume
    #[arg(value_name = "VOLUME")]
    pub name: String,
}

impl Operation for Get {
    type Output = Volume;

    async fn run(self, ctx: &Ctx) -> Result<Volume> {
        find(&*ctx.client().await?, &self.name).await
    }
}
