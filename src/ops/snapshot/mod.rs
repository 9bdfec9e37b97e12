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
