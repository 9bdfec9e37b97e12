//! Deletes things by name: asks before several go at once, and says how it went.

use crate::api::Client;
use crate::error::{Error, Kind, Result};
use crate::ops::removal::{Removals, Removed};

use super::interrupt::stoppable;
use super::session::Session;

/// So many names are shown before a bulk deletion; more are counted.
const SHOWN: usize = 20;

/// Goes on only where somebody says yes.
pub(super) fn deletion(names: &[&str], one: &str, many: &str, session: &Session) -> Result<()> {
    let count = names.len();
    let mut shown = names[..count.min(SHOWN)].join(", ");
    if count > SHOWN {
        shown = format!("{shown} and {} more", count - SHOWN);
    }
    let what = format!("{count} {}: {shown}", if count == 1 { one } else { many });
    if !session.printer.asks() {
        return Err(Error::usage(format!("this would delete {what}"))
            .hint("nobody can be asked here: add `--yes` to delete them"));
    }
    if session.printer.confirm(&format!("delete {what}?"))? {
        return Ok(());
    }
    Err(Error::new(
        Kind::Interrupted,
        "not confirmed; nothing was deleted",
    ))
}

/// Finds out what goes, asks where it was not named one by one, and deletes it.
pub(super) fn removal(
    session: &Session,
    yes: bool,
    plan: impl AsyncFnOnce(&Client) -> Result<Removals>,
    apply: impl AsyncFnOnce(&Client, Removals) -> Result<Removed>,
) -> Result<u8> {
    let printer = &session.printer;
    printer.check::<Removed>()?;
    let (client, plan) = session.block_on(async {
        let client = session.ctx.client().await?;
        let plan = stoppable(plan(&client), "looking; nothing was deleted").await?;
        Ok((client, plan))
    })?;
    let noun = plan.noun;
    if plan.bulk && !plan.targets.is_empty() && !yes {
        let names: Vec<&str> = plan.targets.iter().map(|one| one.name.as_str()).collect();
        deletion(&names, noun.one, noun.many, session)?;
    }
    let removed = session.block_on(async {
        let _progress = printer.progress("deleting");
        let label = format!("deleting; some may be gone: `{}`", noun.list);
        stoppable(apply(&client, plan), &label).await
    })?;
    finish(&removed, session)
}

/// Prints what was deleted; fails where something could not be.
pub(super) fn finish(removed: &Removed, session: &Session) -> Result<u8> {
    session.printer.result(removed)?;
    match removed.failure() {
        None => Ok(0),
        Some(error) => Err(error),
    }
}
