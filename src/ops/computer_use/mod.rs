//! A sandbox's desktop: one tool for each route of the toolbox, all from one table.

pub mod accessibility;
mod bounds;
pub mod input;
pub mod process;
pub mod recording;
mod reply;
pub mod screen;
mod table;

pub use reply::Reply;
