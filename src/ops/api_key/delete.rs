//! `api-key delete`: revokes keys, at once.

use crate::api::Client;
use crate::error::Result;
use crate::ops::removal::{Noun, Removals, Removed};

const NOUN: Noun = Noun {
    one: "API key",
    many: "API keys",
    list: "daytona api-key list",
};

/// Delete API keys: whoever has them is shut out at once
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Delete {
    /// Name of a key (can be repeated)
    #[arg(value_name = "NAME", required = true)]
    pub names: Vec<String>,

    /// Count a key that is not there as deleted
    #[arg(long)]
    pub ignore_not_found: bool,
}

/// Deletes them.
pub async fn apply(client: &Client, delete: &Delete) -> Result<Removed> {
    let keys = client.list_api_keys().await?.into_iter();
    let there: Vec<(String, String)> = keys.map(|key| (key.name.clone(), key.name)).collect();
    Removals::named(NOUN, &delete.names, &there)
        .apply(delete.ignore_not_found, async |name: String| {
            client.delete_api_key(&name).await
        })
        .await
}
