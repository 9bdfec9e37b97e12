//! `POST /process/execute`: shell text run to its end, both outputs in one (toolbox API, execute).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;

use crate::api::types::ExecuteRequest;

use super::failure::{Answer, Failure};
use super::http::{Toolbox, decode};
use super::reply::{Part, reply};
use super::{run, shell};

pub(super) async fn execute(State(toolbox): State<Arc<Toolbox>>, body: Bytes) -> Answer<Response> {
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
        run::finish(toolbox.spare.take(), request.command, seconds).await?
    } else {
        let mut command = toolbox.programs.program(shell::path());
        command.envs(envs);
        if let Some(cwd) = &request.cwd {
            command.current_dir(cwd);
        }
        run::to_end(&toolbox, command, request.command, seconds).await?
    };
    let head = format!("{{\"exitCode\":{},\"result\":", ran.exit_code);
    let parts = vec![
        Part::Raw(head),
        Part::Quoted(ran.output.into_chunks()),
        Part::Raw("}".to_owned()),
    ];
    reply("application/json", parts)
}
