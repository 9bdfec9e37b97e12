//! `daytona shell`: a login shell in a sandbox, on this terminal.

use crate::cli::session::Session;
use crate::error::{Command, Error, Result};

const EXAMPLES: &str = "\
Examples:
  daytona shell demo
  daytona create --name demo && daytona shell demo

The exit code is the shell's.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ShellArgs {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    id: String,
}

#[cfg(not(unix))]
pub(crate) fn run(args: &ShellArgs, _: &Session) -> Result<u8> {
    let message = format!("a shell in {} needs a terminal of a Unix", args.id);
    Err(Error::new(crate::error::Kind::Unsupported, message)
        .hint("run single commands: `daytona exec SANDBOX -- COMMAND`"))
}

#[cfg(unix)]
pub(crate) fn run(args: &ShellArgs, session: &Session) -> Result<u8> {
    use crate::api::types::PtyNew;
    use crate::config::Stdin;
    use crate::ops::sandbox::resolve;

    use super::terminal::{Run, join};

    let environment = &session.environment;
    if environment.stdin != Stdin::Terminal || !environment.stdout_terminal {
        return Err(
            Error::usage("`shell` needs a terminal for its input and output").hint(
                Command::new("exec")
                    .on(&args.id)
                    .flags("-- COMMAND")
                    .to("run single commands"),
            ),
        );
    }
    session.block_on(async {
        let client = session.ctx.client().await?;
        let sandbox = resolve::running(&session.ctx, &args.id, false).await?;
        let toolbox = client.toolbox(&sandbox).await?;
        let run = Run {
            client: &client,
            toolbox: &toolbox,
            new: PtyNew {
                id: uuid::Uuid::new_v4().to_string(),
                ..PtyNew::default()
            },
            keys: true,
            limit: None,
        };
        Ok(join(session, run).await?.unwrap_or_default())
    })
}
