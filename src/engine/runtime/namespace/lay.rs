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

use super::identity;

/// A level takes a kilobyte or a few, and paths end at 4096 bytes; what is not used takes no memory.
const STACK: usize = 32 << 20;
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
    deep(|| {
        let mut work = Work {
            how,
            owned: identity::takes_ids(),
            linked: HashMap::new(),
        };
        work.folder(layer, onto)
    })?
}

/// Runs what goes down a tree where the stack suffices for the deepest that has names.
fn deep<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn_scoped(scope, work)?;
        thread
            .join()
            .map_err(|_| anyhow::anyhow!("the copy of a tree broke"))
    })
}

struct Work {
    how: How,
    owned: bool,
    /// Where files with several names were put first, by device and inode.
    linked: HashMap<(u64, u64), PathBuf>,
}

impl Work {
    fn folder(&mut self, from: &Path, to: &Path) -> Result<()> {
        let failed = || format!("cannot copy {}", from.display());
        for entry in fs::read_dir(from).with_context(failed)? {
            let entry = entry.with_context(failed)?;
            let (from, to) = (entry.path(), to.join(entry.file_name()));
            self.entry(&from, &to)
                .with_context(|| format!("cannot copy {}", from.display()))?;
        }
        // Last: a folder that forbids writing is written to before it says so.
        let meta = fs::symlink_metadata(from).with_context(failed)?;
        self.dress(from, &meta, to).with_context(failed)
    }

    fn entry(&mut self, from: &Path, to: &Path) -> Result<()> {
        let meta = fs::symlink_metadata(from)?;
        let kind = meta.file_type();
        let there = match fs::symlink_metadata(to) {
            Ok(there) => Some(there),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        if kind.is_dir() {
            if there
                .as_ref()
                .is_some_and(|there| !there.is_dir() || is_opaque(from))
            {
                remove(to)?;
            }
            if there.is_none_or(|there| !there.is_dir() || is_opaque(from)) {
                fs::create_dir(to)?;
            }
            return self.folder(from, to);
        }
        if there.is_some() {
            remove(to)?;
        }
        if self.how == How::Link {
            return Ok(fs::hard_link(from, to)?);
        }
        if meta.nlink() > 1 && !kind.is_char_device() {
            let names = (meta.dev(), meta.ino());
            if let Some(first) = self.linked.get(&names) {
                return Ok(fs::hard_link(first, to)?);
            }
            self.linked.insert(names, to.to_owned());
        }
        if kind.is_symlink() {
            symlink(fs::read_link(from)?, to)?;
        } else if kind.is_file() {
            content(from, to, &meta)?;
        } else if kind.is_fifo() {
            mknodat(CWD, to, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)?;
        } else if kind.is_char_device() && meta.rdev() == 0 {
            // A whiteout: what is below is deleted.
            mknodat(CWD, to, FileType::CharacterDevice, Mode::empty(), 0)?;
        } else {
            // A socket without its process is nothing.
            return Ok(());
        }
        self.dress(from, &meta, to)
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
            chmodat(CWD, to, Mode::from_raw_mode(meta.mode()), AtFlags::empty())?;
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
    super::disk::delete(path).with_context(|| format!("cannot replace {}", path.display()))
}

/// The bytes that a tree takes on disk; files with several names count once.
pub(super) fn weigh(folder: &Path) -> u64 {
    fn add(path: &Path, seen: &mut std::collections::HashSet<u64>) -> u64 {
        let Ok(meta) = fs::symlink_metadata(path) else {
            return 0;
        };
        if meta.nlink() > 1 && !meta.is_dir() && !seen.insert(meta.ino()) {
            return 0;
        }
        let mut bytes = meta.blocks() * 512;
        if meta.is_dir() {
            for entry in fs::read_dir(path).into_iter().flatten().flatten() {
                bytes += add(&entry.path(), seen);
            }
        }
        bytes
    }
    deep(|| add(folder, &mut std::collections::HashSet::new())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn tree(top: &Path, files: &[(&str, &str)]) {
        for (path, text) in files {
            let path = top.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    fn text(path: PathBuf) -> String {
        fs::read_to_string(path).unwrap()
    }

    #[test]
    fn a_copy_is_the_same_tree() {
        let top = tempfile::tempdir().unwrap();
        let (from, to) = (top.path().join("a"), top.path().join("b"));
        tree(&from, &[("x/one", "1"), ("x/y/two", "2")]);
        fs::hard_link(from.join("x/one"), from.join("again")).unwrap();
        symlink("/nowhere", from.join("link")).unwrap();
        fs::set_permissions(from.join("x/one"), fs::Permissions::from_mode(0o4751)).unwrap();
        let odd = std::ffi::OsStr::from_bytes(b"\xff\n odd");
        fs::write(from.join(odd), "odd").unwrap();
        let sparse = File::create(from.join("sparse")).unwrap();
        sparse.set_len(1 << 30).unwrap();
        mknodat(
            CWD,
            from.join("gone"),
            FileType::CharacterDevice,
            Mode::empty(),
            0,
        )
        .unwrap();
        fs::set_permissions(from.join("x"), fs::Permissions::from_mode(0o500)).unwrap();
        fs::create_dir(&to).unwrap();
        lay(&from, &to, How::Copy).unwrap();
        assert_eq!(text(to.join("x/y/two")), "2");
        assert_eq!(text(to.join(odd)), "odd");
        assert_eq!(
            fs::read_link(to.join("link")).unwrap(),
            Path::new("/nowhere")
        );
        let (one, again) = (
            fs::metadata(to.join("x/one")).unwrap(),
            fs::metadata(to.join("again")).unwrap(),
        );
        assert_eq!((one.ino(), one.mode() & 0o7777), (again.ino(), 0o4751));
        assert_eq!(
            one.mtime_nsec(),
            fs::metadata(from.join("x/one")).unwrap().mtime_nsec()
        );
        let sparse = fs::metadata(to.join("sparse")).unwrap();
        assert_eq!((sparse.len(), sparse.blocks()), (1 << 30, 0));
        assert!(
            fs::metadata(to.join("gone"))
                .unwrap()
                .file_type()
                .is_char_device()
        );
        assert_eq!(fs::metadata(to.join("x")).unwrap().mode() & 0o777, 0o500);
        // What root may write to all the same is deleted by the folder's own owner.
        super::super::disk::delete(&from).unwrap();
        super::super::disk::delete(&to).unwrap();
    }

    #[test]
    fn a_deep_tree_is_copied_or_refused_but_ends_nothing() {
        let top = tempfile::tempdir().unwrap();
        let (from, to) = (top.path().join("from"), top.path().join("to"));
        let deep = from.join("d/".repeat(1900));
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("f"), "x").unwrap();
        fs::create_dir(&to).unwrap();
        lay(&from, &to, How::Copy).unwrap();
        assert!(to.join("d/".repeat(1900)).join("f").exists());
        assert!(weigh(&to) > 0);
    }

    #[test]
    fn merged_layers_show_what_the_overlay_would() {
        let top = tempfile::tempdir().unwrap();
        let (low, high, all) = (
            top.path().join("low"),
            top.path().join("high"),
            top.path().join("all"),
        );
        tree(
            &low,
            &[
                ("kept", "k"),
                ("gone", "g"),
                ("dir/old", "o"),
                ("was/file", "f"),
                ("now", "n"),
            ],
        );
        tree(
            &high,
            &[("dir/new", "n"), ("was", "file now"), ("now/dir", "d")],
        );
        mknodat(
            CWD,
            high.join("gone"),
            FileType::CharacterDevice,
            Mode::empty(),
            0,
        )
        .unwrap();
        if lsetxattr(high.join("dir"), OPAQUE, b"y", XattrFlags::empty()).is_err() {
            // No such attributes on this file system, and then no overlay either.
            return;
        }
        fs::create_dir(&all).unwrap();
        lay(&low, &all, How::Link).unwrap();
        lay(&high, &all, How::Link).unwrap();
        assert_eq!(text(all.join("kept")), "k");
        assert!(
            fs::symlink_metadata(all.join("gone"))
                .unwrap()
                .file_type()
                .is_char_device()
        );
        assert!(!all.join("dir/old").exists() && is_opaque(&all.join("dir")));
        assert_eq!(text(all.join("was")), "file now");
        assert_eq!(text(all.join("now/dir")), "d");
        assert_eq!(
            fs::metadata(all.join("kept")).unwrap().ino(),
            fs::metadata(low.join("kept")).unwrap().ino()
        );
    }
}
