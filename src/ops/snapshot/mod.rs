//! Snapshots: what sandboxes start from.

mod await_active;
mod brief;
pub mod create;
pub mod delete;
pub mod get;
pub mod import;
pub mod list;
pub mod switch;
mod view;

pub use await_active::await_active;
pub use brief::Briefs;
pub use view::Made;

use super::ToolList;

/// The tools of snapshots.
pub(super) fn tools(list: &mut impl ToolList) {
    list.add::<create::Create>();
    list.add::<delete::Remove>();
    list.add::<get::Get>();
    list.add_shown::<list::List, Briefs>();
    list.add::<switch::Activate>();
    list.add::<switch::Deactivate>();
}
