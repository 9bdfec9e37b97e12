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

#[cfg(test)]
mod schemas;
