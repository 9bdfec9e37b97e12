//! `daytona snapshot`: what sandboxes start from.

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::ops::TerminalCommand as _;
use crate::ops::snapshot::Made;
use crate::ops::snapshot::create::Create;
use crate::ops::snapshot::delete::{self, Delete};
use crate::ops::snapshot::get::Get;
use crate::ops::snapshot::import::import;
use crate::ops::snapshot::list::List;
use crate::ops::snapshot::switch::{Activate, Deactivate};

use super::interrupt::stoppable;
use super::root::Formatted;
use super::session::Session;
use super::{confirm, operate, root_archive, snapshot_push};

const EXAMPLES: &str = "\
Examples:
  daytona snapshot create base --sandbox demo
  daytona create --snapshot base
  daytona snapshot list";

#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum Snapshot {
    /// Create a snapshot from a sandbox, an image, an archive or a folder
    #[command(visible_aliases = ["add", "new"])]
    Create(CreateArgs),

    /// List snapshots
    #[command(visible_alias = "ls")]
    List(Formatted<List>),

    /// Show details of a snapshot
    #[command(visible_aliases = ["view", "inspect", "get"])]
    Info(Formatted<Get>),

    /// Delete snapshots
    #[command(visible_aliases = ["remove", "rm"])]
    Delete(Delete),

    /// Activate a snapshot for new sandboxes
    Activate(Activate),

    /// Deactivate a snapshot: no new sandboxes from it
    Deactivate(Deactivate),

    /// Create a snapshot from a local Docker or Podman image
    Push(snapshot_push::PushArgs),
}

const CREATE_EXAMPLES: &str = "\
Examples:
  daytona snapshot create base --sandbox demo
  daytona snapshot create py --image python:3.13-slim --memory 2
  daytona snapshot create mine --from ./rootfs.tar.gz

Layers are shared on disk by all snapshots and sandboxes that have them.";

#[derive(Debug, clap::Args)]
#[command(after_help = CREATE_EXAMPLES)]
#[command(group = clap::ArgGroup::new("source").required(true).args(["sandbox", "image", "from"]))]
pub(super) struct CreateArgs {
    #[command(flatten)]
    create: Create,

    /// Root file system to upload: a folder, a tar archive, an OCI layout or archive, or `docker save`
    /// output; `-` is standard input
    #[arg(long, value_name = "PATH", conflicts_with_all = ["sandbox", "image", "entrypoint"])]
    from: Option<PathBuf>,
}

pub(super) fn run(command: Snapshot, session: Session) -> Result<u8> {
    match command {
        Snapshot::Create(args) => {
            if let Some(from) = args.from {
                return send(&from, &args.create, &session);
            }
            operate(args.create, &session)
        }
        Snapshot::List(list) => super::list::pages(list.args, &session.formatted(list.format)),
        Snapshot::Info(get) => operate(get.args, &session.formatted(get.format)),
        Snapshot::Delete(delete) => confirm::removal(
            delete.all && !delete.yes,
            &session,
            delete::run(&session.ctx, &delete),
            "daytona snapshot list",
        ),
        Snapshot::Activate(activate) => operate(activate, &session),
        Snapshot::Deactivate(deactivate) => operate(deactivate, &session),
        Snapshot::Push(args) => snapshot_push::run(args, &session),
    }
}

/// Sends a root file system to the engine, and waits until it is a snapshot.
fn send(from: &Path, create: &Create, session: &Session) -> Result<u8> {
    let printer = &session.printer;
    printer.check::<Made>()?;
    create.request()?;
    let label = create.doing();
    let archive = root_archive::open(from)?;
    let made = session.block_on(async {
        let progress = printer.progress(&label);
        session.ctx.hear(Some(progress.teller()));
        let outcome = stoppable(import(&session.ctx, create, archive), &label).await;
        session.ctx.hear(None);
        outcome
    })?;
    printer.result(&made)?;
    Ok(0)
}
