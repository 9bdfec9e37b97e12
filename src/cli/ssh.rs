//! `daytona ssh`: the system's `ssh` into a sandbox, by a token that ends with it.

use std::process::Command;

use clap::value_parser;

use crate::error::{self, Context as _, Error, Kind, Result};
use crate::ops::sandbox::resolve;

use super::session::Session;

/// What `ssh` exits with where it failed itself.
const FAILED: u8 = 255;

const EXAMPLES: &str = "\
Examples:
  daytona ssh demo -- uptime";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct SshArgs {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    id: String,

    /// Command to run there instead of a login shell
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<String>,

    /// Minutes that the access lasts at most
    #[arg(long, value_name = "MINUTES", default_value_t = 1440, value_parser = value_parser!(u32).range(1..))]
    expires: u32,
}

pub(super) fn run(args: &SshArgs, session: &Session) -> Result<u8> {
    let (client, sandbox, access) = session.block_on(async {
        let client = session.ctx.client().await?;
        let sandbox = resolve::running(&session.ctx, &args.id, false).await?;
        let access = client.ssh_access(&sandbox.id, args.expires).await;
        let access = access.map_err(|error| match error.kind() {
            Kind::Unsupported => error.hint(
                error::Command::new("shell")
                    .on(&args.id)
                    .to("open a shell without SSH"),
            ),
            _ => error,
        })?;
        Ok((client, sandbox, access))
    })?;
    let status = words(&access.ssh_command).and_then(|words| {
        Command::new("ssh")
            .args(words)
            .args(&args.command)
            .status()
            .context(Kind::Other, || {
                "cannot run `ssh`: is it installed?".to_owned()
            })
    });
    // It is of no use to anybody from now on.
    let ended = session.block_on(client.end_ssh_access(&sandbox.id, &access.token));
    if let Err(error) = ended {
        session.printer.warn(&format!(
            "the SSH access to `{}` could not be ended: {}",
            sandbox.name,
            error.text()
        ));
    }
    let code = status?.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.unwrap_or(FAILED))
}

/// The arguments of a server's `ssh …`: a destination, and before it a port at most. What a server says runs
/// nothing here.
fn words(command: &str) -> Result<Vec<String>> {
    let mut words = command.split_whitespace();
    let refused = || {
        Error::new(
            Kind::Other,
            "the server's SSH command is not `ssh [-p PORT] USER@HOST`: it is not run",
        )
    };
    if words.next() != Some("ssh") {
        return Err(refused());
    }
    let (mut port, mut to) = (None, None);
    while let Some(word) = words.next() {
        match word {
            "-p" if port.is_none() => {
                let number = words.next().and_then(|number| number.parse::<u16>().ok());
                port = Some(number.ok_or_else(refused)?);
            }
            word if word.starts_with('-') || to.is_some() || !word.contains('@') => {
                return Err(refused());
            }
            word => to = Some(word.to_owned()),
        }
    }
    let mut words: Vec<String> = port.map(|port| format!("-p{port}")).into_iter().collect();
    words.push("--".to_owned());
    words.push(to.ok_or_else(refused)?);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_servers_command_is_a_port_and_a_destination() {
        let taken = |text: &str| words(text).ok().map(|words| words.join(" "));
        assert_eq!(
            taken("ssh -p 2222 tok@localhost").as_deref(),
            Some("-p2222 -- tok@localhost")
        );
        assert_eq!(taken("ssh tok@host").as_deref(), Some("-- tok@host"));
        for wrong in [
            "sh -c x@y",
            "ssh -o ProxyCommand=x a@b",
            "ssh -p x a@b",
            "ssh a@b c@d",
            "ssh -oProxyCommand=id@x",
            "ssh",
            "",
        ] {
            assert_eq!(taken(wrong), None, "{wrong}");
        }
    }
}
