//! `daytona snapshot`: what sandboxes start from.

use std::path::{Path, PathBuf};

use crate::error::Result;
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
use super::{confirm, examples, operate, root_archive, snapshot_push};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Snapshot {
    /// Create a snapshot from a sandbox, an image, an archive or a folder
    #[command(visible_aliases = ["add", "new"], after_help = examples::SNAPSHOT_CREATE)]
    Create(CreateArgs),

    /// List snapshots
    #[command(visible_alias = "ls", after_help = examples::SNAPSHOT_LIST)]
    List(Formatted<List>),

    /// Show details of a snapshot
    #[command(visible_aliases = ["view", "inspect", "get"], after_help = examples::SNAPSHOT_INFO)]
    Info(Formatted<Get>),

    /// Delete snapshots
    #[command(visible_aliases = ["remove", "rm"], after_help = examples::SNAPSHOT_DELETE)]
    Delete(Delete),

    /// Activate a snapshot for new sandboxes
    #[command(after_help = examples::SNAPSHOT_ACTIVATE)]
    Activate(Activate),

    /// Deactivate a snapshot: no new sandboxes from it
    #[command(after_help = examples::SNAPSHOT_DEACTIVATE)]
    Deactivate(Deactivate),

    /// Create a snapshot from a local Docker or Podman image
    #[command(after_help = examples::SNAPSHOT_PUSH)]
    Push(snapshot_push::PushArgs),
}

#[derive(Debug, clap::Args)]
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
            let label = format!("making the snapshot `{}`", args.create.name);
            operate(args.create, &session, &label, None)
        }
        Snapshot::List(list) => {
            let session = session.formatted(list.format);
            super::list::pages(list.args, &session, "listing snapshots")
        }
        Snapshot::Info(get) => {
            let label = format!("asking for the snapshot `{}`", get.args.id);
            operate(get.args, &session.formatted(get.format), &label, None)
        }
        Snapshot::Delete(delete) => confirm::removal(
            delete.all && !delete.yes,
            &session,
            delete::run(&session.ctx, &delete),
            "daytona snapshot list",
        ),
        Snapshot::Activate(activate) => {
            let label = format!("activating `{}`", activate.id);
            operate(activate, &session, &label, None)
        }
        Snapshot::Deactivate(deactivate) => {
            let label = format!("deactivating `{}`", deactivate.id);
            operate(deactivate, &session, &label, None)
        }
        Snapshot::Push(args) => snapshot_push::run(args, &session),
    }
}

/// Sends a root file system to the engine, and waits until it is a snapshot.
fn send(from: &Path, create: &Create, session: &Session) -> Result<u8> {
    let printer = &session.printer;
    printer.check::<Made>()?;
    create.request()?;
    let label = format!("making the snapshot `{}`", create.name);
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
