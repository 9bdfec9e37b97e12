//! `trash info`: everything about one deleted sandbox.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::Trashed;
use crate::error::Result;
use crate::ops::sandbox::resolve::checked_id;
use crate::ops::{Ctx, Operation, TerminalCommand};

const EXAMPLES: &str = "\
Examples:
  daytona trash info demo
  daytona trash info demo --json=id,expiresAt,bytes";

/// Show details of a deleted sandbox
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct Get {
    /// Id, or name that it had: of several with that name the one that was deleted last
    #[arg(value_name = "SANDBOX")]
    pub id: String,
}

impl Operation for Get {
    type Output = Trashed;

    async fn run(self, ctx: &Ctx) -> Result<Trashed> {
        let id = checked_id(&self.id)?;
        super::client(ctx).await?.get_trashed(id).await
    }
}

impl TerminalCommand for Get {
    fn doing(&self) -> String {
        format!("looking for `{}` in the trash", self.id)
    }
}
