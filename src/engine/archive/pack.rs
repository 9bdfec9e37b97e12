//! From an overlay's layer to a tar stream in OCI's form.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use rustix::fs::{CWD, FileType, Mode, OFlags, Stat, fstat, openat, readlinkat};
use rustix::io::Errno;

use super::header::{Entry, What};
use super::place::{
    attributes, descend, is_opaque, is_whiteout, kind, list, look, name, open, set_mode, shown,
};
use super::write::Writer;
use super::{LONGEST_PATH, OPAQUE, WHITEOUT};

/// Writes a folder as a layer; gives the output back. Nothing may change the folder meanwhile.
/// Sockets and devices are left out, as is what is mounted in the folder.
pub(crate) fn pack<W: Write>(folder: &Path, out: W) -> Result<W> {
    let root = open(CWD, folder.as_os_str().as_encoded_bytes())
        .with_context(|| format!("cannot open {}", folder.display()))?;
    let mut walk = Packer {
        device: fstat(&root)?.st_dev,
        root,
        out: Writer::new(out),
        seen: HashMap::new(),
        opened: Vec::new(),
    };
    let packed = walk.all();
    // Also after a failure: what was opened for reading is closed again.
    for (path, mode) in walk.opened.iter().rev() {
        let (above, last) = split(path);
        let closed =
            descend(walk.root.as_fd(), above).and_then(|above| set_mode(above, last, *mode));
        packed.as_ref().map_or(Ok(()), |()| closed)?;
    }
    packed?;
    walk.out.end().context("cannot write the archive")
}

struct Packer<W> {
    root: OwnedFd,
    device: u64,
    out: Writer<W>,
    /// Files of several names, by their inode: where the first name is.
    seen: HashMap<u64, Vec<u8>>,
    /// Folders that forbade their owner to read them, with their modes.
    opened: Vec<(Vec<u8>, u32)>,
}

impl<W: Write> Packer<W> {
    fn all(&mut self) -> Result<()> {
        // A list instead of recursion: sandboxes may nest folders as deep as they like.
        let mut left = vec![(Vec::new(), fstat(&self.root)?)];
        while let Some((path, stat)) = left.pop() {
            let inner = self.folder(&path, &stat).with_context(|| {
                format!(
                    "cannot pack {}",
                    if path.is_empty() {
                        ".".to_owned()
                    } else {
                        shown(&path)
                    }
                )
            })?;
            left.extend(inner.into_iter().rev());
        }
        Ok(())
    }

    /// Writes a folder and the files in it; returns the folders in it.
    fn folder(&mut self, path: &[u8], stat: &Stat) -> Result<Vec<(Vec<u8>, Stat)>> {
        let within = [path, b"/"].concat();
        let shape = if path.is_empty() {
            b"./".to_vec()
        } else {
            within.clone()
        };
        let within = if path.is_empty() { Vec::new() } else { within };
        let literal = split(path).1.starts_with(WHITEOUT);
        let mut described = Entry {
            literal,
            ..entry(shape, What::Folder, stat)
        };
        if stat.st_dev != self.device {
            self.out.append(&described, &mut io::empty())?;
            return Ok(Vec::new());
        }
        let folder = self.open_folder(path, stat)?;
        described.attributes = attributes(&folder)?;
        self.out.append(&described, &mut io::empty())?;
        if is_opaque(&folder) {
            let mark = [&within, OPAQUE].concat();
            self.out
                .append(&entry(mark, What::File, stat), &mut io::empty())?;
        }
        let mut folders = Vec::new();
        for inner in list(&folder)? {
            let Some(stat) = look(&folder, &inner)? else {
                continue;
            };
            let path = [&within[..], &inner].concat();
            if path.len() > LONGEST_PATH - WHITEOUT.len() - 1 {
                bail!("a path in it is longer than {LONGEST_PATH} bytes");
            }
            if kind(&stat) == FileType::Directory {
                folders.push((path, stat));
            } else {
                self.file(folder.as_fd(), &within, &inner, &stat)
                    .with_context(|| format!("cannot pack {}", shown(&path)))?;
            }
        }
        Ok(folders)
    }

    fn file(
        &mut self,
        folder: BorrowedFd<'_>,
        within: &[u8],
        inner: &[u8],
        stat: &Stat,
    ) -> Result<()> {
        let path = [within, inner].concat();
        if is_whiteout(stat) {
            let path = [within, WHITEOUT, inner].concat();
            self.out
                .append(&entry(path, What::File, stat), &mut io::empty())?;
            return Ok(());
        }
        let what = match kind(stat) {
            FileType::RegularFile => What::File,
            FileType::Symlink => What::Symlink,
            FileType::Fifo => What::Fifo,
            _ => return Ok(()),
        };
        let mut entry = Entry {
            literal: inner.starts_with(WHITEOUT),
            ..entry(path, what, stat)
        };
        if stat.st_nlink > 1 {
            if let Some(first) = self.seen.get(&stat.st_ino) {
                entry.link.clone_from(first);
                entry.what = What::Hardlink;
                self.out.append(&entry, &mut io::empty())?;
                return Ok(());
            }
            self.seen.insert(stat.st_ino, entry.path.clone());
        }
        if what == What::Symlink {
            entry.link = readlinkat(folder, name(inner), Vec::new())?.into_bytes();
        }
        if what != What::File {
            self.out.append(&entry, &mut io::empty())?;
            return Ok(());
        }
        let mut content = File::from(open_file(folder, inner, stat)?);
        entry.size = u64::try_from(stat.st_size)?;
        entry.attributes = attributes(&content)?;
        self.out.append(&entry, &mut content)?;
        Ok(())
    }

    fn open_folder(&mut self, path: &[u8], stat: &Stat) -> Result<OwnedFd> {
        match descend(self.root.as_fd(), path) {
            Err(error) if error.downcast_ref() == Some(&Errno::ACCESS) && !path.is_empty() => {
                let (above, last) = split(path);
                set_mode(
                    descend(self.root.as_fd(), above)?,
                    last,
                    stat.st_mode | 0o700,
                )
                .context(error)?;
                self.opened.push((path.to_vec(), stat.st_mode));
                descend(self.root.as_fd(), path)
            }
            opened => opened,
        }
    }
}

/// Opens a file for reading, for a moment against its mode: its owner may have closed it to themselves.
fn open_file(folder: BorrowedFd<'_>, file: &[u8], stat: &Stat) -> Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let open = || openat(folder, name(file), flags, Mode::empty());
    let opened = match open() {
        Err(Errno::ACCESS) => {
            set_mode(folder, file, stat.st_mode | 0o400)?;
            let opened = open();
            set_mode(folder, file, stat.st_mode)?;
            opened?
        }
        opened => opened?,
    };
    // A file of another kind may have taken its place.
    if kind(&fstat(&opened)?) != FileType::RegularFile {
        bail!("it changed while it was read");
    }
    Ok(opened)
}

fn entry(path: Vec<u8>, what: What, stat: &Stat) -> Entry {
    Entry {
        path,
        what,
        mode: stat.st_mode & 0o7777,
        mtime: (
            stat.st_mtime,
            u32::try_from(stat.st_mtime_nsec).unwrap_or(0),
        ),
        ..Entry::default()
    }
}

/// A path's folder, and its last name.
fn split(path: &[u8]) -> (&[u8], &[u8]) {
    match path.iter().rposition(|byte| *byte == b'/') {
        Some(at) => (&path[..at], &path[at + 1..]),
        None => (b"", path),
    }
}
