//! `daytona volume`: folders that outlive sandboxes.

use crate::error::Result;
use crate::ops::volume::create::Create;
use crate::ops::volume::delete::{self, Delete};
use crate::ops::volume::get::Get;
use crate::ops::volume::list::List;

use super::root::Formatted;
use super::session::Session;
use super::{confirm, operate};

const EXAMPLES: &str = "\
Examples:
  daytona volume create data
  daytona create --name demo --volume data:/data
  daytona volume delete data";

#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum Volume {
    /// Create a volume
    #[command(visible_aliases = ["add", "new"])]
    Create(Create),

    /// List volumes
    #[command(visible_alias = "ls")]
    List(Formatted<List>),

    /// Show details of a volume
    #[command(visible_aliases = ["view", "inspect", "get"])]
    Info(Formatted<Get>),

    /// Delete volumes with their files
    #[command(visible_aliases = ["remove", "rm"])]
    Delete(Delete),
}

pub(super) fn run(command: Volume, session: Session) -> Result<u8> {
    match command {
        Volume::Create(create) => operate(create, &session),
        Volume::List(list) => operate(list.args, &session.formatted(list.format)),
        Volume::Info(get) => operate(get.args, &session.formatted(get.format)),
        Volume::Delete(delete) => confirm::removal(
            delete.all && !delete.yes,
            &session,
            delete::run(&session.ctx, &delete),
            "daytona volume list",
        ),
    }
}
