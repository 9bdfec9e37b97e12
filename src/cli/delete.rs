//! `daytona delete`: shows and asks before it deletes what a filter found.

use crate::error::Result;
use crate::ops::sandbox::delete::{self as ops, Delete, Deleted};

use super::confirm;
use super::session::Session;

const EXAMPLES: &str = "\
Examples:
  daytona delete demo
  daytona delete demo build --ignore-not-found
  daytona delete --label team=core --state stopped --yes";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct DeleteArgs {
    #[command(flatten)]
    delete: Delete,
}

pub(super) fn run(args: &DeleteArgs, session: &Session) -> Result<u8> {
    let (printer, delete) = (&session.printer, &args.delete);
    printer.check::<Deleted>()?;
    let deleted = session.block_on(confirm::shown(
        delete.ids.is_empty() && !delete.yes,
        session,
        ops::run(&session.ctx, delete),
        "daytona list",
    ))?;
    printer.result(&deleted)?;
    match deleted.failure() {
        None => Ok(0),
        Some(error) => Err(error),
    }
}
