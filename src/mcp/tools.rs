//! Every tool, each made from its operation.

use super::tool::Entry;
//use crate::ops::sandbox;

/// All tools, in the order of their names.
pub fn all() -> Vec<Entry> {
    let mut all: Vec<Entry> = vec![
        //Entry::of::<sandbox::Create>(),
        //Entry::of::<sandbox::Destroy>(),
        //Entry::of::<sandbox::Execute>(),
        //Entry::of::<sandbox::Get>(),
        //Entry::of::<sandbox::List>(),
        //Entry::of::<sandbox::Start>(),
        //Entry::of::<sandbox::Stop>(),
    ];
    all.sort_by(|one, other| one.definition.name.cmp(&other.definition.name));
    all
}
