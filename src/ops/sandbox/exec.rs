//! `exec` for machines: runs a command and returns what it wrote.

use std::time::{Duration, Instant};

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use tokio::io::AsyncRead;

use crate::api::Stream;
use crate::error::{Error, Result};
use crate::ops::exec::{Capture, Command, Ended, Limits, NoInput, stream};
use crate::ops::key_values::{self, Pair};
use crate::ops::{Ctx, Operation};
use crate::output::{Human, View};

use super::resolve;

/// Run a command in a sandbox
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exec {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    pub id: String,

    /// Command to run: one word is shell text, several are a program and its arguments
    #[arg(required = true, trailing_var_arg = true, value_name = "COMMAND")]
    #[serde(deserialize_with = "words")]
    #[schemars(
        with = "String",
        description = "Shell text to run, e.g. `cd /tmp && ls -la`"
    )]
    pub command: Vec<String>,

    /// Working directory [default: the sandbox's]
    #[arg(long, value_name = "DIR")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub cwd: Option<String>,

    /// Environment variable of the command (can be repeated)
    #[arg(short, long, value_name = "KEY=VALUE", value_parser = key_values::parse)]
    #[serde(
        default,
        deserialize_with = "key_values::from_map",
        skip_serializing_if = "Vec::is_empty"
    )]
    #[schemars(with = "std::collections::BTreeMap<String, String>")]
    pub env: Vec<Pair>,

    /// Seconds until the command is ended; 0 is never [default: 0]
    #[arg(long, value_name = "SECONDS")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub timeout: Option<u64>,
}

/// What a command wrote and how it ended
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Executed {
    /// The exit code; 124 where it was ended because its time was over
    pub exit_code: i32,
    /// What it wrote to standard output; beyond 1 MiB only the beginning and the end
    pub stdout: String,
    /// What it wrote to standard error; beyond 1 MiB only the beginning and the end
    pub stderr: String,
    /// How many bytes it wrote to standard output
    pub stdout_bytes: u64,
    /// How many bytes it wrote to standard error
    pub stderr_bytes: u64,
    /// Whether anything was left out of stdout or stderr
    pub truncated: bool,
    /// Whether it was ended because its time was over
    pub timed_out: bool,
    /// How long it took in milliseconds
    pub duration_ms: u64,
}

impl Human for Executed {
    fn view(&self) -> View {
        View::Text(format!("{}{}", self.stdout, self.stderr))
    }
}

/// Models send a string; a list of words is taken too.
fn words<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<String>, D::Error> {
    use serde::de::Error as _;
    match serde_json::Value::deserialize(input)? {
        serde_json::Value::String(text) => Ok(vec![text]),
        serde_json::Value::Array(words) => words
            .into_iter()
            .map(|word| word.as_str().map(str::to_owned))
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| D::Error::custom("the command's words must be strings")),
        _ => Err(D::Error::custom("the command must be a string")),
    }
}

impl Exec {
    /// The command without the sandbox.
    pub fn command(&self) -> Command {
        Command {
            words: self.command.clone(),
            cwd: self.cwd.clone(),
            env: self.env.clone(),
        }
    }

    /// The time limit; 0 and nothing are none.
    pub fn time_limit(&self) -> Option<Duration> {
        self.timeout
            .filter(|seconds| *seconds > 0)
            .map(Duration::from_secs)
    }
}

/// Runs it and collects what it writes. A resting sandbox is started where `start` says so.
/// None where `limits.cancel` ended it.
pub async fn collect(
    ctx: &Ctx,
    exec: &Exec,
    start: bool,
    input: Option<impl AsyncRead + Unpin + Send + 'static>,
    limits: &Limits,
) -> Result<Option<Executed>> {
    let found = async {
        let client = ctx.client().await?;
        let sandbox = resolve::running(ctx, &exec.id, start).await?;
        Ok::<_, Error>((client, sandbox))
    };
    let (client, sandbox) = tokio::select! {
        found = found => found?,
        () = limits.cancel.cancelled() => return Ok(None),
    };
    let (mut stdout, mut stderr) = (Capture::default(), Capture::default());
    let begun = Instant::now();
    let mut keep = |stream: Stream, bytes: &[u8]| {
        match stream {
            Stream::Stdout => stdout.push(bytes),
            Stream::Stderr => stderr.push(bytes),
        }
        Ok(())
    };
    let ended = stream(&client, &sandbox, &exec.command(), input, limits, &mut keep).await?;
    let exit_code = match ended {
        Ended::Code(code) => code,
        Ended::TimedOut => 124,
        Ended::Cancelled | Ended::OutputClosed => return Ok(None),
    };
    Ok(Some(Executed {
        exit_code,
        stdout_bytes: stdout.count(),
        stderr_bytes: stderr.count(),
        truncated: stdout.lost() + stderr.lost() > 0,
        stdout: stdout.text(),
        stderr: stderr.text(),
        timed_out: ended == Ended::TimedOut,
        duration_ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
    }))
}

impl Operation for Exec {
    type Output = Executed;

    async fn run(self, ctx: &Ctx) -> Result<Executed> {
        let limits = Limits {
            timeout: self.time_limit(),
            ..Limits::default()
        };
        Ok(collect(ctx, &self, true, None::<NoInput>, &limits)
            .await?
            .unwrap_or_default())
    }
}
