//! Templates: how sandboxes are to be made, by name, in files of this user.

pub mod delete;
pub mod get;
pub mod list;
pub mod save;
mod store;
mod view;

pub use store::{Store, Template};
