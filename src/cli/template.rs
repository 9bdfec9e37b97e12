//! `daytona template`: how sandboxes are to be made, by name.

use crate::error::Result;
use crate::ops::removal::Removed;
use crate::ops::template::delete::{Delete, apply};
use crate::ops::template::get::Get;
use crate::ops::template::list::List;
use crate::ops::template::save::Save;

use super::root::Formatted;
use super::session::Session;
use super::{confirm, operate};

const EXAMPLES: &str = "\
Examples:
  daytona template save web --sandbox demo
  daytona create --template web --name web-2

Templates are files of yours, one each, beside the configuration file; no server knows of them.";

#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum Template {
    /// Save settings for new sandboxes: of an existing sandbox, from flags, or both
    #[command(visible_aliases = ["create", "add", "new"])]
    Save(Box<Save>),

    /// List templates
    #[command(visible_alias = "ls")]
    List(Formatted<List>),

    /// Show details of a template
    #[command(visible_aliases = ["view", "inspect", "get"])]
    Info(Formatted<Get>),

    /// Delete templates; existing sandboxes are unaffected
    #[command(visible_aliases = ["remove", "rm"])]
    Delete(Delete),
}

pub(super) fn run(command: Template, session: Session) -> Result<u8> {
    match command {
        Template::Save(save) => operate(*save, &session),
        Template::List(list) => operate(list.args, &session.formatted(list.format)),
        Template::Info(get) => operate(get.args, &session.formatted(get.format)),
        Template::Delete(delete) => {
            session.printer.check::<Removed>()?;
            let removed = session.block_on(apply(&session.ctx, &delete))?;
            confirm::finish(&removed, &session)
        }
    }
}
