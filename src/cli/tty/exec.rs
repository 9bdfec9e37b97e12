//! `daytona exec -t`: a command in a sandbox, on this terminal.

use crate::cli::session::Session;
use crate::error::{Error, Kind, Result};
use crate::ops::sandbox::exec::Exec;

#[cfg(not(unix))]
pub(crate) fn run(exec: &Exec, _: bool, _: &Session) -> Result<Option<u8>> {
    let message = format!("`-t` in {} needs a terminal of a Unix", exec.id);
    Err(Error::new(Kind::Unsupported, message).hint("run it without `-t`"))
}

/// Its exit code, or none where its time was over.
#[cfg(unix)]
pub(crate) fn run(exec: &Exec, keys: bool, session: &Session) -> Result<Option<u8>> {
    use crate::api::types::PtyNew;
    use crate::config::Stdin;
    use crate::ops::sandbox::resolve;

    use super::terminal::{Run, join};

    if session.environment.stdin != Stdin::Terminal {
        return Err(
            Error::usage("`-t` needs a terminal, and standard input is not one").hint(format!(
                "without `-t`, standard input is passed on too: `daytona exec {} -- COMMAND`",
                exec.id
            )),
        );
    }
    if session.printer.structured() {
        return Err(Error::usage(
            "`-t` shows a terminal as it is: no `--json` with it",
        ));
    }
    let command = exec.command().line()?;
    session.block_on(async {
        let client = session.ctx.client().await?;
        let sandbox = resolve::running(&session.ctx, &exec.id, false).await?;
        if !client.is_engine() {
            // There it would open a shell, and the command be lost.
            return Err(Error::new(
                Kind::Unsupported,
                "`-t`: terminals of this server run a login shell only, no command of yours",
            )
            .hint(format!("open one: `daytona shell {}`", exec.id))
            .hint(format!(
                "or run it without a terminal: `daytona exec {} -- COMMAND`",
                exec.id
            )));
        }
        let toolbox = client.toolbox(&sandbox).await?;
        let run = Run {
            client: &client,
            toolbox: &toolbox,
            new: PtyNew {
                id: uuid::Uuid::new_v4().to_string(),
                cwd: exec.cwd.clone(),
                envs: Some(exec.env.iter().cloned().collect()),
                lazy_start: Some(true),
                command: Some(command),
                ..PtyNew::default()
            },
            keys,
            limit: exec.time_limit(),
        };
        join(session, run).await
    })
}
