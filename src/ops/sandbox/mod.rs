//! Sandboxes: from creation to deletion.

pub mod archive;
mod await_state;
pub mod brief;
mod choices;
pub mod create;
pub mod delete;
pub mod exec;
pub mod fork;
pub mod get;
pub mod list;
mod listeners;
pub mod logs;
pub(in crate::ops) mod make;
mod pattern;
pub mod pause;
pub mod preview_link;
pub mod preview_url;
pub mod protect;
pub mod recover;
pub mod resize;
pub mod resolve;
pub mod resume;
pub mod start;
pub mod stop;
pub mod submit;
mod unheeded;
pub mod update;
pub(in crate::ops) mod view;
pub mod wait;

pub use await_state::await_state;
pub use view::Changed;

use super::ToolList;

/// The tools of sandboxes.
pub(super) fn tools(list: &mut impl ToolList) {
    list.add_shown::<create::Create, brief::Brief>();
    list.add::<delete::Destroy>();
    list.add_shown::<get::Get, brief::Detail>();
    list.add_shown::<list::List, brief::BriefPage>();
    list.add_shown::<start::Start, brief::Brief>();
    list.add_shown::<stop::Stop, brief::Brief>();
    list.add::<preview_link::PreviewLink>();
    list.add_shown::<archive::Archive, brief::Brief>();
    list.add_shown::<fork::Fork, brief::Brief>();
    list.add_shown::<pause::Pause, brief::Brief>();
    list.add_shown::<recover::Recover, brief::Brief>();
    list.add_shown::<resize::Resize, brief::Detail>();
    list.add_shown::<resume::Resume, brief::Brief>();
    list.add_shown::<update::Update, brief::Detail>();
    list.add_shown::<wait::Wait, brief::Brief>();
}

#[cfg(test)]
mod schemas;
