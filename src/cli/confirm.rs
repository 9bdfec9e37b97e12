//! Asks before several things are deleted at once, and says how it went.

use crate::error::{Error, Kind, Result};
use crate::ops::removal::Removed;

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

/// Prints what was deleted; fails where something could not be.
pub(super) fn finish(removed: &Removed, session: &Session) -> Result<u8> {
    session.printer.result(removed)?;
    match removed.failure() {
        None => Ok(0),
        Some(error) => Err(error),
    }
}
