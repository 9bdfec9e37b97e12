//! `daytona shell`: a login shell in a sandbox, on this terminal.

use crate::cli::session::Session;
use crate::error::{Error, Result};

#[derive(Debug, clap::Args)]
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
    use crate::config::Stdin;
    use crate::ops::sandbox::resolve;

    let environment = &session.environment;
    if environment.stdin != Stdin::Terminal || !environment.stdout_terminal {
        return Err(
            Error::usage("`shell` needs a terminal for its input and output").hint(format!(
                "run single commands: `daytona exec {} -- COMMAND`",
                args.id
            )),
        );
    }
    session.block_on(async {
        let client = session.ctx.client().await?;
        let sandbox = resolve::running(&client, &args.id, false).await?;
        let toolbox = client.toolbox(&sandbox).await?;
        let id = uuid::Uuid::new_v4().to_string();
        let ended = converse(session, &client, &toolbox, &id).await;
        if ended.is_err() {
            // Nobody will come back to it.
            let _ = client.delete_terminal(&toolbox, &id).await;
        }
        ended
    })
}

#[cfg(unix)]
async fn converse(
    session: &Session,
    client: &crate::api::Client,
    toolbox: &str,
    id: &str,
) -> Result<u8> {
    use tokio::io::AsyncReadExt as _;
    use tokio::signal::unix::{SignalKind, signal};

    use crate::api::Shown;
    use crate::cli::interrupt;
    use crate::error::{Context as _, Kind};

    let resized = || {
        signal(SignalKind::window_change())
            .context(Kind::Internal, || "cannot hear of a new size".to_owned())
    };
    let mut resized = resized()?;
    let (mut screen, mut keyboard) = client
        .open_terminal(toolbox, id, super::raw::size())
        .await?;
    let raw = super::raw::Raw::enter()?;
    let mut stdin = tokio::io::stdin();
    let mut typed = vec![0; 4096];
    let mut open = true;
    let asked = interrupt::requested();
    tokio::pin!(asked);
    loop {
        tokio::select! {
            shown = screen.next() => match shown? {
                Shown::Output(bytes) => {
                    if session.printer.stdout(&bytes).is_err() {
                        return Err(Error::new(Kind::Other, "nobody reads the output any more"));
                    }
                }
                Shown::Exited(code) => {
                    drop(raw);
                    return Ok(u8::try_from(code).unwrap_or(255));
                }
            },
            count = stdin.read(&mut typed), if open => match count {
                Ok(count) if count > 0 => keyboard.send(&typed[..count]).await?,
                _ => open = false,
            },
            _ = resized.recv() => {
                client.resize_terminal(toolbox, id, super::raw::size()).await?;
            }
            () = &mut asked => return Err(interrupt::interrupted("by a signal; what ran there was ended")),
        }
    }
}
