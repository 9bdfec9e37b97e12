//! Sandboxes: from creation to deletion.

mod await_state;
mod choices;
pub mod create;
pub mod delete;
pub mod exec;
pub mod get;
pub mod list;
pub mod preview_url;
pub mod resolve;
pub mod start;
pub mod stop;
mod view;
pub mod wait;

pub use await_state::await_state;
pub use view::Changed;

#[cfg(test)]
mod schemas;
