//! `daytona template`: how sandboxes are to be made, by name.

use crate::error::Result;
use crate::ops::removal::Removed;
use crate::ops::template::delete::{Delete, apply};
use crate::ops::template::get::Get;
use crate::ops::template::list::List;
use crate::ops::template::save::Save;

use super::root::Formatted;
use super::session::Session;
use super::{confirm, examples, operate};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Template {
    /// Save settings for new sandboxes: of an existing sandbox, from flags, or both
    #[command(visible_aliases = ["create", "add", "new"], after_help = examples::TEMPLATE_SAVE)]
    Save(Box<Save>),

    /// List templates
    #[command(visible_alias = "ls", after_help = examples::TEMPLATE_LIST)]
    List(Formatted<List>),

    /// Show details of a template
    #[command(visible_aliases = ["view", "inspect", "get"], after_help = examples::TEMPLATE_INFO)]
    Info(Formatted<Get>),

    /// Delete templates; existing sandboxes are unaffected
    #[command(visible_aliases = ["remove", "rm"], after_help = examples::TEMPLATE_DELETE)]
    Delete(Delete),
}

pub(super) fn run(command: Template, session: Session) -> Result<u8> {
    match command {
        Template::Save(save) => {
            let label = format!("saving the template `{}`", save.template_name);
            operate(*save, &session, &label, None)
        }
        Template::List(list) => {
            let session = session.formatted(list.format);
            operate(list.args, &session, "listing templates", None)
        }
        Template::Info(get) => {
            let label = format!("reading the template `{}`", get.args.name);
            operate(get.args, &session.formatted(get.format), &label, None)
        }
        Template::Delete(delete) => {
            session.printer.check::<Removed>()?;
            let removed = session.block_on(apply(&session.ctx, &delete))?;
            confirm::finish(&removed, &session)
        }
    }
}
