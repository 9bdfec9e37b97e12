//! `daytona secret`: values for the environment of sandboxes, read from a file or standard input only.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use crate::error::{Context as _, Error, Kind, Result};
use crate::ops::secret::create::Create;
use crate::ops::secret::delete::{self, Delete};
use crate::ops::secret::list::List;

use super::root::Formatted;
use super::session::Session;
use super::{confirm, examples, operate};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Secret {
    /// Store a secret from a file or standard input
    #[command(visible_aliases = ["add", "new"], after_help = examples::SECRET_CREATE)]
    Create(CreateArgs),

    /// List secrets, without their values
    #[command(visible_alias = "ls", after_help = examples::SECRET_LIST)]
    List(Formatted<List>),

    /// Delete secrets; sandboxes start without them from now on
    #[command(visible_aliases = ["remove", "rm"], after_help = examples::SECRET_DELETE)]
    Delete(Delete),
}

#[derive(Debug, clap::Args)]
pub(super) struct CreateArgs {
    #[command(flatten)]
    create: Create,

    /// File with the value; `-` is standard input. One trailing newline is removed
    #[arg(long, value_name = "FILE", default_value = "-")]
    file: PathBuf,
}

pub(super) fn run(command: Secret, session: Session) -> Result<u8> {
    match command {
        Secret::Create(mut args) => {
            args.create.value = value(&args.file, &session)?;
            operate(args.create, &session, "storing a secret", None)
        }
        Secret::List(list) => {
            let session = session.formatted(list.format);
            operate(list.args, &session, "listing secrets", None)
        }
        Secret::Delete(delete) => confirm::removal(
            false,
            &session,
            delete::run(&session.ctx, &delete),
            "daytona secret list",
        ),
    }
}

/// The value as somebody types it, which nobody sees.
fn typed(session: &Session) -> Result<String> {
    if !session.printer.asks() {
        return Err(
            Error::usage("cannot prompt for the value: `CI` or `--no-input` is set")
                .hint("pass it in: `daytona secret create NAME --file FILE`, or `< FILE`"),
        );
    }
    #[cfg(unix)]
    let _silent = super::tty::raw::Silent::enter()?;
    let question = confirm::asked(
        &session.printer,
        "value (not shown):".to_owned(),
        "nothing was stored",
    );
    let answer = session.block_on(question);
    // The Enter that ended it was not shown either.
    session.printer.status("");
    match answer?
        .as_deref()
        .map(|line| line.trim_end_matches(['\r', '\n']))
    {
        Some(value) if !value.is_empty() => Ok(value.to_owned()),
        _ => Err(Error::usage("the value is empty; nothing was stored")),
    }
}

fn value(file: &Path, session: &Session) -> Result<String> {
    let text = if file == Path::new("-") {
        let stdin = std::io::stdin();
        if stdin.is_terminal() {
            return typed(session);
        }
        std::io::read_to_string(stdin)
    } else {
        std::fs::read_to_string(file)
    };
    let text = text.context(Kind::Usage, || {
        format!("--file: cannot read {}", file.display())
    })?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Ok(text.strip_suffix('\r').unwrap_or(text).to_owned())
}
