//! `daytona exec -t` and `daytona run -t`: a command in a sandbox, on this terminal.

use crate::api::types::Sandbox;
use crate::cli::session::Session;
use crate::error::{Command, Error, Result};
use crate::ops::sandbox::exec::Exec;

/// Refuses what cannot be a terminal: before anything is made.
pub(crate) fn check(session: &Session) -> Result<()> {
    use crate::config::Stdin;

    if !cfg!(unix) {
        let message = "`-t` needs a terminal of a Unix";
        return Err(
            Error::new(crate::error::Kind::Unsupported, message).hint("run it without `-t`")
        );
    }
    if session.environment.stdin != Stdin::Terminal {
        return Err(
            Error::usage("`-t` needs a terminal, and standard input is not one").hint(
                "use `-i` alone to forward standard input: `daytona exec -i SANDBOX -- COMMAND`",
            ),
        );
    }
    if session.printer.structured() {
        return Err(Error::usage(
            "`-t` and `--json` exclude each other: a terminal's output is shown as it is",
        ));
    }
    Ok(())
}

/// Runs it in a sandbox that is named.
pub(crate) fn run(exec: &Exec, keys: bool, session: &Session) -> Result<u8> {
    use crate::ops::sandbox::resolve;

    check(session)?;
    session.block_on(async {
        let sandbox = resolve::running(&session.ctx, &exec.id, false).await?;
        within(session, &sandbox, exec, keys).await
    })
}

#[cfg(not(unix))]
pub(crate) async fn within(session: &Session, _: &Sandbox, _: &Exec, _: bool) -> Result<u8> {
    check(session).map(|()| 1)
}

/// Runs it in a sandbox that runs; its exit code.
#[cfg(unix)]
pub(crate) async fn within(
    session: &Session,
    sandbox: &Sandbox,
    exec: &Exec,
    keys: bool,
) -> Result<u8> {
    use crate::api::types::PtyNew;
    use crate::cli::exec::timed_out;
    use crate::error::Kind;

    use super::terminal::{Run, join};

    let command = exec.command().line()?;
    let client = session.ctx.client().await?;
    if !client.is_engine() {
        // There it would open a shell, and the command be lost.
        let name = &sandbox.name;
        return Err(Error::new(
            Kind::Unsupported,
            "`-t`: terminals of this server run a login shell only, no command of yours",
        )
        .hint(Command::new("shell").on(name).to("open one"))
        .hint(
            Command::new("exec")
                .on(name)
                .flags("-- COMMAND")
                .to("or run it without a terminal"),
        ));
    }
    let toolbox = client.toolbox(sandbox).await?;
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
    let ended = join(session, run).await?;
    Ok(ended.unwrap_or_else(|| timed_out(session, exec.timeout)))
}
