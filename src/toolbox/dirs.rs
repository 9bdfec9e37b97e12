//! The agent's directories: where commands begin, and where it keeps its pipes.

use std::path::PathBuf;

/// The home of the sandbox's user, which is also where commands begin.
pub(super) fn home() -> PathBuf {
    std::env::current_dir()
        .ok()
        .filter(|dir| dir.parent().is_some())
        .unwrap_or_else(|| PathBuf::from("/"))
}

/// Named pipes of sessions: in memory, gone with the sandbox's processes.
pub(super) const PIPES: &str = "/run/daytona";

/// Enters the home, so that everything that is started begins there.
pub(super) fn prepare() {
    let _ = std::env::set_current_dir(crate::engine::runtime::namespace::HOME);
    let _ = std::fs::create_dir_all(PIPES);
}
