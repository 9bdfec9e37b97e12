//! `daytona run`: a new sandbox for one command, deleted afterwards whatever happens.

use std::time::Duration;

use crate::api::types::Sandbox;
use crate::error::Result;
use crate::ops::exec::{Command, Limits};
use crate::ops::sandbox::create::{TIMEOUT, settle};
use crate::ops::sandbox::exec::{Exec, Executed};

use super::create::{self, MakeArgs};
use super::exec;
use super::interrupt::interrupted;
use super::session::Session;

#[derive(Debug, clap::Args)]
pub(super) struct RunArgs {
    /// Command to run: one word is shell text, several are a program and its arguments
    #[arg(required = true, trailing_var_arg = true, value_name = "COMMAND")]
    command: Vec<String>,

    /// Keep the sandbox, and say how to come back
    #[arg(long)]
    keep: bool,

    /// Folder to run it in [default: the sandbox's own]
    #[arg(long, value_name = "DIR")]
    cwd: Option<String>,

    /// Seconds until the command is ended; 0 is never [default: 0]
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,

    /// Do not pass standard input on
    #[arg(long)]
    no_stdin: bool,

    #[command(flatten)]
    make: MakeArgs,
}

pub(super) fn run(args: RunArgs, session: &Session) -> Result<u8> {
    session.printer.check::<Executed>()?;
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
        let sandbox = create::accepted(session, create).await?;
        let outcome = exec::cancelling(
            &limits.cancel,
            inside(session, &sandbox, command, args.no_stdin, &limits, progress),
        )
        .await;
        if args.keep {
            kept(session, &sandbox);
        } else {
            create::discard(session, &sandbox).await;
        }
        outcome
    });
    Ok(outcome.unwrap_or_else(|error| exec::failed(session, &error)))
}

async fn inside(
    session: &Session,
    sandbox: &Sandbox,
    mut exec: Exec,
    no_stdin: bool,
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
    if session.printer.structured() {
        exec.id = sandbox.id;
        return exec::collected(session, &exec, limits).await;
    }
    let command: Command = exec.command();
    exec::live(
        session,
        &sandbox,
        &command,
        exec::Input::unless(no_stdin),
        limits,
    )
    .await
}

fn kept(session: &Session, sandbox: &Sandbox) {
    let name = &sandbox.name;
    session.printer.status(&format!(
        "kept `{name}` ({}): `daytona exec {name} -- COMMAND`, `daytona delete {name}`",
        sandbox.id
    ));
}
