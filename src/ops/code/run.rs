//! `code run`: runs a program, in a sandbox of its own where none is named.

use std::path::PathBuf;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;
use tokio::io::AsyncRead;

use crate::api::types::Sandbox;
use crate::error::{Error, Kind, Result};
use crate::ops::exec::{Limits, NoInput};
use crate::ops::gate;
use crate::ops::key_values::{self, Pair};
use crate::ops::sandbox::create::{Create, TIMEOUT, settle};
use crate::ops::sandbox::exec::{Exec, Executed, collect};
use crate::ops::sandbox::resolve;
use crate::ops::sandbox::submit::submit;
use crate::ops::{Ctx, Operation};

use super::{Language, Program};

/// Run a program in a sandbox
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// The program's text
    #[arg(skip)]
    pub code: String,

    /// The file that it came from, whose end may tell the language
    #[arg(skip)]
    #[serde(skip)]
    pub file: Option<PathBuf>,

    /// Id or name of the sandbox [default: a new one, deleted afterwards]
    #[arg(long, value_name = "SANDBOX")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub sandbox: Option<String>,

    /// Language [default: by file extension, else python]
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Language")]
    pub language: Option<Language>,

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

    /// Arguments of the program, after `--`
    #[arg(last = true, value_name = "ARGUMENT")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
}

impl Run {
    /// What it is written in.
    pub fn language(&self) -> Language {
        let named = self.file.as_deref().and_then(Language::of);
        self.language.or(named).unwrap_or_default()
    }

    /// The time limit; 0 and nothing are none.
    pub fn time_limit(&self) -> Option<Duration> {
        self.timeout
            .filter(|seconds| *seconds > 0)
            .map(Duration::from_secs)
    }
}

/// Runs it in a sandbox that runs. None where `limits.cancel` ended it.
pub async fn inside(
    ctx: &Ctx,
    sandbox: &Sandbox,
    run: &Run,
    input: Option<impl AsyncRead + Unpin + Send + 'static>,
    limits: &Limits,
) -> Result<Option<Executed>> {
    let client = ctx.client().await?;
    let program = Program::write(&client, sandbox, run).await?;
    let exec = Exec {
        id: sandbox.id.clone(),
        command: program.command().words.clone(),
        cwd: None,
        env: run.env.clone(),
        timeout: run.timeout,
    };
    let outcome = collect(ctx, &exec, false, input, limits).await;
    program.remove().await;
    outcome
}

impl Operation for Run {
    type Output = Executed;

    async fn run(self, ctx: &Ctx) -> Result<Executed> {
        let client = ctx.client().await?;
        let limits = Limits {
            timeout: self.time_limit(),
            ..Limits::default()
        };
        let executed = if let Some(id) = &self.sandbox {
            let sandbox = resolve::running(ctx, id, true).await?;
            inside(ctx, &sandbox, &self, None::<NoInput>, &limits).await?
        } else {
            let sandbox = submit(ctx, Create::default()).await?.sandbox;
            let id = sandbox.id.clone();
            let outcome = async {
                let sandbox = settle(&client, sandbox, TIMEOUT).await?;
                inside(ctx, &sandbox, &self, None::<NoInput>, &limits).await
            }
            .await;
            client.delete_sandbox(&id, false, &gate::undo()).await?;
            outcome?
        };
        executed.ok_or_else(|| Error::new(Kind::Interrupted, "the program was ended"))
    }
}
