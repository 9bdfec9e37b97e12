//! `daytona run`: a new sandbox for one command, deleted afterwards whatever happens.

use std::time::Duration;

use crate::api::types::Sandbox;
use crate::error::Result;
use crate::ops::exec::{Command, Limits};
use crate::ops::sandbox::create::{TIMEOUT, settle};
use crate::ops::sandbox::exec::{Exec, Executed};

use super::create::{self, MakeArgs};
use super::exec::{self, StreamArgs};
use super::interrupt::interrupted;
use super::session::Session;
use super::throwaway::Throwaway;

const EXAMPLES: &str = "\
Examples:
  daytona run -- python3 -c 'print(6 * 7)'
  daytona run --env NAME=you 'echo hello $NAME'
  daytona run -it -- python3
  daytona run --keep --name build -- touch artifact

The exit code is the command's; 125 where daytona failed, 124 after --timeout, 130 after Ctrl-C.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct RunArgs {
    /// Command to run: one word is shell text, several are a program and its arguments
    #[arg(required = true, trailing_var_arg = true, value_name = "COMMAND")]
    command: Vec<String>,

    /// Keep the sandbox and print how to use it
    #[arg(long)]
    keep: bool,

    /// Working directory [default: the sandbox's]
    #[arg(long, value_name = "DIR")]
    cwd: Option<String>,

    /// Seconds until the command is ended; 0 is never [default: 0]
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,

    #[command(flatten)]
    streams: StreamArgs,

    #[command(flatten)]
    make: MakeArgs,
}

pub(super) fn run(args: RunArgs, session: &Session) -> Result<u8> {
    session.printer.check::<Executed>()?;
    args.streams.check_terminal(session)?;
    let reader = args.make.reads_stdin().then_some("--env-file -");
    let input = args.streams.forward(session, reader)?;
    let create = args.make.read()?;
    let command = Exec {
        id: String::new(),
        command: args.command,
        cwd: args.cwd,
        env: Vec::new(),
        timeout: args.timeout,
    };
    let limits = Limits {
        timeout: command.time_limit(),
        ..Limits::default()
    };
    let outcome = session.block_on(async {
        let progress = session.printer.progress("creating a sandbox");
        let streams = (args.streams.tty, input);
        if args.keep {
            let sandbox = Box::pin(create::accepted(session, create)).await?;
            let work = Box::pin(inside(
                session, &sandbox, command, streams, &limits, progress,
            ));
            let outcome = exec::cancelling(session, &limits.cancel, work).await;
            kept(session, &sandbox);
            return outcome;
        }
        let one = Box::pin(Throwaway::make(session, create)).await?;
        let work = Box::pin(inside(
            session,
            one.sandbox(),
            command,
            streams,
            &limits,
            progress,
        ));
        let outcome = exec::cancelling(session, &limits.cancel, work).await;
        one.discard(session).await;
        outcome
    });
    Ok(outcome.unwrap_or_else(|error| exec::failed(session, &error)))
}

async fn inside(
    session: &Session,
    sandbox: &Sandbox,
    mut exec: Exec,
    (tty, input): (bool, bool),
    limits: &Limits,
    progress: crate::output::Progress,
) -> Result<u8> {
    let client = session.ctx.client().await?;
    let timeout: Duration = TIMEOUT;
    let sandbox = tokio::select! {
        outcome = settle(&client, sandbox.clone(), timeout) => outcome?,
        () = limits.cancel.cancelled() => return Err(interrupted("while the sandbox was starting")),
    };
    drop(progress);
    if tty {
        return super::tty::exec::within(session, &sandbox, &exec, input).await;
    }
    if session.printer.structured() {
        exec.id = sandbox.id;
        return exec::collected(session, &exec, input, limits).await;
    }
    let command: Command = exec.command();
    exec::live(session, &sandbox, &command, input, limits).await
}

fn kept(session: &Session, sandbox: &Sandbox) {
    let name = &sandbox.name;
    session.printer.status(&format!(
        "kept `{name}` ({}): `daytona exec {name} -- COMMAND`, `daytona delete {name}`",
        sandbox.id
    ));
}
