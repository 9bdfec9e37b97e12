//! `POST /process/execute`: shell text run to its end, both outputs in one (toolbox API, execute).

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;

use crate::api::types::{ExecuteRequest, ExecuteResponse};

use super::failure::{Answer, Failure};
use super::http::{Agent, decode};
use super::{run, shell};

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
    let seconds = request.timeout.unwrap_or(0);
    let ran = if envs.is_empty() && request.cwd.is_none() {
        run::finish(agent.spare.take(), request.command, seconds).await?
    } else {
        let mut command = agent.programs.program(shell::path());
        command.envs(envs);
        if let Some(cwd) = &request.cwd {
            command.current_dir(cwd);
        }
        run::to_end(&agent, command, request.command, seconds).await?
    };
    Ok(Json(ExecuteResponse {
        exit_code: ran.exit_code,
        result: String::from_utf8_lossy(&ran.output).into_owned(),
    }))
}
