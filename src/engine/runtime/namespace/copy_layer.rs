//! Lays one layer's files over a folder, as an overlay would show them: to copy a layer, or to merge several.

use std::collections::HashMap;
use std::ffi::CString;
use std::fs::{self, File, Metadata};
use std::io::{ErrorKind, Seek as _, SeekFrom};
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, OpenOptionsExt as _, lchown, symlink};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use rustix::fs::{
    AtFlags, CWD, FileType, Mode, OFlags, Timespec, Timestamps, XattrFlags, chmodat, ioctl_ficlone,
    lgetxattr, llistxattr, lsetxattr, mknodat, utimensat,
};
use rustix::io::Errno;

use crate::engine::identity;
use crate::engine::runtime::contract::Written;

/// The mark of a folder that hides what is below it, in mounts with `userxattr`.
pub(super) const OPAQUE: &str = "user.overlay.opaque";

/// How a file's content gets to its new place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum How {
    /// Blocks are shared where the file system can, else copied.
    Copy,
    /// The same file under another name: for layers, which nobody changes.
    Link,
}

/// Lays `layer` over `onto`, which is a folder. What `onto` has and `layer` replaces is removed;
/// what `layer` deletes stays deleted in the layers below too.
pub(super) fn lay(layer: &Path, onto: &Path, how: How) -> Result<()> {
    let mut work = Work {
        how,
        owned: identity::takes_ids(),
        linked: HashMap::new(),
        opened: Vec::new(),
    };
    let laid = work.all(layer, onto);
    // Also after a failure: what was opened for reading is closed again, the innermost first.
    for (folder, mode) in work.opened.iter().rev() {
        let closed = set_mode(folder, *mode);
        laid.as_ref().map_or(Ok(()), |()| closed)?;
    }
    laid
}

struct Work {
    how: How,
    owned: bool,
    /// Where files with several names were put first, by device and inode.
    linked: HashMap<(u64, u64), PathBuf>,
    /// Folders that forbade their owner to read them, with their modes.
    opened: Vec<(PathBuf, u32)>,
}

impl Work {
    fn all(&mut self, layer: &Path, onto: &Path) -> Result<()> {
        // A list instead of recursion: sandboxes may nest folders as deep as they like.
        let mut left = vec![(
            layer.to_owned(),
            fs::symlink_metadata(layer)?,
            onto.to_owned(),
        )];
        let mut folders = Vec::new();
        while let Some((from, meta, to)) = left.pop() {
            let failed = || format!("cannot copy {}", from.display());
            for entry in fs::read_dir(&from).with_context(failed)? {
                let entry = entry.with_context(failed)?;
                let (from, to) = (entry.path(), to.join(entry.file_name()));
                let inner = self
                    .entry(&from, &to)
                    .with_context(|| format!("cannot copy {}", from.display()))?;
                left.extend(inner.map(|meta| (from, meta, to)));
            }
            folders.push((from, meta, to));
        }
        // Last, and the innermost first: one that forbids writing is written to before it says so.
        for (from, meta, to) in folders.iter().rev() {
            self.dress(from, meta, to)
                .with_context(|| format!("cannot copy {}", from.display()))?;
        }
        Ok(())
    }

    /// Lays one file; what a folder is, where it is one: it is there then, and to be filled.
    fn entry(&mut self, from: &Path, to: &Path) -> Result<Option<Metadata>> {
        let meta = fs::symlink_metadata(from)?;
        let kind = meta.file_type();
        let there = match fs::symlink_metadata(to) {
            Ok(there) => Some(there),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        if kind.is_dir() {
            self.folder(from, &meta, to, there.as_ref())?;
            return Ok(Some(meta));
        }
        if there.is_some() {
            remove(to)?;
        }
        if self.how == How::Link {
            match fs::hard_link(from, to) {
                // It has as many names as a file can have; one more is a copy.
                Err(error) if error.raw_os_error() == Some(libc::EMLINK) => {}
                done => return Ok(done.map(|()| None)?),
            }
        }
        if meta.nlink() > 1 && !kind.is_char_device() {
            let names = (meta.dev(), meta.ino());
            if let Some(first) = self.linked.get(&names) {
                return Ok(fs::hard_link(first, to).map(|()| None)?);
            }
            self.linked.insert(names, to.to_owned());
        }
        if kind.is_symlink() {
            symlink(fs::read_link(from)?, to)?;
        } else if kind.is_file() {
            return self.file(from, &meta, to).map(|()| None);
        } else if kind.is_fifo() {
            mknodat(CWD, to, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)?;
        } else if kind.is_char_device() && meta.rdev() == 0 {
            // A whiteout: what is below is deleted.
            mknodat(CWD, to, FileType::CharacterDevice, Mode::empty(), 0)?;
        } else {
            // A socket without its process is nothing.
            return Ok(None);
        }
        self.dress(from, &meta, to)?;
        Ok(None)
    }

    fn folder(
        &mut self,
        from: &Path,
        meta: &Metadata,
        to: &Path,
        there: Option<&Metadata>,
    ) -> Result<()> {
        if !self.owned && meta.mode() & 0o700 != 0o700 {
            set_mode(from, meta.mode() | 0o700)?;
            self.opened.push((from.to_owned(), meta.mode()));
        }
        match there {
            Some(there) if there.is_dir() && !is_opaque(from) => {
                return if self.owned {
                    Ok(())
                } else {
                    set_mode(to, there.mode() | 0o700)
                };
            }
            Some(_) => remove(to)?,
            None => {}
        }
        fs::create_dir(to)?;
        if there.is_some_and(|there| !there.is_dir()) {
            // What it replaces hid what is below, and so must it.
            match lsetxattr(to, OPAQUE, b"y", XattrFlags::empty()) {
                // Then there is no overlay of it either.
                Ok(()) | Err(Errno::NOTSUP) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn file(&self, from: &Path, meta: &Metadata, to: &Path) -> Result<()> {
        let closed = !self.owned && meta.mode() & 0o400 == 0;
        if closed {
            set_mode(from, meta.mode() | 0o400)?;
        }
        let copied = content(from, to, meta).and_then(|()| self.dress(from, meta, to));
        if closed {
            set_mode(from, meta.mode())?;
        }
        copied
    }

    /// Owner, extended attributes, mode and times.
    fn dress(&self, from: &Path, meta: &Metadata, to: &Path) -> Result<()> {
        if self.owned {
            lchown(to, Some(meta.uid()), Some(meta.gid()))?;
        }
        let kind = meta.file_type();
        if kind.is_dir() || kind.is_file() {
            attributes(from, to)?;
        }
        if !kind.is_symlink() {
            set_mode(to, meta.mode())?;
        }
        let time = |seconds, nanoseconds| Timespec {
            tv_sec: seconds,
            tv_nsec: nanoseconds,
        };
        let times = Timestamps {
            last_access: time(meta.atime(), meta.atime_nsec()),
            last_modification: time(meta.mtime(), meta.mtime_nsec()),
        };
        Ok(utimensat(CWD, to, &times, AtFlags::SYMLINK_NOFOLLOW)?)
    }
}

/// Sets the mode of what is no link.
fn set_mode(path: &Path, mode: u32) -> Result<()> {
    let mode = Mode::from_raw_mode(mode & 0o7777);
    Ok(chmodat(CWD, path, mode, AtFlags::empty())?)
}

/// Copies a file's content: all at once where the file system shares blocks, else without its holes.
fn content(from: &Path, to: &Path, meta: &Metadata) -> Result<()> {
    let source = fs::OpenOptions::new()
        .read(true)
        .custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed())
        .open(from)?;
    let target = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(to)?;
    if ioctl_ficlone(&target, &source).is_ok() {
        return Ok(());
    }
    target.set_len(meta.len())?;
    copy_data(source, target, meta.len())
}

fn copy_data(mut source: File, mut target: File, length: u64) -> Result<()> {
    let mut end = 0;
    while end < length {
        let begin = match rustix::fs::seek(&source, rustix::fs::SeekFrom::Data(end)) {
            Ok(begin) => begin,
            // Only a hole is left.
            Err(Errno::NXIO) => break,
            Err(error) => return Err(error.into()),
        };
        end = rustix::fs::seek(&source, rustix::fs::SeekFrom::Hole(begin))?;
        source.seek(SeekFrom::Start(begin))?;
        target.seek(SeekFrom::Start(begin))?;
        let part = std::io::Read::by_ref(&mut source);
        std::io::copy(&mut std::io::Read::take(part, end - begin), &mut target)?;
    }
    Ok(())
}

/// Copies the extended attributes of users, with those in which the overlay keeps its notes.
fn attributes(from: &Path, to: &Path) -> Result<()> {
    let mut names = vec![0; 64 << 10];
    let length = match llistxattr(from, &mut names) {
        Ok(length) => length,
        Err(Errno::NOTSUP) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    for name in names[..length].split(|byte| *byte == 0) {
        if !name.starts_with(b"user.") {
            continue;
        }
        let name = CString::new(name)?;
        let mut value = vec![0; 64 << 10];
        let length = lgetxattr(from, &name, &mut value)?;
        lsetxattr(to, &name, &value[..length], XattrFlags::empty())?;
    }
    Ok(())
}

/// Whether a folder hides what is below it.
pub(super) fn is_opaque(folder: &Path) -> bool {
    let mut value = [0; 1];
    matches!(lgetxattr(folder, OPAQUE, &mut value), Ok(1) if value == *b"y")
}

fn remove(path: &Path) -> Result<()> {
    crate::engine::tree::delete(path).with_context(|| format!("cannot replace {}", path.display()))
}

/// Shows everything in these trees; what cannot be looked into is shown itself, without what is in it.
fn each(mut left: Vec<PathBuf>, mut see: impl FnMut(&Metadata)) {
    while let Some(path) = left.pop() {
        let Ok(meta) = fs::symlink_metadata(&path) else {
            continue;
        };
        if meta.is_dir() {
            let inner = fs::read_dir(&path).into_iter().flatten().flatten();
            left.extend(inner.map(|entry| entry.path()));
        }
        see(&meta);
    }
}

/// The bytes that a tree takes on disk; files with several names count once.
pub(super) fn weigh(folder: &Path) -> u64 {
    let mut seen = std::collections::HashSet::new();
    let mut bytes = 0;
    each(vec![folder.to_owned()], |meta| {
        if meta.is_dir() || meta.nlink() <= 1 || seen.insert(meta.ino()) {
            bytes += meta.blocks() * 512;
        }
    });
    bytes
}

/// What has been written to a sandbox's disk: its upper, or the archive of it.
pub(super) fn written(place: &Path) -> Written {
    let mut written = Written::default();
    let roots = vec![place.join("upper"), place.join(super::archive::ARCHIVE)];
    each(roots, |meta| {
        written.entries += 1;
        written.bytes += meta.len();
        let changed = i128::from(meta.ctime()) * 1_000_000_000 + i128::from(meta.ctime_nsec());
        written.last = written.last.max(changed);
    });
    written
}

#[cfg(test)]
#[path = "copy_layer_tests.rs"]
mod tests;
