//! `daytona volume`: folders that outlive sandboxes.

use crate::error::Result;
use crate::ops::volume::create::Create;
use crate::ops::volume::delete::{self, Delete};
use crate::ops::volume::get::Get;
use crate::ops::volume::list::List;

use super::root::Formatted;
use super::session::Session;
use super::{confirm, examples, operate};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Volume {
    /// Create a volume
    #[command(visible_aliases = ["add", "new"], after_help = examples::VOLUME_CREATE)]
    Create(Create),

    /// List volumes
    #[command(visible_alias = "ls", after_help = examples::VOLUME_LIST)]
    List(Formatted<List>),

    /// Show details of a volume
    #[command(visible_aliases = ["view", "inspect", "get"], after_help = examples::VOLUME_INFO)]
    Info(Formatted<Get>),

    /// Delete volumes with their files
    #[command(visible_aliases = ["remove", "rm"], after_help = examples::VOLUME_DELETE)]
    Delete(Delete),
}

pub(super) fn run(command: Volume, session: Session) -> Result<u8> {
    match command {
        Volume::Create(create) => {
            let label = format!("creating the volume `{}`", create.name);
            operate(create, &session, &label, None)
        }
        Volume::List(list) => {
            let session = session.formatted(list.format);
            operate(list.args, &session, "listing volumes", None)
        }
        Volume::Info(get) => {
            let label = format!("asking for the volume `{}`", get.args.name);
            operate(get.args, &session.formatted(get.format), &label, None)
        }
        Volume::Delete(delete) => confirm::removal(
            delete.all && !delete.yes,
            &session,
            delete::run(&session.ctx, &delete),
            "daytona volume list",
        ),
    }
}
