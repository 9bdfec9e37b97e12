//! `template delete`: forgets templates; sandboxes made from them stay as they are.

use crate::api::Permit;
use crate::error::{Kind, Result};
use crate::ops::Ctx;
use crate::ops::gate::Subject;
use crate::ops::removal::{How, Noun, Removals, Removed, Target};

const NOUN: Noun = Noun {
    one: "template",
    many: "templates",
    list: "template list",
};

const EXAMPLES: &str = "\
Examples:
  daytona template delete web
  daytona template delete web small --ignore-not-found";

/// Delete templates; existing sandboxes are unaffected
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Delete {
    /// Name of a template (can be repeated)
    #[arg(value_name = "TEMPLATE", required = true)]
    pub names: Vec<String>,

    /// Treat a missing template as deleted
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
    let how = How {
        ignore_not_found: delete.ignore_not_found,
        yes: false,
    };
    let subject = |id, name| Subject::Other { id, name };
    removals
        .apply(ctx, how, subject, async |name: String, _: Permit| {
            store.delete(&name).map_err(|error| match error.kind() {
                Kind::NotFound => NOUN.missing(&name),
                _ => error,
            })
        })
        .await
}
