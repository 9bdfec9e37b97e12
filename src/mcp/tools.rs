//! Every tool, each made from its operation.

use super::tool::Entry;
use crate::ops::sandbox::{create, delete, exec, get, list, start, stop};

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
    ];
    all.sort_by(|one, other| one.definition.name.cmp(&other.definition.name));
    all
}
