//! The only printer: streams, colour, tables, JSON and its fields, escaping, progress.

mod escape;
mod fields;
mod human;
mod listing;
mod printer;
mod progress;
mod relative;
mod style;
mod table;

pub use human::{Cell, Human, Tone, View};
pub use listing::Listing;
pub use printer::{Choices, Color, Format, Printer};
pub use progress::Progress;
