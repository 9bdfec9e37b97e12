//! `trash empty`: deleted sandboxes are removed for good. People only: no tool does it.

use crate::api::Permit;
use crate::api::types::Trashed;
use crate::error::{Error, Kind, Result};
use crate::ops::Ctx;
use crate::ops::gate::Subject;
use crate::ops::removal::{How, Noun, Removals, Removed};
use crate::ops::sandbox::resolve::checked_id;

const NOUN: Noun = Noun {
    one: "deleted sandbox",
    many: "deleted sandboxes",
    list: "trash list",
};

const EXAMPLES: &str = "\
Examples:
  daytona trash empty demo
  daytona trash empty --yes";

/// Remove deleted sandboxes for good
///
/// Without names, all of them. Nothing brings them back.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Empty {
    /// Id, or name that it had (can be repeated) [default: all]
    #[arg(value_name = "SANDBOX")]
    pub ids: Vec<String>,

    /// Remove all without asking
    #[arg(short, long)]
    pub yes: bool,
}

/// Removes those that are meant.
pub async fn run(ctx: &Ctx, empty: &Empty) -> Result<Removed> {
    let client = super::client(ctx).await?;
    let there = super::all(&client).await?;
    let removals = if empty.ids.is_empty() {
        let all = there.into_iter().map(|one| (one.name, one.id)).collect();
        Removals::all(NOUN, all)
    } else {
        let pairs = known(&empty.ids, &there)?;
        Removals::named(NOUN, &empty.ids, &pairs)
    };
    let how = How {
        ignore_not_found: false,
        yes: empty.yes,
    };
    let subject = |id, name| Subject::Other { id, name };
    let erasing = removals.apply(ctx, how, subject, async |id: String, permit: Permit| {
        client.erase_trashed(&id, &permit).await
    });
    erasing.await
}

/// What is named, each with its id, as far as it is there. A name that several had is refused before anything is
/// removed.
fn known(names: &[String], there: &[Trashed]) -> Result<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for name in names {
        checked_id(name)?;
        let called: Vec<_> = there
            .iter()
            .filter(|one| one.id == *name || one.name == *name)
            .collect();
        match called.as_slice() {
            [] => {}
            [one] => pairs.push((name.clone(), one.id.clone())),
            several => {
                let message = format!("{} deleted sandboxes are called `{name}`", several.len());
                return Err(Error::new(Kind::Conflict, message)
                    .hint("name one by its id: `daytona trash list`"));
            }
        }
    }
    Ok(pairs)
}
