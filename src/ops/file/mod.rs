//! Files in a sandbox, as agents work with them: every result fits a context window.

pub(in crate::ops) mod choices;
pub(super) mod clip;
mod compress;
pub mod delete;
mod document;
pub mod download;
pub(super) mod encoding;
pub mod folder;
pub mod info;
pub mod list;
pub(super) mod media;
pub mod page;
pub mod permissions;
pub mod picture;
pub mod pixels;
pub mod read;
pub mod relocate;
pub mod replace;
pub mod search;
pub mod text;
pub mod upload;
mod view;
mod worker;
