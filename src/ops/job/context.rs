//! Namespaces of Python that live on between programs, each known by a name.

use crate::error::{Error, Result};

/// What keeps them: it is put beside each program that uses one.
pub(super) const PROGRAM: &str = include_str!("context.py");

/// A name that a context can have.
pub(super) fn checked_context(name: &str) -> Result<&str> {
    let fits = !name.is_empty()
        && name.len() <= 40
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if fits {
        return Ok(name);
    }
    Err(Error::usage(format!(
        "context: `{name}` cannot be its name: 1 to 40 letters, digits, `-` and `_`"
    )))
}
