//! `daytona trash`: deleted sandboxes that can be had back.

use crate::error::Result;
use crate::ops::trash::empty::{self, Empty};
use crate::ops::trash::get::Get;
use crate::ops::trash::list::List;
use crate::ops::trash::restore::RestoreSandbox;

use super::root::Formatted;
use super::session::Session;
use super::{confirm, operate};

const EXAMPLES: &str = "\
Examples:
  daytona delete demo
  daytona trash list
  daytona trash restore demo";

#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum Trash {
    /// List deleted sandboxes that can be restored
    #[command(visible_alias = "ls")]
    List(Formatted<List>),

    /// Show details of a deleted sandbox
    #[command(visible_aliases = ["view", "inspect", "get"])]
    Info(Formatted<Get>),

    /// Restore a deleted sandbox with its files
    #[command(visible_alias = "undo")]
    Restore(RestoreSandbox),

    /// Remove deleted sandboxes for good
    #[command(visible_aliases = ["remove", "rm"])]
    Empty(Empty),
}

pub(super) fn run(command: Trash, session: Session) -> Result<u8> {
    match command {
        Trash::List(list) => operate(list.args, &session.formatted(list.format)),
        Trash::Info(get) => operate(get.args, &session.formatted(get.format)),
        Trash::Restore(restore) => operate(restore, &session),
        Trash::Empty(asked) => confirm::removal(
            asked.ids.is_empty() && !asked.yes,
            &session,
            empty::run(&session.ctx, &asked),
            "daytona trash list",
        ),
    }
}
