//! `daytona create`: makes a sandbox; interrupted half-way, it says what became of it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::value_parser;

use crate::api::types::Sandbox;
use crate::error::{Command, Context as _, Error, Kind, Result};
use crate::ops::gate;
use crate::ops::key_values;
use crate::ops::sandbox::Changed;
use crate::ops::sandbox::create::{Create, TIMEOUT, build_info, changed, settle};
use crate::ops::sandbox::submit::submit;

use super::interrupt::{interrupted, requested, winding_up};
use super::session::Session;

/// How long an interrupted command may take to clean up.
const CLEAN_UP: Duration = Duration::from_secs(5);

const EXAMPLES: &str = "\
Examples:
  daytona create --name demo
  daytona create --env A=1 --label team=core --ttl 60 --memory 4
  ID=$(daytona create -q)";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct CreateArgs {
    #[command(flatten)]
    pub(super) make: MakeArgs,

    /// Return as soon as the server accepts, without waiting
    #[arg(long, conflicts_with_all = ["wait", "timeout"])]
    no_wait: bool,

    /// Return once the sandbox runs (default)
    #[arg(long)]
    wait: bool,

    /// Seconds to wait until the sandbox runs [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..))]
    timeout: Option<u64>,
}

/// What a new sandbox is to be like.
#[derive(Debug, clap::Args)]
pub(super) struct MakeArgs {
    #[command(flatten)]
    create: Create,

    /// Build the image from a Dockerfile; the local engine takes FROM, ENV, WORKDIR, ENTRYPOINT and CMD
    #[arg(long, value_name = "FILE", conflicts_with_all = ["snapshot", "like", "template"])]
    dockerfile: Option<PathBuf>,

    /// Read environment variables from a file of KEY=VALUE lines; `-` is standard input (can be repeated)
    #[arg(long, value_name = "FILE")]
    env_file: Vec<PathBuf>,
}

impl MakeArgs {
    /// Whether an env file comes from standard input.
    pub(super) fn reads_stdin(&self) -> bool {
        self.env_file.iter().any(|path| path == Path::new("-"))
    }

    /// The operation, with the env files read. What is named on the command line wins.
    pub(super) fn read(self) -> Result<Create> {
        let mut create = self.create;
        let mut env = Vec::new();
        for path in &self.env_file {
            let text = if path == Path::new("-") {
                std::io::read_to_string(std::io::stdin())
            } else {
                std::fs::read_to_string(path)
            };
            let text = text.context(Kind::Usage, || {
                format!("--env-file: cannot read {}", path.display())
            })?;
            env.extend(key_values::parse_file(&text, &path.display().to_string())?);
        }
        env.append(&mut create.env);
        create.env = env;
        if let Some(path) = &self.dockerfile {
            let text = std::fs::read_to_string(path).context(Kind::Usage, || {
                format!("--dockerfile: cannot read {}", path.display())
            })?;
            create.build_info = Some(build_info(&text)?);
        }
        Ok(create)
    }
}

pub(super) fn run(args: CreateArgs, session: &Session) -> Result<u8> {
    session.printer.check::<Changed>()?;
    let timeout = args.timeout.map_or(TIMEOUT, Duration::from_secs);
    let create = args.make.read()?;
    let like = create.like.clone();
    let begun = Instant::now();
    let sandbox = session.block_on(async {
        let progress = session.printer.progress("creating a sandbox");
        session.ctx.hear(Some(progress.teller()));
        let sandbox = Box::pin(accepted(session, create)).await?;
        if args.no_wait && !sandbox.state.is_failed() {
            return Ok(sandbox);
        }
        let client = session.ctx.client().await?;
        let timeout = timeout.saturating_sub(begun.elapsed());
        let (name, id) = (sandbox.name.clone(), sandbox.id.clone());
        tokio::select! {
            outcome = settle(&client, sandbox, timeout) => outcome,
            () = requested() => Err(interrupted(&format!(
                "while `{name}` ({id}) was starting; it exists, and goes on starting"
            ))
            .hint(Command::new("wait").on(&name).to("keep it"))
            .hint(Command::new("delete").on(&name).to("or not"))),
        }
    })?;
    session.printer.result(&changed(sandbox, like.as_deref()))?;
    Ok(0)
}

/// Asks for the sandbox. An interruption here must not leave one that nobody knows of:
/// the reply is awaited a little longer, and the sandbox in it deleted.
pub(super) async fn accepted(session: &Session, create: Create) -> Result<Sandbox> {
    let submitting = submit(&session.ctx, create);
    tokio::pin!(submitting);
    tokio::select! {
        outcome = &mut submitting => {
            let made = outcome?;
            for note in &made.notes {
                session.printer.warn(note);
            }
            return Ok(made.sandbox);
        }
        () = requested() => {}
    }
    let undoing = async {
        let sandbox = submitting.await?.sandbox;
        let client = session.ctx.client().await?;
        client
            .delete_sandbox(&sandbox.id, false, &gate::undo())
            .await?;
        Ok::<_, Error>(sandbox)
    };
    Err(match winding_up(session, undoing, CLEAN_UP).await {
        Ok(Ok(sandbox)) => interrupted(&format!(
            "while creating; `{}` ({}) was deleted again",
            sandbox.name, sandbox.id
        )),
        Ok(Err(error)) => interrupted(&format!("while creating: {error}")),
        Err(_) => interrupted("while creating; the server had not answered yet").hint(
            Command::new("list")
                .flags("--sort createdAt")
                .to("a sandbox may have been created"),
        ),
    })
}
