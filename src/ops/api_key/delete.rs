//! `api-key delete`: revokes keys, at once.

use crate::api::Permit;
use crate::error::Result;
use crate::ops::Ctx;
use crate::ops::gate::Subject;
use crate::ops::removal::{How, Noun, Removals, Removed};

const NOUN: Noun = Noun {
    one: "API key",
    many: "API keys",
    list: "api-key list",
};

const EXAMPLES: &str = "\
Examples:
  daytona api-key delete ci
  daytona api-key delete ci watcher --ignore-not-found";

/// Delete API keys: they stop working immediately
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Delete {
    /// Name of a key (can be repeated)
    #[arg(value_name = "NAME", required = true)]
    pub names: Vec<String>,

    /// Treat a missing key as deleted
    #[arg(long)]
    pub ignore_not_found: bool,
}

/// Deletes them.
pub async fn run(ctx: &Ctx, delete: &Delete) -> Result<Removed> {
    let client = ctx.client().await?;
    let keys = client.list_api_keys().await?.into_iter();
    let there: Vec<(String, String)> = keys.map(|key| (key.name.clone(), key.name)).collect();
    let how = How {
        ignore_not_found: delete.ignore_not_found,
        yes: false,
    };
    let subject = |id, name| Subject::Other { id, name };
    Removals::named(NOUN, &delete.names, &there)
        .apply(ctx, how, subject, async |id: String, permit: Permit| {
            client.delete_api_key(&id, &permit).await
        })
        .await
}
