//! `daytona cp`: files and folders to a sandbox and back, with progress where there is a terminal.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{Error, Kind, Result};
use crate::ops::copy::{Copied, CopyPlace, Ends, copy};
use crate::output::Printer;

use super::interrupt;
use super::session::Session;

const EXAMPLES: &str = "\
Examples:
  daytona cp src demo:project
  daytona cp demo:project/report.html .
  tar c . | daytona cp - demo:/tmp/all.tar";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct CopyArgs {
    /// File or folder here, SANDBOX:PATH, or `-` for standard input
    #[arg(value_name = "FROM")]
    from: String,

    /// File or folder here, SANDBOX:PATH, or `-` for standard output
    #[arg(value_name = "TO")]
    to: String,
}

pub(super) fn run(args: &CopyArgs, session: &Session) -> Result<u8> {
    let printer = &session.printer;
    printer.check::<Copied>()?;
    let (from, to): (CopyPlace, CopyPlace) = (args.from.parse()?, args.to.parse()?);
    let total = AtomicU64::new(0);
    let copied = session.block_on(async {
        let progress = printer.progress("copying");
        let passed = |bytes| {
            let sum = total.fetch_add(bytes, Ordering::Relaxed) + bytes;
            progress.say(format!("copying, {} MB so far", sum / 1_000_000));
        };
        let ends = Ends {
            input: Box::new(tokio::io::stdin()),
            output: &mut Stdout(printer),
            passed: &passed,
        };
        interrupt::stoppable(copy(&session.ctx, &from, &to, ends), "copying").await
    })?;
    // Standard output has the file: nothing else may go there.
    if args.to == "-" {
        return Ok(0);
    }
    for left in &copied.left_out {
        printer.warn(&format!("left out {}: {}", left.path, left.reason));
    }
    printer.result(&copied)?;
    match copied.left_out_count {
        0 => Ok(0),
        1 => Err(Error::new(Kind::Other, "1 thing could not be copied")),
        count => Err(Error::new(
            Kind::Other,
            format!("{count} things could not be copied"),
        )),
    }
}

/// Standard output, by way of the printer.
struct Stdout<'a>(&'a Printer);

impl Write for Stdout<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.stdout(bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
