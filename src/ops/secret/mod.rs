//! Secrets: values by name, for the environment of sandboxes.

pub mod create;
pub mod delete;
pub mod list;
