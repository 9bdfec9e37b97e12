//! The only printer: streams, colour, tables, JSON and its fields, escaping, progress.

mod human;

pub use human::{Human, View};
