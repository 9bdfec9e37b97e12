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

use super::exec::{Input, cancelling, failed, live};
use super::interrupt::interrupted;
use super::session::Session;
use super::{create, examples};

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Code {
    /// Run a program, in a sandbox of its own where none is named
    #[command(after_help = examples::CODE_RUN)]
    Run(RunArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct RunArgs {
    /// File of the program; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    run: Run,

    /// Do not pass standard input on
    #[arg(long)]
    no_stdin: bool,
}

pub(super) fn run(command: Code, session: &Session) -> Result<u8> {
    let Code::Run(args) = command;
    session.printer.check::<Executed>()?;
    let piped = args.file == Path::new("-");
    let mut run = args.run;
    run.code = read(&args.file)?;
    run.file = (!piped).then_some(args.file);
    let input = Input::unless(args.no_stdin || piped);
    let limits = Limits {
        timeout: run.time_limit(),
        ..Limits::default()
    };
    let outcome = session.block_on(async {
        let Some(id) = &run.sandbox else {
            return Box::pin(alone(session, &run, input, &limits)).await;
        };
        cancelling(&limits.cancel, async {
            let sandbox = tokio::select! {
                sandbox = resolve::running(&session.ctx, id, false) => sandbox?,
                () = limits.cancel.cancelled() => {
                    return Err(interrupted("before the program was started"));
                }
            };
            within(session, &sandbox, &run, input, &limits).await
        })
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
async fn alone(session: &Session, run: &Run, input: Input, limits: &Limits) -> Result<u8> {
    let progress = session.printer.progress("creating a sandbox");
    let sandbox = create::accepted(session, Create::default()).await?;
    let outcome = cancelling(&limits.cancel, async {
        let client = session.ctx.client().await?;
        let sandbox = tokio::select! {
            outcome = settle(&client, sandbox.clone(), TIMEOUT) => outcome?,
            () = limits.cancel.cancelled() => {
                return Err(interrupted("while the sandbox was starting"));
            }
        };
        drop(progress);
        within(session, &sandbox, run, input, limits).await
    })
    .await;
    create::discard(session, &sandbox).await;
    outcome
}

async fn within(
    session: &Session,
    sandbox: &Sandbox,
    run: &Run,
    input: Input,
    limits: &Limits,
) -> Result<u8> {
    if session.printer.structured() {
        let Some(executed) = inside(&session.ctx, sandbox, run, limits).await? else {
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
