//! `daytona code`: programs from their text, with our streams and their exit code.

use std::path::{Path, PathBuf};

use crate::api::types::Sandbox;
use crate::error::{Context as _, Error, Kind, Result};
use crate::ops::code::Program;
use crate::ops::code::run::{Run, inside};
use crate::ops::exec::Limits;
use crate::ops::sandbox::create::{Create, TIMEOUT, settle};
use crate::ops::sandbox::exec::Executed;
use crate::ops::sandbox::resolve;

use super::exec::{cancelling, failed, forward, live};
use super::interrupt::interrupted;
use super::session::Session;
use super::throwaway::Throwaway;

const EXAMPLES: &str = "\
Examples:
  daytona code run plot.py
  daytona code run --sandbox demo server.ts";

#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXAMPLES)]
pub(crate) enum Code {
    /// Run a program, by default in a new sandbox
    Run(RunArgs),
}

const RUN_EXAMPLES: &str = "\
Examples:
  daytona code run -i sum.py < numbers.txt
  daytona code run --sandbox demo server.ts
  git show HEAD:job.mjs | daytona code run - --language javascript --timeout 60

The program is written to a file where commands begin in the sandbox, and deleted when it ends.
The exit code is the program's; 125 where daytona failed, 124 after --timeout, 130 after Ctrl-C.";

#[derive(Debug, clap::Args)]
#[command(after_help = RUN_EXAMPLES)]
pub(crate) struct RunArgs {
    /// File of the program; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    run: Run,

    /// Forward standard input; without it the program's input is empty
    #[arg(short, long)]
    interactive: bool,

    /// No standard input (default)
    #[arg(long, hide = true, conflicts_with = "interactive")]
    no_stdin: bool,
}

pub(super) fn run(command: Code, session: &Session) -> Result<u8> {
    let Code::Run(args) = command;
    session.printer.check::<Executed>()?;
    let piped = args.file == Path::new("-");
    let input = forward(args.interactive, session, piped.then_some("code run -"))?;
    let mut run = args.run;
    run.code = read(&args.file)?;
    run.file = (!piped).then_some(args.file);
    let limits = Limits {
        timeout: run.time_limit(),
        ..Limits::default()
    };
    let outcome = session.block_on(async {
        let Some(id) = &run.sandbox else {
            return Box::pin(alone(session, &run, input, &limits)).await;
        };
        cancelling(
            session,
            &limits.cancel,
            Box::pin(async {
                let sandbox = tokio::select! {
                    sandbox = resolve::running(&session.ctx, id, false) => sandbox?,
                    () = limits.cancel.cancelled() => {
                        return Err(interrupted("before the program was started"));
                    }
                };
                within(session, &sandbox, &run, input, &limits).await
            }),
        )
        .await
    });
    Ok(outcome.unwrap_or_else(|error| failed(session, &error)))
}

fn read(file: &Path) -> Result<String> {
    let code = if file == Path::new("-") {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(file)
    };
    let code = code.context(Kind::Usage, || {
        format!("cannot read the program in {}", file.display())
    })?;
    if code.trim().is_empty() {
        let message = format!("the program in {} is empty", file.display());
        return Err(Error::usage(message));
    }
    Ok(code)
}

/// In a sandbox for this program only.
async fn alone(session: &Session, run: &Run, input: bool, limits: &Limits) -> Result<u8> {
    let progress = session.printer.progress("creating a sandbox");
    let one = Box::pin(Throwaway::make(session, Create::default())).await?;
    let outcome = cancelling(
        session,
        &limits.cancel,
        Box::pin(async {
            let client = session.ctx.client().await?;
            let sandbox = tokio::select! {
                outcome = settle(&client, one.sandbox().clone(), TIMEOUT) => outcome?,
                () = limits.cancel.cancelled() => {
                    return Err(interrupted("while the sandbox was starting"));
                }
            };
            drop(progress);
            within(session, &sandbox, run, input, limits).await
        }),
    )
    .await;
    one.discard(session).await;
    outcome
}

async fn within(
    session: &Session,
    sandbox: &Sandbox,
    run: &Run,
    input: bool,
    limits: &Limits,
) -> Result<u8> {
    if session.printer.structured() {
        let input = input.then(tokio::io::stdin);
        let Some(executed) = inside(&session.ctx, sandbox, run, input, limits).await? else {
            return Err(interrupted("; the program was ended"));
        };
        session.printer.result(&executed)?;
        return Ok(u8::try_from(executed.exit_code).unwrap_or(255));
    }
    let client = session.ctx.client().await?;
    // Not broken off by an interruption, so that its file is known and can be deleted.
    let program = Program::write(&client, sandbox, run).await?;
    let outcome = live(session, sandbox, program.command(), input, limits).await;
    program.remove().await;
    outcome
}
