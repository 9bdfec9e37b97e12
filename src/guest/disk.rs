//! Whether the sandbox's disk is still there. Where its owner removes the engine's folder instead of deleting
//! sandboxes, nobody else is left to end them.

use std::path::Path;
use std::time::Duration;

use rustix::fs::{CWD, Mode, OFlags, mkdirat, openat, unlinkat};
use rustix::io::Errno;

/// How often it is looked at.
const EVERY: Duration = Duration::from_secs(10);

/// Returns once the disk is gone; never on kernels that cannot tell (overlayfs before 6.1).
pub(super) async fn gone() {
    let root = Path::new("/");
    if !takes_files(root) {
        return std::future::pending().await;
    }
    loop {
        tokio::time::sleep(EVERY).await;
        if !takes_files(root) && is_gone(root) {
            return;
        }
    }
}

/// Whether a file without a name can be made there: that leaves no trace.
fn takes_files(folder: &Path) -> bool {
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    openat(CWD, folder, flags, Mode::RUSR).is_ok()
}

/// Whether a folder that is open has been removed below the mount: all else in it fails by another error.
fn is_gone(folder: &Path) -> bool {
    let probe = folder.join(".daytona-probe");
    match mkdirat(CWD, &probe, Mode::RWXU) {
        Ok(()) => {
            let _ = unlinkat(CWD, &probe, rustix::fs::AtFlags::REMOVEDIR);
            false
        }
        Err(error) => matches!(error, Errno::NOENT | Errno::STALE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_there_is_not_gone() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(!is_gone(folder.path()));
        assert_eq!(std::fs::read_dir(folder.path()).expect("a list").count(), 0);
        let path = folder.path().to_owned();
        drop(folder);
        assert!(is_gone(&path));
    }
}
