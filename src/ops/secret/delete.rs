//! `secret delete`: forgets secrets; sandboxes start without them from then on.

use crate::api::Client;
use crate::error::Result;
use crate::ops::removal::{Noun, Removals, Removed};

use super::list;

const NOUN: Noun = Noun {
    one: "secret",
    many: "secrets",
    list: "daytona secret list",
};

/// Delete secrets; sandboxes start without them from then on
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Delete {
    /// Name or id of a secret (can be repeated)
    #[arg(value_name = "SECRET", required = true)]
    pub names: Vec<String>,

    /// Count a secret that is not there as deleted
    #[arg(long)]
    pub ignore_not_found: bool,
}

/// Deletes them.
pub async fn apply(client: &Client, delete: &Delete) -> Result<Removed> {
    let secrets = list::all(client).await?.into_iter();
    let there: Vec<(String, String)> = secrets.map(|secret| (secret.name, secret.id)).collect();
    Removals::named(NOUN, &delete.names, &there)
        .apply(delete.ignore_not_found, async |id: String| {
            client.delete_secret(&id).await
        })
        .await
}
