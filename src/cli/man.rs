//! `daytona man`: the man pages as files.

use std::path::PathBuf;

use crate::error::{Context as _, Kind, Result};
use crate::output::Printer;

use super::man_page;

const EXAMPLES: &str = "\
Examples:
  daytona man --out ~/.local/share/man/man1
  daytona man --out ./man";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ManArgs {
    /// Folder to write the man pages to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

pub(super) fn run(args: &ManArgs, printer: &Printer) -> Result<u8> {
    let pages = man_page::all()?;
    let failed = || format!("--out: cannot write to {}", args.out.display());
    std::fs::create_dir_all(&args.out).context(Kind::Other, failed)?;
    for (name, text) in &pages {
        std::fs::write(args.out.join(name), text).context(Kind::Other, failed)?;
    }
    printer.status(&format!(
        "wrote {} man pages to {}",
        pages.len(),
        args.out.display()
    ));
    Ok(0)
}
