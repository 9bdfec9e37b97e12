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
use super::{confirm, examples, operate};

#[derive(Debug, clap::Subcommand)]
pub(super) enum ApiKey {
    /// Create an API key and print it once
    #[command(visible_aliases = ["add", "new"], after_help = examples::API_KEY_CREATE)]
    Create(Create),

    /// List API keys, masked
    #[command(visible_alias = "ls", after_help = examples::API_KEY_LIST)]
    List(Formatted<List>),

    /// Delete API keys: they stop working immediately
    #[command(visible_aliases = ["remove", "rm"], after_help = examples::API_KEY_DELETE)]
    Delete(Delete),
}

pub(super) fn run(command: ApiKey, session: Session) -> Result<u8> {
    match command {
        ApiKey::Create(create) => make(create, &session),
        ApiKey::List(list) => {
            let session = session.formatted(list.format);
            operate(list.args, &session, "listing API keys", None)
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
