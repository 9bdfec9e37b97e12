//! The terminal in raw mode: every key goes to the sandbox. It is put back whatever happens.

use std::io;

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};

use crate::error::{Context as _, Kind, Result};

/// Raw mode, until this is dropped.
pub(super) struct Raw {
    before: Termios,
}

impl Raw {
    /// Takes the terminal.
    pub(super) fn enter() -> Result<Self> {
        let failed = || "standard input is not a terminal that can be used".to_owned();
        let before = tcgetattr(io::stdin()).context(Kind::Other, failed)?;
        let mut raw = before.clone();
        raw.make_raw();
        tcsetattr(io::stdin(), OptionalActions::Now, &raw).context(Kind::Other, failed)?;
        Ok(Self { before })
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
    }
}

/// The terminal without an echo of what is typed, until this is dropped.
pub(crate) struct Silent {
    before: Termios,
}

impl Silent {
    /// Switches the echo off.
    pub(crate) fn enter() -> Result<Self> {
        let failed = || "standard input is not a terminal that can be used".to_owned();
        let before = tcgetattr(io::stdin()).context(Kind::Other, failed)?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        tcsetattr(io::stdin(), OptionalActions::Flush, &silent).context(Kind::Other, failed)?;
        Ok(Self { before })
    }
}

impl Drop for Silent {
    fn drop(&mut self) {
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
    }
}

/// Columns and rows of the terminal; output may go elsewhere.
pub(super) fn size() -> (u16, u16) {
    let size = tcgetwinsize(io::stdout()).or_else(|_| tcgetwinsize(io::stdin()));
    let size = size.ok();
    size.map_or((80, 24), |size| {
        (size.ws_col.clamp(1, 1000), size.ws_row.clamp(1, 1000))
    })
}
