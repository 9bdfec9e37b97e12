//! API keys: made for one purpose, with an end and few permissions.

pub mod create;
pub mod delete;
pub mod list;
