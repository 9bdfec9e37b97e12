//! `secret delete`: forgets secrets; sandboxes start without them from then on.

use crate::api::Permit;
use crate::error::Result;
use crate::ops::Ctx;
use crate::ops::gate::Subject;
use crate::ops::removal::{How, Noun, Removals, Removed};

use super::list;

const NOUN: Noun = Noun {
    one: "secret",
    many: "secrets",
    list: "secret list",
};

const EXAMPLES: &str = "\
Examples:
  daytona secret delete db
  daytona secret delete db api --ignore-not-found";

/// Delete secrets; sandboxes start without them from now on
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Delete {
    /// Name or id of a secret (can be repeated)
    #[arg(value_name = "SECRET", required = true)]
    pub names: Vec<String>,

    /// Treat a missing secret as deleted
    #[arg(long)]
    pub ignore_not_found: bool,
}

/// Deletes them.
pub async fn run(ctx: &Ctx, delete: &Delete) -> Result<Removed> {
    let client = ctx.client().await?;
    let secrets = list::all(&client).await?.into_iter();
    let there: Vec<(String, String)> = secrets.map(|secret| (secret.name, secret.id)).collect();
    let how = How {
        ignore_not_found: delete.ignore_not_found,
        yes: false,
    };
    let subject = |id, name| Subject::Other { id, name };
    Removals::named(NOUN, &delete.names, &there)
        .apply(ctx, how, subject, async |id: String, permit: Permit| {
            client.delete_secret(&id, &permit).await
        })
        .await
}
