//! Sessions on a real terminal.

pub(super) mod exec;
#[cfg(unix)]
mod raw;
pub(super) mod shell;
#[cfg(unix)]
mod terminal;
