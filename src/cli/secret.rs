//! `daytona secret`: values for the environment of sandboxes, read from a file or standard input only.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use crate::error::{Context as _, Error, Kind, Result};
use crate::ops::secret::create::Create;
use crate::ops::secret::delete::{self, Delete};
use crate::ops::secret::list::List;

use super::root::Formatted;
use super::session::Session;
use super::{confirm, operate};

const EXAMPLES: &str = "\
Examples:
  daytona secret create db < password.txt
  daytona create --name demo --secret DB_PASSWORD=db
  daytona secret delete db

In sandboxes of the local engine a secret is a plain environment variable. Daytona Cloud shows a
placeholder there, and puts the value into requests to the hosts of the secret.";

#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum Secret {
    /// Store a secret from a file or standard input
    #[command(visible_aliases = ["add", "new"])]
    Create(CreateArgs),

    /// List secrets, without their values
    #[command(visible_alias = "ls")]
    List(Formatted<List>),

    /// Delete secrets; sandboxes start without them from now on
    #[command(visible_aliases = ["remove", "rm"])]
    Delete(Delete),
}

const CREATE_EXAMPLES: &str = "\
Examples:
  daytona secret create db
  pass show db | daytona secret create db --description 'the database'
  daytona secret create api --file key.txt --host api.example.com";

#[derive(Debug, clap::Args)]
#[command(after_help = CREATE_EXAMPLES)]
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
            operate(args.create, &session)
        }
        Secret::List(list) => operate(list.args, &session.formatted(list.format)),
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
