//! Every tool, each made from its operation.

use super::tool::Entry;
use crate::ops::sandbox::{create, delete, exec, get, list, start, stop};
use crate::ops::{file, git};

/// All tools, in the order of their names.
pub fn all() -> Vec<Entry> {
    let mut all = vec![
        Entry::of::<create::Create>(),
        Entry::of::<delete::Destroy>(),
        Entry::of::<exec::Exec>(),
        Entry::of::<get::Get>(),
        Entry::of::<list::List>(),
        Entry::of::<start::Start>(),
        Entry::of::<stop::Stop>(),
        Entry::of::<file::delete::DeleteFile>(),
        Entry::of::<file::download::Download>(),
        Entry::of::<file::folder::CreateFolder>(),
        Entry::of::<file::info::Info>(),
        Entry::of::<file::list::List>(),
        Entry::of::<file::permissions::SetPermissions>(),
        Entry::of::<file::read::Read>(),
        Entry::of::<file::relocate::Move>(),
        Entry::of::<file::replace::Replace>(),
        Entry::of::<file::search::Search>(),
        Entry::of::<file::upload::Upload>(),
        Entry::of::<git::branches::Branches>(),
        Entry::of::<git::checkout::Checkout>(),
        Entry::of::<git::clone::Clone>(),
        Entry::of::<git::commit::Commit>(),
        Entry::of::<git::remote::Pull>(),
        Entry::of::<git::remote::Push>(),
        Entry::of::<git::status::Status>(),
    ];
    all.sort_by(|one, other| one.definition.name.cmp(&other.definition.name));
    all
}
