//! Files in a sandbox, as agents work with them: every result fits a context window.

pub(in crate::ops) mod choices;
mod compress;
pub mod delete;
mod document;
pub mod download;

pub mod folder;
pub mod info;
pub mod list;

pub mod page;
pub mod permissions;
pub mod picture;

pub mod read;
pub mod relocate;
pub mod replace;
pub mod search;

pub mod upload;
mod view;

use super::ToolList;

/// The tools of files.
pub(super) fn tools(list: &mut impl ToolList) {
    list.add::<delete::DeleteFile>();
    list.add::<download::Download>();
    list.add::<folder::CreateFolder>();
    list.add::<info::Info>();
    list.add::<list::List>();
    list.add::<permissions::SetPermissions>();
    list.add::<read::Read>();
    list.add::<relocate::Move>();
    list.add::<replace::Replace>();
    list.add::<search::Search>();
    list.add::<upload::Upload>();
}
