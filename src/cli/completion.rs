//! `daytona completion`: the completions for a shell.

use clap_complete::Shell;

use crate::error::Result;
use crate::output::Printer;

use super::artifacts;

#[derive(Debug, clap::Args)]
pub(super) struct CompletionArgs {
    /// Shell to print them for
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &CompletionArgs, printer: &Printer) -> Result<u8> {
    printer.text(&String::from_utf8_lossy(&artifacts::completion(args.shell)))?;
    Ok(0)
}
