//! The guest's directories: where commands begin, the home, and where it keeps its pipes.

use std::path::PathBuf;

/// Where commands begin: where the engine started the guest.
pub(super) fn work() -> PathBuf {
    std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/"))
}

/// Named pipes of sessions: in memory, gone with the sandbox's processes.
pub(super) const PIPES: &str = "/run/daytona";

/// Makes the folder of the pipes.
pub(super) fn prepare() {
    let _ = std::fs::create_dir_all(PIPES);
}
