//! A program run to its end, both outputs in one; its group ends with the one who waits for it.

use std::io::{self, PipeReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::unix::pipe;
use tokio::sync::oneshot;

use super::failure::{Answer, Failure};
use super::http::Toolbox;
use super::spill::Spill;
use crate::guest::group::Group;
use crate::guest::nonblocking_read::read_rest;
use crate::guest::reaper::Status;
use crate::guest::spawn::{Spawner, Started};

/// How long the end of the output is waited for, once the program has ended: what it had write for it
/// (`exec > >(tee log)`) ends with it, what it left in the background does not.
const MOMENT: Duration = Duration::from_millis(20);

/// How it ended, and what it wrote.
pub(super) struct Ran {
    /// The exit status; -1 for death by a signal or a failed start.
    pub(super) exit_code: i32,
    pub(super) output: Spill,
}

/// A program that runs, both its outputs in one pipe.
pub(super) struct Program {
    pub(super) stdin: pipe::Sender,
    output: PipeReader,
    pub(super) ended: oneshot::Receiver<Status>,
    /// Ends it when dropped.
    pub(super) group: Group,
}

impl Program {
    /// Starts it.
    pub(super) fn start(programs: &Spawner, mut command: Command) -> io::Result<Self> {
        let (output, writer) = io::pipe()?;
        command
            .stdin(Stdio::piped())
            .stdout(writer.try_clone()?)
            .stderr(writer);
        let Started {
            mut child,
            ended,
            group,
        } = programs.start(command)?;
        let stdin = child
            .stdin
            .take()
            .ok_or_else(|| io::Error::other("the program has no input"))?;
        Ok(Self {
            stdin: pipe::Sender::from_owned_fd(stdin.into())?,
            output,
            ended,
            group,
        })
    }
}

/// Runs a program with a text as its standard input, for `seconds` at most (0: as long as it takes).
pub(super) async fn to_end(
    toolbox: &Toolbox,
    command: Command,
    input: String,
    seconds: u64,
) -> Answer<Ran> {
    finish(Program::start(&toolbox.programs, command), input, seconds).await
}

/// As [`to_end`], for a program that was started already, if it could be.
pub(super) async fn finish(
    program: io::Result<Program>,
    input: String,
    seconds: u64,
) -> Answer<Ran> {
    let program = match program {
        Ok(program) => program,
        // The contract: what cannot be started is a result, not an error.
        Err(error) => {
            return Ok(Ran {
                exit_code: -1,
                output: error.to_string().into_bytes().into(),
            });
        }
    };
    // The group ends with this future, unless it ends well.
    let Program {
        mut stdin,
        output: reader,
        ended,
        mut group,
    } = program;
    // A program that ends early takes no more: the rest is of no use to anybody.
    tokio::spawn(async move { stdin.write_all(input.as_bytes()).await });
    let run = async {
        let mut reader = pipe::Receiver::from_owned_fd(reader.into())
            .map_err(|error| Failure::internal("cannot read the output", error))?;
        let mut output = Spill::default();
        let mut ended = std::pin::pin!(ended);
        let mut read = Box::pin(output.fill(&mut reader));
        let (status, held) = tokio::select! {
            // All output is there; the program may have closed it before it ends.
            _ = &mut read => (ended.await, false),
            status = &mut ended => {
                let over = tokio::time::timeout(MOMENT, &mut read).await;
                (status, over.is_err())
            }
        };
        drop(read);
        if held {
            read_rest(&reader, |chunk| output.push(chunk));
            // Who writes on must not die of it.
            tokio::spawn(async move { tokio::io::copy(&mut reader, &mut tokio::io::sink()).await });
        }
        let exit_code = status.ok().and_then(|status| status.code).unwrap_or(-1);
        Ok(Ran { exit_code, output })
    };
    let done = if seconds == 0 {
        Some(run.await)
    } else {
        let limit = Duration::from_secs(seconds);
        tokio::time::timeout(limit, run).await.ok()
    };
    let Some(ran) = done else {
        drop(group);
        return Err(Failure::timeout(format!(
            "command execution timeout after {seconds} s"
        )));
    };
    group.let_go();
    ran
}
