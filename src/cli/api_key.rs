//! `daytona api-key`: keys beside one's own.

use crate::api::types::MadeApiKey;
use crate::error::Result;
use crate::ops::Operation as _;
use crate::ops::api_key::create::Create;
use crate::ops::api_key::delete::{self, Delete};
use crate::ops::api_key::list::List;

use super::interrupt::stoppable;
use super::root::Formatted;
use super::session::Session;
use super::{confirm, operate};

const EXAMPLES: &str = "\
Examples:
  daytona api-key create ci --permission write:sandboxes --ttl 60
  daytona api-key list
  daytona api-key delete ci

Daytona Cloud lets a login manage keys, not a key; the local engine only its own key.";

#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum ApiKey {
    /// Create an API key and print it once
    #[command(visible_aliases = ["add", "new"])]
    Create(Create),

    /// List API keys, masked
    #[command(visible_alias = "ls")]
    List(Formatted<List>),

    /// Delete API keys: they stop working immediately
    #[command(visible_aliases = ["remove", "rm"])]
    Delete(Delete),
}

pub(super) fn run(command: ApiKey, session: Session) -> Result<u8> {
    match command {
        ApiKey::Create(create) => make(create, &session),
        ApiKey::List(list) => {
            let session = session.formatted(list.format);
            operate(list.args, &session)
        }
        ApiKey::Delete(delete) => confirm::removal(
            false,
            &session,
            delete::run(&session.ctx, &delete),
            "daytona api-key list",
        ),
    }
}

fn make(create: Create, session: &Session) -> Result<u8> {
    let printer = &session.printer;
    printer.check::<MadeApiKey>()?;
    let made = session.block_on(async {
        let _progress = printer.progress("creating an API key");
        let doing = "creating an API key; it may have been made: `daytona api-key list`";
        stoppable(create.run(&session.ctx), doing).await
    })?;
    if !printer.structured() {
        printer.status(&format!(
            "created the API key `{}`; it is shown only this once",
            made.name
        ));
    }
    printer.result(&made)?;
    Ok(0)
}
