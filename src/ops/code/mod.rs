//! Programs in a sandbox, from their text: what `code run` does.

mod language;
mod program;
pub mod run;

pub use language::Language;
pub use program::Program;
