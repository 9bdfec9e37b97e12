//! Sessions on a real terminal.

pub(super) mod exec;
#[cfg(unix)]
pub(super) mod raw;
pub(super) mod shell;
#[cfg(unix)]
mod terminal;
