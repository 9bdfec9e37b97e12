//! `daytona exec`: the command's streams become ours while it runs, and its exit code ours.

use std::path::Path;
use std::time::Duration;

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

/// How long an interrupted command may take to end.
const WINDING_UP: Duration = Duration::from_secs(10);

/// Our own failure, told apart from the command's.
const FAILED: u8 = 125;
const TIMED_OUT: u8 = 124;
const INTERRUPTED: u8 = 130;
/// As a shell reports a death by SIGPIPE.
const OUTPUT_CLOSED: u8 = 141;

const EXAMPLES: &str = "\
Examples:
  daytona exec demo -- ls -la /tmp
  daytona exec demo 'cd /tmp && ls | wc -l'
  tar c src | daytona exec -i demo -- tar x
  daytona exec -it demo -- vi notes.txt

The exit code is the command's; 125 where daytona failed, 124 after --timeout, 130 after Ctrl-C.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ExecArgs {
    #[command(flatten)]
    exec: Exec,

    #[command(flatten)]
    streams: StreamArgs,
}

/// Which of the caller's streams a command gets, as docker and kubectl have it.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct StreamArgs {
    /// Forward standard input; without it the command's input is empty
    #[arg(short, long)]
    interactive: bool,

    /// Allocate a terminal; use -it for interactive programs
    #[arg(short, long)]
    pub(super) tty: bool,

    /// No standard input (default)
    #[arg(long, hide = true, conflicts_with = "interactive")]
    no_stdin: bool,
}

impl StreamArgs {
    /// Whether standard input is forwarded. It can be read once only.
    pub(super) fn forward(self, session: &Session, reader: Option<&str>) -> Result<bool> {
        forward(self.interactive, session, reader)
    }

    /// Refuses what a terminal cannot do: before anything is made.
    pub(super) fn check_terminal(self, session: &Session) -> Result<()> {
        if self.tty {
            super::tty::exec::check(session)?;
        }
        Ok(())
    }
}

/// Whether `-i` forwards standard input; a usage error where `reader`, or the API key, reads it too.
pub(super) fn forward(interactive: bool, session: &Session, reader: Option<&str>) -> Result<bool> {
    let key = session.flags.api_key_file.as_deref() == Some(Path::new("-"));
    let reader = if key {
        Some("--api-key-file -")
    } else {
        reader
    };
    match reader {
        Some(reader) if interactive => Err(Error::usage(format!(
            "`-i` and `{reader}` both read standard input"
        ))),
        _ => Ok(interactive && session.environment.stdin != Stdin::Nothing),
    }
}

pub(super) fn run(args: &ExecArgs, session: &Session) -> Result<u8> {
    let exec = &args.exec;
    let input = args.streams.forward(session, None)?;
    if args.streams.tty {
        let outcome = super::tty::exec::run(exec, input, session);
        return Ok(outcome.unwrap_or_else(|error| failed(session, &error)));
    }
    let limits = Limits {
        timeout: exec.time_limit(),
        ..Limits::default()
    };
    session.printer.check::<Executed>()?;
    let outcome = session.block_on(cancelling(session, &limits.cancel, async {
        if session.printer.structured() {
            return collected(session, exec, input, &limits).await;
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
    session: &Session,
    cancel: &CancellationToken,
    future: impl Future<Output = Result<T>>,
) -> Result<T> {
    tokio::pin!(future);
    tokio::select! {
        outcome = &mut future => return outcome,
        () = interrupt::requested() => cancel.cancel(),
    }
    interrupt::winding_up(session, future, WINDING_UP)
        .await
        .unwrap_or_else(|cut| Err(cut.error("the command may still run")))
}

/// Runs it with our streams. The sandbox runs.
pub(super) async fn live(
    session: &Session,
    sandbox: &Sandbox,
    command: &Command,
    input: bool,
    limits: &Limits,
) -> Result<u8> {
    let client = session.ctx.client().await?;
    let input = input.then(tokio::io::stdin);
    let printer = &session.printer;
    let mut lost = None;
    // Other servers keep logs by line: what is no text may come out changed.
    let (by_line, mut binary) = (!client.is_engine(), false);
    let mut print = |stream: Stream, bytes: &[u8]| {
        binary |= by_line && is_binary(bytes);
        let (name, outcome) = match stream {
            Stream::Stdout => ("stdout", printer.stdout(bytes)),
            Stream::Stderr => ("stderr", printer.stderr(bytes)),
        };
        outcome.inspect_err(|error| lost = Some((name, std::io::Error::from(error.kind()))))
    };
    let ended = stream(&client, sandbox, command, input, limits, &mut print).await?;
    if binary {
        session.printer.warn(
            "the output is not text, and this server may have changed bytes of it; write it to a file and copy that: \
             `daytona cp SANDBOX:FILE .`",
        );
    }
    Ok(match ended {
        Ended::Code(code) => u8::try_from(code).unwrap_or(255),
        Ended::TimedOut => timed_out(session, limits.timeout.map(|limit| limit.as_secs())),
        Ended::Cancelled => {
            session.printer.status("interrupted; the command was ended");
            INTERRUPTED
        }
        Ended::OutputClosed => match lost {
            // A full disk is no reader that has enough.
            Some((name, error)) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                let message = format!("cannot write to {name}; the command was ended");
                return Err(Error::new(Kind::Other, message).because(error));
            }
            _ => OUTPUT_CLOSED,
        },
    })
}

/// Whether bytes are no text. A character that is cut at the end is one.
fn is_binary(bytes: &[u8]) -> bool {
    bytes.contains(&0) || std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_some())
}

pub(super) fn timed_out(session: &Session, seconds: Option<u64>) -> u8 {
    let seconds = seconds.unwrap_or_default();
    let status = format!("the command was ended after {seconds} s");
    session.printer.status(&status);
    TIMED_OUT
}

/// Runs it to its end and prints one value.
pub(super) async fn collected(
    session: &Session,
    exec: &Exec,
    input: bool,
    limits: &Limits,
) -> Result<u8> {
    let input = input.then(tokio::io::stdin);
    let Some(executed) = collect(&session.ctx, exec, false, input, limits).await? else {
        return Err(interrupt::interrupted("; the command was ended"));
    };
    session.printer.result(&executed)?;
    Ok(u8::try_from(executed.exit_code).unwrap_or(255))
}
