//! `daytona update`: other labels, intervals and visibility for a sandbox; what is not named stays.

use std::collections::BTreeMap;

use clap::value_parser;

use crate::error::Result;
use crate::ops::Operation as _;
use crate::ops::key_values::{self, Pair};
use crate::ops::sandbox::update::Update;
use crate::ops::sandbox::{Changed, resolve};

use super::interrupt;
use super::session::Session;

const EXAMPLES: &str = "\
Examples:
  daytona update demo --label team=core --remove-label old --auto-stop 60";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true))]
pub(super) struct UpdateArgs {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    pub(super) id: String,

    /// Add or change a label (can be repeated)
    #[arg(short = 'l', long = "label", value_name = "KEY=VALUE", value_parser = key_values::parse, group = "what")]
    labels: Vec<Pair>,

    /// Remove a label (can be repeated)
    #[arg(long = "remove-label", value_name = "KEY", group = "what")]
    removed: Vec<String>,

    /// Minutes without activity until it is stopped; 0 is never
    #[arg(long, value_name = "MINUTES", group = "what")]
    auto_stop: Option<u32>,

    /// Minutes without activity until it is paused; 0 is never
    #[arg(long, value_name = "MINUTES", group = "what")]
    auto_pause: Option<u32>,

    /// Minutes stopped until it is archived; 0 is the longest
    #[arg(long, value_name = "MINUTES", group = "what")]
    auto_archive: Option<u32>,

    /// Minutes stopped until it is deleted; 0 is at once, -1 never
    #[arg(long, value_name = "MINUTES", allow_negative_numbers = true, value_parser = value_parser!(i32).range(-1..), group = "what")]
    auto_delete: Option<i32>,

    /// Whether previews are open to anybody, without a token
    #[arg(long, value_name = "true|false", group = "what")]
    public: Option<bool>,
}

pub(super) fn run(args: UpdateArgs, session: &Session) -> Result<u8> {
    session.printer.check::<Changed>()?;
    let doing = format!("changing `{}`", args.id);
    let changed = session.block_on(interrupt::stoppable(changed(args, session), &doing))?;
    session.printer.result(&changed)?;
    Ok(0)
}

async fn changed(args: UpdateArgs, session: &Session) -> Result<Changed> {
    let labels = if args.labels.is_empty() && args.removed.is_empty() {
        None
    } else {
        // Servers take all labels at once.
        let mut labels: BTreeMap<String, String> =
            resolve::find(&session.ctx, &args.id).await?.labels;
        labels.retain(|key, _| !args.removed.contains(key));
        labels.extend(args.labels);
        Some(labels)
    };
    let update = Update {
        labels,
        auto_stop_interval: args.auto_stop,
        auto_pause_interval: args.auto_pause,
        auto_archive_interval: args.auto_archive,
        auto_delete_interval: args.auto_delete,
        public: args.public,
        id: args.id,
    };
    update.run(&session.ctx).await
}
