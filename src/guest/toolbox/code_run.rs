//! `POST /process/code-run`: a program in one of three languages, run to its end.

use std::io::{ErrorKind, Write as _};
use std::process::Command;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use tempfile::NamedTempFile;

use crate::api::types::{CodeArtifacts, CodeRunRequest};
use crate::typescript::{JavaScript, for_node};

use super::failure::{Answer, Failure};
use super::http::{Toolbox, decode};
use super::reply::{Part, reply};
use super::run::{self, Ran};
use super::{artifacts, shell};

/// What a program that may draw figures names.
const DRAWING: [&str; 4] = ["matplotlib", "pylab", "seaborn", "pandas"];
/// Runs such a program.
const CHARTS: &str = include_str!("charts.py");
/// The status of a program that is not there, as shells have it.
const NOT_FOUND: i32 = 127;
/// What node says of a flag that it does not know, and the status with which it ends then.
const BAD_OPTION: (i32, &[u8]) = (9, b"bad option");
const NO_TYPESCRIPT: &str = "this sandbox cannot run TypeScript: it has neither node nor ts-node, tsx, \
     bun or deno\n";

pub(super) async fn run(State(toolbox): State<Arc<Toolbox>>, body: Bytes) -> Answer<Response> {
    let request: CodeRunRequest = decode(&body)?;
    if request.code.is_empty() {
        return Err(Failure::bad_request("code is required"));
    }
    let envs = request.envs.clone().unwrap_or_default();
    shell::check_names(&envs)?;
    let ran = match request.language.as_str() {
        "python" => {
            let mut command = program(&toolbox, &request, "python3");
            if DRAWING.iter().any(|name| request.code.contains(name)) {
                command.args(["-u", "-c", CHARTS]);
            } else {
                command.args(["-u", "-"]);
            }
            start(&toolbox, command, &request, request.code.clone()).await?
        }
        "javascript" => {
            let mut command = program(&toolbox, &request, "node");
            command.arg("-");
            // Node keeps the dash among the arguments, where programs do not expect it.
            let code = format!("process.argv.splice(1, 1); {}", request.code);
            start(&toolbox, command, &request, code).await?
        }
        "typescript" => typescript(&toolbox, &request).await?,
        "" => return Err(Failure::bad_request("language is required")),
        other => {
            return Err(Failure::bad_request(format!(
                "unsupported language '{other}': python, javascript and typescript are"
            )));
        }
    };
    let made = artifacts::take(ran.output.into_chunks())
        .map_err(|error| Failure::internal("cannot read the output", error))?;
    let mut end = String::new();
    if !made.charts.is_empty() {
        let artifacts = CodeArtifacts {
            charts: made.charts,
        };
        let artifacts = serde_json::to_string(&artifacts)
            .map_err(|error| Failure::internal("cannot tell of the charts", error))?;
        end = format!(",\"artifacts\":{artifacts}");
    }
    let parts = vec![
        Part::Raw(format!("{{\"exitCode\":{},\"result\":", ran.exit_code)),
        Part::Quoted(made.text.into_chunks()),
        Part::Raw(end + "}"),
    ];
    reply("application/json", parts)
}

fn program(toolbox: &Toolbox, request: &CodeRunRequest, name: &str) -> Command {
    let mut command = toolbox.programs.program(name);
    // Sets PATH too, by which the program is found then.
    command.envs(request.envs.iter().flatten());
    command
}

async fn start(
    toolbox: &Toolbox,
    mut command: Command,
    request: &CodeRunRequest,
    input: String,
) -> Answer<Ran> {
    command.args(request.argv.iter().flatten());
    let name = command.get_program().to_string_lossy().into_owned();
    let ran = run::to_end(toolbox, command, input, request.timeout.unwrap_or(0)).await?;
    // The contract has a shell in between, which would say this.
    let missing = ran.exit_code == -1
        && ran.output.held()
            == std::io::Error::from(rustix::io::Errno::NOENT)
                .to_string()
                .as_bytes();
    Ok(if missing {
        Ran {
            exit_code: NOT_FOUND,
            output: format!("{name}: command not found\n").into_bytes().into(),
        }
    } else {
        ran
    })
}

/// The first of what is there that can: nothing is fetched from the network.
async fn typescript(toolbox: &Toolbox, request: &CodeRunRequest) -> Answer<Ran> {
    let file = script(&request.code, "ts")
        .map_err(|error| Failure::internal("cannot write the program", error))?;
    let runners: [(&str, &[&str]); 5] = [
        ("ts-node", &["-T"]),
        ("tsx", &[]),
        ("node", &["--experimental-strip-types", "--no-warnings"]),
        ("bun", &["run"]),
        ("deno", &["run", "--allow-all", "--no-check"]),
    ];
    for (name, flags) in runners {
        let mut command = program(toolbox, request, name);
        command.args(flags).arg(file.path());
        let ran = start(toolbox, command, request, String::new()).await?;
        let (status, text) = BAD_OPTION;
        let too_old = name == "node"
            && ran.exit_code == status
            && ran
                .output
                .held()
                .windows(text.len())
                .any(|part| part == text);
        if ran.exit_code != NOT_FOUND && !too_old {
            return Ok(ran);
        }
    }
    // An older node knows JavaScript only.
    let code = request.code.clone();
    let JavaScript { text, end } = tokio::task::spawn_blocking(move || for_node(&code))
        .await
        .map_err(|error| Failure::internal("cannot take the types out of the program", error))?;
    let file =
        script(&text, end).map_err(|error| Failure::internal("cannot write the program", error))?;
    let mut command = program(toolbox, request, "node");
    command.arg(file.path());
    let ran = start(toolbox, command, request, String::new()).await?;
    if ran.exit_code != NOT_FOUND {
        return Ok(ran);
    }
    Ok(Ran {
        exit_code: NOT_FOUND,
        output: NO_TYPESCRIPT.as_bytes().to_vec().into(),
    })
}

fn script(code: &str, end: &str) -> std::io::Result<NamedTempFile> {
    let make = |folder: &str| {
        tempfile::Builder::new()
            .prefix("code-")
            .suffix(&format!(".{end}"))
            .tempfile_in(folder)
    };
    let mut file = make("/tmp").or_else(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::PermissionDenied => make("/run/daytona"),
        _ => Err(error),
    })?;
    file.write_all(code.as_bytes())?;
    Ok(file)
}
