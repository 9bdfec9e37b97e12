//! Volumes: folders that outlive sandboxes and that several can share.

pub mod create;
pub mod delete;
pub mod get;
pub mod list;
mod mount;
mod view;

pub(crate) use mount::parse as parse_mount;

use crate::api::Client;
use crate::api::types::Volume;
use crate::error::Result;

use super::ToolList;
use super::removal::Noun;

/// What they are called.
const NOUN: Noun = Noun {
    one: "volume",
    many: "volumes",
    list: "volume list",
};

/// The volume of that name or id.
async fn find(client: &Client, wanted: &str) -> Result<Volume> {
    // One request for both: an id is as good as a name here, and the list is short.
    let volumes = client.list_volumes().await?;
    let by = |matches: fn(&Volume, &str) -> bool| {
        volumes
            .iter()
            .find(|volume| matches(volume, wanted))
            .cloned()
    };
    by(|volume, id| volume.id == id)
        .or_else(|| by(|volume, name| volume.name == name))
        .ok_or_else(|| NOUN.missing(wanted))
}

/// The tools of volumes.
pub(super) fn tools(list: &mut impl ToolList) {
    list.add::<create::Create>();
    list.add::<delete::Remove>();
    list.add::<get::Get>();
    list.add::<list::List>();
}
