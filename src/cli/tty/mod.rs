//! Sessions on a real terminal.

#[cfg(unix)]
mod raw;
pub(super) mod shell;
