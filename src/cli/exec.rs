//! `daytona exec`: the command's streams become ours while it runs, and its exit code ours.

use tokio_util::sync::CancellationToken;

use crate::api::Stream;
use crate::api::types::Sandbox;
use crate::config::Stdin;
use crate::error::{Error, Kind, Result};
use crate::ops::exec::{Command, Ended, Limits, stream};
use crate::ops::sandbox::exec::{Exec, Executed, collect};
use crate::ops::sandbox::resolve;

use super::interrupt;
use super::session::Session;

/// Our own failure, told apart from the command's.
const FAILED: u8 = 125;
const TIMED_OUT: u8 = 124;
const INTERRUPTED: u8 = 130;
/// As a shell reports a death by SIGPIPE.
const OUTPUT_CLOSED: u8 = 141;

#[derive(Debug, clap::Args)]
pub(super) struct ExecArgs {
    #[command(flatten)]
    exec: Exec,

    /// Pass on what is typed; other standard input is passed on anyway
    #[arg(short, long, conflicts_with = "no_stdin")]
    interactive: bool,

    /// Give the command a terminal: this one, with `-i` for the keys
    #[arg(short, long)]
    tty: bool,

    /// Do not pass standard input on
    #[arg(long)]
    no_stdin: bool,
}

/// What the command gets for its standard input.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Input {
    /// Nothing.
    None,
    /// A pipe or a file, but not what a person types.
    Piped,
    /// What there is.
    Any,
}

impl Input {
    /// Where a flag can only switch it off.
    pub(super) fn unless(no_stdin: bool) -> Self {
        if no_stdin { Self::None } else { Self::Piped }
    }
}

pub(super) fn run(args: &ExecArgs, session: &Session) -> Result<u8> {
    let exec = &args.exec;
    if args.tty {
        let outcome = super::tty::exec::run(exec, args.interactive, session);
        let code = outcome.map(|code| code.unwrap_or_else(|| timed_out(session, exec.timeout)));
        return Ok(code.unwrap_or_else(|error| failed(session, &error)));
    }
    let input = if args.interactive {
        Input::Any
    } else {
        Input::unless(args.no_stdin)
    };
    let limits = Limits {
        timeout: exec.time_limit(),
        ..Limits::default()
    };
    session.printer.check::<Executed>()?;
    let outcome = session.block_on(cancelling(&limits.cancel, async {
        if session.printer.structured() {
            return collected(session, exec, &limits).await;
        }
        let sandbox = tokio::select! {
            sandbox = resolve::running(&session.ctx, &exec.id, false) => sandbox?,
            () = limits.cancel.cancelled() => {
                return Err(interrupt::interrupted("before the command was started"));
            }
        };
        live(session, &sandbox, &exec.command(), input, &limits).await
    }));
    Ok(outcome.unwrap_or_else(|error| failed(session, &error)))
}

/// Our own failure: printed, as 125 unless it is wrong usage or an interruption.
pub(super) fn failed(session: &Session, error: &Error) -> u8 {
    session.printer.error(error);
    match error.kind() {
        Kind::Usage => Kind::Usage.exit_code(),
        Kind::Interrupted => INTERRUPTED,
        _ => FAILED,
    }
}

/// Runs the future to its end; an interruption only cancels the token, so that there is time to clean up.
pub(super) async fn cancelling<T>(
    cancel: &CancellationToken,
    future: impl Future<Output = Result<T>>,
) -> Result<T> {
    tokio::pin!(future);
    tokio::select! {
        outcome = &mut future => return outcome,
        () = interrupt::requested() => cancel.cancel(),
    }
    // Whatever does not look at the token ends with a second request, or after a moment.
    tokio::select! {
        outcome = future => outcome,
        () = interrupt::requested() => Err(interrupt::interrupted("twice; nothing was cleaned up")),
        () = tokio::time::sleep(std::time::Duration::from_secs(15)) => {
            Err(interrupt::interrupted("before the server answered"))
        }
    }
}

/// Runs it with our streams. The sandbox runs.
pub(super) async fn live(
    session: &Session,
    sandbox: &Sandbox,
    command: &Command,
    input: Input,
    limits: &Limits,
) -> Result<u8> {
    let client = session.ctx.client().await?;
    let key_on_stdin = session.flags.api_key_file.as_deref() == Some(std::path::Path::new("-"));
    let forward = !key_on_stdin
        && match session.environment.stdin {
            Stdin::Nothing => false,
            Stdin::Data => input != Input::None,
            Stdin::Terminal => input == Input::Any,
        };
    let input = forward.then(tokio::io::stdin);
    let printer = session.printer.clone();
    let mut print = move |stream: Stream, bytes: &[u8]| match stream {
        Stream::Stdout => printer.stdout(bytes),
        Stream::Stderr => printer.stderr(bytes),
    };
    let ended = stream(&client, sandbox, command, input, limits, &mut print).await?;
    Ok(match ended {
        Ended::Code(code) => u8::try_from(code).unwrap_or(255),
        Ended::TimedOut => timed_out(session, limits.timeout.map(|limit| limit.as_secs())),
        Ended::Cancelled => {
            session.printer.status("interrupted; the command was ended");
            INTERRUPTED
        }
        Ended::OutputClosed => OUTPUT_CLOSED,
    })
}

fn timed_out(session: &Session, seconds: Option<u64>) -> u8 {
    let seconds = seconds.unwrap_or_default();
    let status = format!("the command was ended after {seconds} s");
    session.printer.status(&status);
    TIMED_OUT
}

/// Runs it to its end and prints one value.
pub(super) async fn collected(session: &Session, exec: &Exec, limits: &Limits) -> Result<u8> {
    let Some(executed) = collect(&session.ctx, exec, false, limits).await? else {
        return Err(interrupt::interrupted("; the command was ended"));
    };
    session.printer.result(&executed)?;
    Ok(u8::try_from(executed.exit_code).unwrap_or(255))
}
