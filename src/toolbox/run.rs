//! A program run to its end, both outputs in one; its group ends with the one who waits for it.

use std::io::{self, Write as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use tokio::io::AsyncReadExt as _;
use tokio::net::unix::pipe;

use super::failure::{Answer, Failure};
use super::group::Group;
use super::http::Agent;

/// How long output of processes left in the background is waited for, once the program has ended.
const LINGER: Duration = Duration::from_secs(30);

/// How it ended, and what it wrote.
pub(super) struct Ran {
    /// The exit status; -1 for death by a signal or a failed start.
    pub(super) exit_code: i32,
    pub(super) output: Vec<u8>,
}

/// Runs a program with a text as its standard input, for `seconds` at most (0: as long as it takes).
pub(super) async fn to_end(
    agent: &Agent,
    mut command: Command,
    input: String,
    seconds: u64,
) -> Answer<Ran> {
    let (reader, writer) =
        io::pipe().map_err(|error| Failure::internal("cannot make a pipe", error))?;
    let second = writer
        .try_clone()
        .map_err(|error| Failure::internal("cannot make a pipe", error))?;
    command
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(writer)
        .stderr(second);
    let mut child = match command.spawn() {
        Ok(child) => child,
        // The contract: what cannot be started is a result, not an error.
        Err(error) => {
            return Ok(Ran {
                exit_code: -1,
                output: error.to_string().into_bytes(),
            });
        }
    };
    let ended = agent.reaper.expect(child.id());
    // From here on the group ends with this future, unless it ends well.
    let mut group = Group::led_by(child.id());
    // The write end goes with the command: only the child's processes hold it now.
    drop(command);
    if let Some(mut stdin) = child.stdin.take() {
        tokio::task::spawn_blocking(move || {
            let _ = stdin.write_all(input.as_bytes());
        });
    }
    let run = async {
        let mut reader = pipe::Receiver::from_owned_fd(reader.into())
            .map_err(|error| Failure::internal("cannot read the output", error))?;
        let mut output = Vec::new();
        let mut ended = std::pin::pin!(ended);
        let mut read = std::pin::pin!(reader.read_to_end(&mut output));
        let status = tokio::select! {
            // All output is there; the program may have closed it before it ends.
            _ = &mut read => ended.await,
            status = &mut ended => {
                let _ = tokio::time::timeout(LINGER, read).await;
                status
            }
        };
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
