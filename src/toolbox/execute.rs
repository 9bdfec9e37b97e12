//! `POST /process/execute`: shell text run to its end, both outputs in one (toolbox API, execute).

use std::io::PipeReader;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::unix::pipe;

use crate::api::types::{ExecuteRequest, ExecuteResponse};

use super::failure::{Answer, Failure};
use super::http::{Agent, decode};
use super::shell;
use super::spare::Shell;

/// How long output of processes left in the background is waited for, once the shell has ended.
const LINGER: Duration = Duration::from_secs(30);

pub(super) async fn execute(
    State(agent): State<Arc<Agent>>,
    body: Bytes,
) -> Answer<Json<ExecuteResponse>> {
    let request: ExecuteRequest = decode(&body)?;
    if request.command.trim().is_empty() {
        return Err(Failure::bad_request(
            "command cannot be empty or whitespace-only",
        ));
    }
    let envs = request.envs.unwrap_or_default();
    shell::check_names(&envs)?;
    let shell = if envs.is_empty() && request.cwd.is_none() {
        agent.spare.take()
    } else {
        Shell::start(&agent.reaper, request.cwd.as_deref(), &envs)
    };
    let shell = match shell {
        Ok(shell) => shell,
        // The contract: what cannot be started is a result, not an error.
        Err(error) => {
            return Ok(Json(ExecuteResponse {
                exit_code: -1,
                result: error.to_string(),
            }));
        }
    };
    // The group ends with this future, unless it ends well.
    let Shell {
        mut stdin,
        output,
        ended,
        mut group,
    } = shell;
    let text = request.command;
    // A shell that ends early takes no more: the rest is of no use to anybody.
    tokio::spawn(async move { stdin.write_all(text.as_bytes()).await });
    let run = run(output, ended);
    let seconds = request.timeout.unwrap_or(0);
    let done = if seconds == 0 {
        Some(run.await)
    } else {
        tokio::time::timeout(Duration::from_secs(seconds), run)
            .await
            .ok()
    };
    let Some(response) = done else {
        drop(group);
        return Err(Failure::timeout(format!(
            "command execution timeout after {seconds} s"
        )));
    };
    group.let_go();
    response.map(Json)
}

async fn run(
    output: PipeReader,
    ended: tokio::sync::oneshot::Receiver<super::reaper::Status>,
) -> Answer<ExecuteResponse> {
    let mut output = pipe::Receiver::from_owned_fd(output.into())
        .map_err(|error| Failure::internal("cannot read the output", error))?;
    let mut result = Vec::new();
    let mut ended = std::pin::pin!(ended);
    let mut read = std::pin::pin!(output.read_to_end(&mut result));
    let status = tokio::select! {
        // All output is there; the shell may have closed it before it ends.
        _ = &mut read => ended.await,
        status = &mut ended => {
            let _ = tokio::time::timeout(LINGER, read).await;
            status
        }
    };
    let status = status.ok();
    Ok(ExecuteResponse {
        exit_code: status.and_then(|status| status.code).unwrap_or(-1),
        result: String::from_utf8_lossy(&result).into_owned(),
    })
}
