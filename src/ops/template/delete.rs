//! `template delete`: forgets templates; sandboxes made from them stay as they are.

use crate::error::{Kind, Result};
use crate::ops::Ctx;
use crate::ops::removal::{Noun, Removals, Removed, Target};

const NOUN: Noun = Noun {
    one: "template",
    many: "templates",
    list: "daytona template list",
};

/// Delete templates; sandboxes made from them stay as they are
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Delete {
    /// Name of a template (can be repeated)
    #[arg(value_name = "TEMPLATE", required = true)]
    pub names: Vec<String>,

    /// Count a template that is not there as deleted
    #[arg(long)]
    pub ignore_not_found: bool,
}

/// Deletes them, also those that cannot be read.
pub async fn apply(ctx: &Ctx, delete: &Delete) -> Result<Removed> {
    let store = ctx.templates();
    let targets = delete.names.iter().map(|name| Target {
        name: name.clone(),
        id: Some(name.clone()),
    });
    let removals = Removals {
        noun: NOUN,
        targets: targets.collect(),
        bulk: false,
    };
    removals
        .apply(delete.ignore_not_found, async |name: String| {
            store.delete(&name).map_err(|error| match error.kind() {
                Kind::NotFound => NOUN.missing(&name),
                _ => error,
            })
        })
        .await
}
