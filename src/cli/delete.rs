//! `daytona delete`: shows and asks before it deletes what a filter found.

use crate::error::{Error, Kind, Result};
use crate::ops::sandbox::delete::{Delete, Deleted, Plan, apply, plan};

use super::interrupt::stoppable;
use super::session::Session;

/// So many names are shown before a bulk deletion; more are counted.
const SHOWN: usize = 20;

#[derive(Debug, clap::Args)]
pub(super) struct DeleteArgs {
    #[command(flatten)]
    delete: Delete,
}

pub(super) fn run(args: &DeleteArgs, session: &Session) -> Result<u8> {
    let printer = &session.printer;
    printer.check::<Deleted>()?;
    let delete = &args.delete;
    let (client, plan) = session.block_on(async {
        let client = session.ctx.client().await?;
        let plan = stoppable(
            plan(&client, delete),
            "looking for sandboxes; nothing was deleted",
        )
        .await?;
        Ok((client, plan))
    })?;
    if plan.bulk && !plan.ids.is_empty() && !delete.yes {
        confirm(&plan, session)?;
    }
    let deleted = session.block_on(async {
        let _progress = printer.progress("deleting");
        let deletion = apply(&client, &plan, delete.ignore_not_found);
        stoppable(deletion, "while deleting; some may be gone: `daytona list`").await
    })?;
    printer.result(&deleted)?;
    match deleted.failure() {
        None => Ok(0),
        Some(error) => Err(error),
    }
}

fn confirm(plan: &Plan, session: &Session) -> Result<()> {
    let count = plan.names.len();
    let mut shown = plan.names[..count.min(SHOWN)].join(", ");
    if count > SHOWN {
        shown = format!("{shown} and {} more", count - SHOWN);
    }
    let what = format!(
        "{count} sandbox{}: {shown}",
        if count == 1 { "" } else { "es" }
    );
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
