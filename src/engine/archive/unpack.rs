//! From a tar stream to an overlay's layer: whiteouts become devices, opaque folders an attribute.

mod folders;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::path::Path;
use std::rc::Rc;

use anyhow::{Context as _, Result, bail};
use rustix::fs::{
    AtFlags, CWD, FileType, Gid, Mode, OFlags, Timespec, Timestamps, UTIME_OMIT, Uid, chownat,
    fchmod, fchown, futimens, linkat, mknodat, openat, symlinkat, utimensat,
};
use rustix::io::Errno;

use super::header::{Entry, What};
use super::place::{
    clear, is_whiteout, kind, list, look, make_opaque, name, open, parts, set_attributes, shown,
};
use super::read::Reader;
use super::{OPAQUE, WHITEOUT};

use folders::Place;

/// Unpacks into an empty folder. All that is made belongs to `owner`, or else to whoever runs this;
/// set-user-id and devices are left out: they have no use in a sandbox, and must have none outside.
pub(crate) fn unpack(tar: impl Read, into: &Path, owner: Option<(u32, u32)>) -> Result<()> {
    let mut unpacker = Unpacker {
        root: Rc::new(
            open(CWD, into.as_os_str().as_encoded_bytes())
                .context("cannot open the layer's folder")?,
        ),
        owner: owner.map(|(user, group)| (Uid::from_raw(user), Gid::from_raw(group))),
        folders: BTreeMap::new(),
        opaque: BTreeSet::new(),
        near: None,
    };
    let mut reader = Reader::new(tar);
    while let Some(entry) = reader.next()? {
        unpacker
            .take(&entry, &mut reader)
            .with_context(|| format!("cannot unpack {}", shown(&entry.path)))?;
    }
    reader.drain()?;
    unpacker.finish()
}

/// What a folder gets once nothing more is put into it.
struct Finish {
    mode: Option<u32>,
    mtime: Option<(i64, u32)>,
}

struct Unpacker {
    root: Rc<OwnedFd>,
    owner: Option<(Uid, Gid)>,
    folders: BTreeMap<Vec<u8>, Finish>,
    opaque: BTreeSet<Vec<u8>>,
    /// The folder of the last entry, and the name by which it was reached: the next is mostly in it too.
    near: Option<(Vec<u8>, Place)>,
}

impl Unpacker {
    fn take(&mut self, entry: &Entry, content: &mut impl Read) -> Result<()> {
        let parts = parts(&entry.path)?;
        let Some((last, above)) = parts.split_last() else {
            if entry.what == What::Folder {
                self.folders.insert(Vec::new(), finish(entry));
            }
            return Ok(());
        };
        let place = self.folder(above)?;
        let path = place.with(last);
        if !entry.literal && last.starts_with(WHITEOUT) {
            return self.whiteout(last, &place);
        }
        let parent = place.folder;
        match entry.what {
            What::Folder => {
                let folder = self.enter(&parent, last, &path)?;
                set_attributes(&*folder, &entry.attributes)?;
                self.folders.insert(path, finish(entry));
            }
            What::File => self.file(entry, &parent, last, &path, content)?,
            What::Symlink => {
                self.anew(&parent, last, &path, |at| {
                    symlinkat(name(&entry.link), at, name(last))
                })?;
                self.dress(&parent, last, entry)?;
            }
            What::Fifo => {
                let mode = Mode::from_raw_mode(0o600);
                self.anew(&parent, last, &path, |at| {
                    mknodat(at, name(last), FileType::Fifo, mode, 0)
                })?;
                self.dress(&parent, last, entry)?;
                super::place::set_mode(&*parent, last, entry.mode & 0o777)?;
            }
            What::Hardlink => self.link(entry, &parent, last, &path)?,
            What::Device => {}
        }
        Ok(())
    }

    fn whiteout(&mut self, last: &[u8], place: &Place) -> Result<()> {
        let parent = &place.folder;
        if last == OPAQUE {
            make_opaque(&**parent)?;
            self.opaque.insert(place.path());
            return Ok(());
        }
        let gone = &last[WHITEOUT.len()..];
        // Names that begin so were notes of an old file system to itself.
        if gone.starts_with(WHITEOUT) {
            return Ok(());
        }
        if matches!(gone, b"" | b"." | b"..") {
            bail!("there is no file of that name to delete");
        }
        match look(&**parent, gone)? {
            // It deletes what is below, never what its own layer holds, in whatever order they come.
            Some(stat) if kind(&stat) == FileType::Directory => {
                make_opaque(open(&**parent, gone)?)?;
                self.opaque.insert(place.with(gone));
            }
            Some(_) => {}
            None => {
                mknodat(
                    &**parent,
                    name(gone),
                    FileType::CharacterDevice,
                    Mode::empty(),
                    0,
                )?;
                self.own(parent.as_fd(), gone)?;
            }
        }
        Ok(())
    }

    fn file(
        &mut self,
        entry: &Entry,
        parent: &Rc<OwnedFd>,
        last: &[u8],
        path: &[u8],
        content: &mut impl Read,
    ) -> Result<()> {
        let flags =
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let private = Mode::from_raw_mode(0o600);
        let made = self.anew(parent, last, path, |at| {
            openat(at, name(last), flags, private)
        })?;
        let mut file = File::from(made);
        let count = io::copy(content, &mut file)?;
        if count != entry.size {
            bail!("it has {count} bytes instead of {}", entry.size);
        }
        if let Some((user, group)) = self.owner {
            fchown(&file, Some(user), Some(group))?;
        }
        set_attributes(&file, &entry.attributes)?;
        fchmod(&file, Mode::from_raw_mode(entry.mode & 0o1777))?;
        futimens(&file, &times(entry.mtime))?;
        Ok(())
    }

    fn link(
        &mut self,
        entry: &Entry,
        parent: &Rc<OwnedFd>,
        last: &[u8],
        path: &[u8],
    ) -> Result<()> {
        let target = parts(&entry.link)?;
        let Some((file, above)) = target.split_last() else {
            bail!("it is a hard link to its layer itself");
        };
        let place = self.folder(above)?;
        if place.with(file) == path {
            return Ok(());
        }
        let from = place.folder;
        if look(&*from, file)?.is_none_or(|stat| is_whiteout(&stat)) {
            bail!(
                "it is a hard link to {}, which its layer does not hold",
                shown(&entry.link)
            );
        }
        self.anew(parent, last, path, |at| {
            linkat(&*from, name(file), at, name(last), AtFlags::empty())
        })
    }

    /// Makes a file by `make`. A file that has its name already is removed first.
    fn anew<T>(
        &mut self,
        parent: &Rc<OwnedFd>,
        last: &[u8],
        path: &[u8],
        make: impl Fn(BorrowedFd<'_>) -> Result<T, Errno>,
    ) -> Result<T> {
        match make(parent.as_fd()) {
            Err(Errno::EXIST) => {
                clear(parent.as_fd(), last)?;
                self.forget(path);
                Ok(make(parent.as_fd())?)
            }
            done => Ok(done?),
        }
    }

    /// Nothing is left to finish at a path and below it.
    fn forget(&mut self, path: &[u8]) {
        self.folders.remove(path);
        self.opaque.remove(path);
        // All that begins with the path and a slash: what comes after a slash is a zero.
        let below = [path, b"/"].concat()..[path, b"0"].concat();
        let gone: Vec<_> = self
            .folders
            .range(below)
            .map(|(path, _)| path.clone())
            .collect();
        for path in gone {
            self.folders.remove(&path);
            self.opaque.remove(&path);
        }
        self.near = None;
    }

    fn own(&self, parent: BorrowedFd<'_>, last: &[u8]) -> Result<()> {
        if let Some((user, group)) = self.owner {
            chownat(
                parent,
                name(last),
                Some(user),
                Some(group),
                AtFlags::SYMLINK_NOFOLLOW,
            )?;
        }
        Ok(())
    }

    fn dress(&self, parent: &Rc<OwnedFd>, last: &[u8], entry: &Entry) -> Result<()> {
        self.own(parent.as_fd(), last)?;
        utimensat(
            &**parent,
            name(last),
            &times(entry.mtime),
            AtFlags::SYMLINK_NOFOLLOW,
        )?;
        Ok(())
    }

    /// Gives the folders their modes and times, the innermost first.
    fn finish(mut self) -> Result<()> {
        self.near = None;
        for path in std::mem::take(&mut self.opaque) {
            let names: Vec<_> = path
                .split(|byte| *byte == b'/')
                .filter(|name| !name.is_empty())
                .collect();
            prune(self.folder(&names)?.folder.as_fd())?;
        }
        if let Some((user, group)) = self.owner {
            fchown(&*self.root, Some(user), Some(group))?;
        }
        for (path, finish) in std::mem::take(&mut self.folders).into_iter().rev() {
            let names: Vec<_> = path
                .split(|byte| *byte == b'/')
                .filter(|name| !name.is_empty())
                .collect();
            let folder = match names.split_last() {
                Some((last, above)) => open(&*self.folder(above)?.folder, last)?,
                None => open(&*self.root, b".")?,
            };
            if let Some(mode) = finish.mode {
                fchmod(&folder, Mode::from_raw_mode(mode & 0o3777))?;
            }
            if let Some(mtime) = finish.mtime {
                futimens(&folder, &times(mtime))?;
            }
        }
        Ok(())
    }
}

fn finish(entry: &Entry) -> Finish {
    Finish {
        mode: Some(entry.mode),
        mtime: Some(entry.mtime),
    }
}

/// Takes whiteouts away where there is nothing below to delete: an overlay would list them.
fn prune(folder: BorrowedFd<'_>) -> Result<()> {
    for inner in list(folder)? {
        match look(folder, &inner)? {
            Some(stat) if is_whiteout(&stat) => clear(folder, &inner)?,
            Some(stat) if kind(&stat) == FileType::Directory => {
                prune(open(folder, &inner)?.as_fd())?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn times((seconds, nanos): (i64, u32)) -> Timestamps {
    Timestamps {
        last_access: Timespec {
            tv_sec: 0,
            tv_nsec: UTIME_OMIT,
        },
        last_modification: Timespec {
            tv_sec: seconds,
            tv_nsec: nanos.into(),
        },
    }
}
