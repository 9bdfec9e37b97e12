//! `POST /process/code-run`: a program in one of three languages, run to its end.

use std::io::{ErrorKind, Write as _};
use std::process::Command;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use tempfile::NamedTempFile;

use crate::api::types::{CodeArtifacts, CodeRunRequest, CodeRunResponse};

use super::failure::{Answer, Failure};
use super::http::{Agent, decode};
use super::run::{self, Ran};
use super::shell;

/// Before a line of output that is an artifact (toolbox API, code-run).
const ARTIFACT: &str = "dtn_artifact_k39fd2:";
/// What a program that may draw figures names.
const DRAWING: [&str; 4] = ["matplotlib", "pylab", "seaborn", "pandas"];
/// Runs such a program.
const CHARTS: &str = include_str!("charts.py");
/// The status of a program that is not there, as shells have it.
const NOT_FOUND: i32 = 127;
/// What node says of a flag that it does not know, and the status with which it ends then.
const BAD_OPTION: (i32, &[u8]) = (9, b"bad option");
const NO_TYPESCRIPT: &str = "this sandbox cannot run TypeScript: it has neither node 22.6 or newer, \
     which runs it by itself, nor ts-node, tsx, bun or deno\n";

pub(super) async fn run(
    State(agent): State<Arc<Agent>>,
    body: Bytes,
) -> Answer<Json<CodeRunResponse>> {
    let request: CodeRunRequest = decode(&body)?;
    if request.code.is_empty() {
        return Err(Failure::bad_request("code is required"));
    }
    let envs = request.envs.clone().unwrap_or_default();
    shell::check_names(&envs)?;
    let ran = match request.language.as_str() {
        "python" => {
            let mut command = program(&agent, &request, "python3");
            if DRAWING.iter().any(|name| request.code.contains(name)) {
                command.args(["-u", "-c", CHARTS]);
            } else {
                command.args(["-u", "-"]);
            }
            start(&agent, command, &request, request.code.clone()).await?
        }
        "javascript" => {
            let mut command = program(&agent, &request, "node");
            command.arg("-");
            // Node keeps the dash among the arguments, where programs do not expect it.
            let code = format!("process.argv.splice(1, 1); {}", request.code);
            start(&agent, command, &request, code).await?
        }
        "typescript" => typescript(&agent, &request).await?,
        "" => return Err(Failure::bad_request("language is required")),
        other => {
            return Err(Failure::bad_request(format!(
                "unsupported language '{other}': python, javascript and typescript are"
            )));
        }
    };
    let text = String::from_utf8_lossy(&ran.output);
    let (result, charts) = artifacts(&text);
    Ok(Json(CodeRunResponse {
        exit_code: ran.exit_code,
        result,
        artifacts: (!charts.is_empty()).then_some(CodeArtifacts { charts }),
    }))
}

fn program(agent: &Agent, request: &CodeRunRequest, name: &str) -> Command {
    let mut command = agent.programs.program(name);
    // Sets PATH too, by which the program is found then.
    command.envs(request.envs.iter().flatten());
    command
}

async fn start(
    agent: &Agent,
    mut command: Command,
    request: &CodeRunRequest,
    input: String,
) -> Answer<Ran> {
    command.args(request.argv.iter().flatten());
    let name = command.get_program().to_string_lossy().into_owned();
    let ran = run::to_end(agent, command, input, request.timeout.unwrap_or(0)).await?;
    // The contract has a shell in between, which would say this.
    let missing = ran.exit_code == -1
        && ran.output
            == std::io::Error::from(rustix::io::Errno::NOENT)
                .to_string()
                .as_bytes();
    Ok(if missing {
        Ran {
            exit_code: NOT_FOUND,
            output: format!("{name}: command not found\n").into_bytes(),
        }
    } else {
        ran
    })
}

/// The first of what is there that can: nothing is fetched from the network.
async fn typescript(agent: &Agent, request: &CodeRunRequest) -> Answer<Ran> {
    let file = script(&request.code)
        .map_err(|error| Failure::internal("cannot write the program", error))?;
    let runners: [(&str, &[&str]); 5] = [
        ("ts-node", &["-T"]),
        ("tsx", &[]),
        ("node", &["--experimental-strip-types", "--no-warnings"]),
        ("bun", &["run"]),
        ("deno", &["run", "--allow-all", "--no-check"]),
    ];
    for (name, flags) in runners {
        let mut command = program(agent, request, name);
        command.args(flags).arg(file.path());
        let ran = start(agent, command, request, String::new()).await?;
        let (status, text) = BAD_OPTION;
        let too_old = name == "node"
            && ran.exit_code == status
            && ran.output.windows(text.len()).any(|part| part == text);
        if ran.exit_code != NOT_FOUND && !too_old {
            return Ok(ran);
        }
    }
    Ok(Ran {
        exit_code: NOT_FOUND,
        output: NO_TYPESCRIPT.into(),
    })
}

fn script(code: &str) -> std::io::Result<NamedTempFile> {
    let make = |folder: &str| {
        tempfile::Builder::new()
            .prefix("code-")
            .suffix(".ts")
            .tempfile_in(folder)
    };
    let mut file = make("/tmp").or_else(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::PermissionDenied => make("/run/daytona"),
        _ => Err(error),
    })?;
    file.write_all(code.as_bytes())?;
    Ok(file)
}

/// The output without the lines that are artifacts, and the charts among those.
fn artifacts(text: &str) -> (String, Vec<serde_json::Value>) {
    if !text.contains(ARTIFACT) {
        return (text.to_owned(), Vec::new());
    }
    let (mut result, mut charts) = (String::new(), Vec::new());
    for line in text.split_inclusive('\n') {
        // Where what was printed before lacks its newline, it stands in the same line.
        let Some((before, artifact)) = line.split_once(ARTIFACT) else {
            result.push_str(line);
            continue;
        };
        match serde_json::from_str::<serde_json::Value>(artifact) {
            Ok(mut artifact) if artifact["type"] == "chart" => {
                charts.push(artifact["value"].take());
                result.push_str(before);
            }
            _ if before.is_empty() => {}
            _ => result.push_str(line),
        }
    }
    (result, charts)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn charts_are_taken_out_of_the_output() {
        let text = format!(
            "one\n{ARTIFACT}{{\"type\":\"chart\",\"value\":{{\"title\":\"t\"}}}}\n{ARTIFACT}broken\ntw{ARTIFACT}{{\"type\":\"chart\",\"value\":1}}\no"
        );
        let (result, charts) = artifacts(&text);
        assert_eq!(result, "one\ntwo");
        assert_eq!(charts, [json!({ "title": "t" }), json!(1)]);
    }
}
