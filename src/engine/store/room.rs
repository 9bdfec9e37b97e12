//! Room on the disk for the engine itself: a sandbox that fills the disk must not keep its owner from
//! stopping and deleting it.
//!
//! Two things hold room: the database's files are longer on disk than they are (fallocate(2)), so that
//! what is written of a state needs no more; and a file of nothing else is given up when all else is used.

use std::fs;
use std::path::{Path, PathBuf};

use rustix::fs::statvfs;

use crate::error::{Error, Kind, Result};

/// The bytes that are given up when the disk is full.
const RESERVE: u64 = 4 << 20;
/// What the database's log may take before it begins again (SQLite's `wal_autocheckpoint`, 1,000 pages).
const LOG: u64 = 5 << 20;
/// What the database may grow by.
const GROWTH: u64 = 1 << 20;
/// With less than this the reserve is given up.
const LOW: u64 = 2 << 20;
/// With more than this there is a reserve again. Without one, and with less, nothing new is begun.
const AMPLE: u64 = 4 * RESERVE;

/// The engine's room.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    folder: PathBuf,
}

impl Room {
    /// Of a folder, to look at only.
    pub(crate) fn at(folder: &Path) -> Self {
        let mut folder = folder;
        // Before the engine first runs there is none: it will be made where one above it is.
        while let (false, Some(above)) = (folder.exists(), folder.parent()) {
            folder = above;
        }
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Of the folder in which the database is. Gives the reserve up at once where it is needed.
    pub(super) fn of(database: &Path) -> Self {
        let folder = database.parent().unwrap_or(Path::new(".")).to_owned();
        let room = Self { folder };
        room.look();
        room
    }

    /// Holds room for the database's files, which must not be open yet.
    pub(super) fn hold(database: &Path) {
        let log = {
            let mut name = database.as_os_str().to_owned();
            name.push("-wal");
            PathBuf::from(name)
        };
        // A log of nothing is begun anew; one with something in it is read first, and has its length.
        for (path, more) in [(database, GROWTH), (log.as_path(), LOG)] {
            let held = allocate(path, more);
            if let Err(error) = held {
                tracing::debug!("no room is held for {}: {error}", path.display());
            }
        }
    }

    /// Gives the reserve up where the disk is full, and takes it again where there is space.
    pub(super) fn look(&self) {
        let reserve = self.folder.join("reserve");
        let Ok(free) = self.free() else { return };
        if free < LOW && fs::remove_file(&reserve).is_ok() {
            tracing::warn!(
                "the disk of {} is full: {free} bytes were left; the engine lives on its reserve",
                self.folder.display()
            );
        } else if free > AMPLE && !reserve.exists() {
            // Where the file system holds no room, none is promised.
            if allocate(&reserve, RESERVE).is_err() {
                let _ = fs::remove_file(&reserve);
            }
        }
    }

    fn free(&self) -> std::io::Result<u64> {
        let found = statvfs(&self.folder)?;
        Ok(found.f_bavail.saturating_mul(found.f_frsize))
    }

    /// The free bytes; none where nobody knows.
    pub(crate) fn free_bytes(&self) -> Option<u64> {
        self.free().ok()
    }

    /// Refuses what would make a full disk fuller. The free bytes; as many as can be where nobody knows.
    pub(crate) fn check(&self) -> Result<u64> {
        let free = self.free().unwrap_or(u64::MAX);
        // What the reserve gave is not for new things.
        let least = if self.folder.join("reserve").exists() {
            LOW
        } else {
            AMPLE
        };
        if free >= least {
            return Ok(free);
        }
        let message = format!(
            "the disk is full: {} KiB are left at {}",
            free >> 10,
            self.folder.display()
        );
        Err(Error::new(Kind::Unavailable, message)
            .hint("delete sandboxes or snapshots that are not needed: `daytona list --all`, `daytona delete NAME`"))
    }
}

#[cfg(not(target_os = "linux"))]
fn allocate(_: &Path, _: u64) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(target_os = "linux")]
fn allocate(path: &Path, more: u64) -> std::io::Result<()> {
    use std::fs::OpenOptions;
    use std::os::unix::fs::OpenOptionsExt as _;

    use rustix::fs::{FallocateFlags, fallocate};

    let file = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)?;
    let length = file.metadata()?.len();
    fallocate(&file, FallocateFlags::KEEP_SIZE, length, more)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt as _;

    use super::*;

    #[test]
    fn room_is_held_without_a_change_of_length() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("engine.db");
        let room = Room::of(&database);
        Room::hold(&database);
        let log = fs::metadata(folder.path().join("engine.db-wal")).unwrap();
        assert_eq!(log.len(), 0);
        assert!(log.blocks() * 512 >= LOG, "{} blocks", log.blocks());
        let reserve = fs::metadata(folder.path().join("reserve")).unwrap();
        assert!(reserve.blocks() * 512 >= RESERVE);
        assert!(room.check().is_ok());
        assert_eq!(reserve.mode() & 0o777, 0o600);
    }
}
