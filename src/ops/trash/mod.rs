//! The trash: deleted sandboxes that the local engine keeps for a while.

pub mod empty;
pub mod get;
pub mod list;
pub mod restore;
mod view;

use std::sync::Arc;

use crate::api::Client;
use crate::api::types::Trashed;
use crate::error::{Error, Kind, Result};

use super::{Ctx, ToolList};

/// The most on one page.
const LARGEST_PAGE: usize = 200;

/// The client of a server that has a trash.
async fn client(ctx: &Ctx) -> Result<Arc<Client>> {
    let client = ctx.client().await?;
    client.server_config().await?;
    if client.is_engine() {
        return Ok(client);
    }
    let message = "this server has no trash: what is deleted there is gone";
    Err(Error::new(Kind::Unsupported, message)
        .hint("`daytona archive SANDBOX` keeps a sandbox without its running"))
}

/// Everything in it, what was deleted last first.
async fn all(client: &Client) -> Result<Vec<Trashed>> {
    let mut items = Vec::new();
    for number in 1.. {
        let page = client.list_trash(number, LARGEST_PAGE).await?;
        let last = page.items.is_empty() || number >= page.total_pages;
        items.extend(page.items);
        if last {
            break;
        }
    }
    Ok(items)
}

/// The tools of the trash.
pub(super) fn tools(list: &mut impl ToolList) {
    list.add::<list::List>();
    list.add::<restore::RestoreSandbox>();
}
