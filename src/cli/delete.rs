//! `daytona delete`: shows and asks before it deletes what a filter found.

use crate::error::Result;
use crate::ops::sandbox::delete::{Delete, Deleted, apply, plan};

use super::confirm;
use super::interrupt::stoppable;
use super::session::Session;

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
        let names: Vec<&str> = plan.names.iter().map(String::as_str).collect();
        confirm::deletion(&names, "sandbox", "sandboxes", session)?;
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
