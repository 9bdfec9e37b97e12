//! Files of a layer by name: no step follows a symbolic link, so none leads out of the layer.

use std::ffi::OsStr;
use std::os::fd::{AsFd, AsRawFd as _, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt as _;

use anyhow::{Context as _, Result, bail};
use rustix::fs::{
    AtFlags, Dir, FileType, Mode, OFlags, RawMode, Stat, chmod, fgetxattr, flistxattr, fsetxattr,
    openat, statat, unlinkat,
};
use rustix::io::Errno;

use super::OPAQUE_ATTRIBUTE;
use super::header::{Attributes, is_users};

const FOLDER: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC);

/// The parts of a path within a layer. What would lead out of it is an error.
pub(super) fn parts(path: &[u8]) -> Result<Vec<&[u8]>> {
    let mut parts = Vec::new();
    for part in path.split(|byte| *byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => bail!("{} leads out of its layer", shown(path)),
            part => parts.push(part),
        }
    }
    Ok(parts)
}

/// A path for people.
pub(super) fn shown(path: &[u8]) -> String {
    String::from_utf8_lossy(path).into_owned()
}

pub(super) fn name(bytes: &[u8]) -> &OsStr {
    OsStr::from_bytes(bytes)
}

/// Opens a folder in a folder.
pub(super) fn open(parent: impl AsFd, folder: &[u8]) -> Result<OwnedFd, Errno> {
    openat(parent, name(folder), FOLDER, Mode::empty())
}

/// Opens the folder of a path, step by step.
pub(super) fn descend(root: BorrowedFd<'_>, path: &[u8]) -> Result<OwnedFd> {
    let mut at = open(root, b".")?;
    for part in parts(path)? {
        at = open(&at, part).with_context(|| format!("cannot open {}", shown(path)))?;
    }
    Ok(at)
}

/// What is there under a name, if anything.
pub(super) fn look(parent: impl AsFd, file: &[u8]) -> Result<Option<Stat>> {
    match statat(parent, name(file), AtFlags::SYMLINK_NOFOLLOW) {
        Ok(stat) => Ok(Some(stat)),
        Err(Errno::NOENT) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot look at {}", shown(file))),
    }
}

pub(super) fn kind(stat: &Stat) -> FileType {
    FileType::from_raw_mode(stat.st_mode)
}

/// Whether it deletes a file of the layers below.
pub(super) fn is_whiteout(stat: &Stat) -> bool {
    kind(stat) == FileType::CharacterDevice && stat.st_rdev == 0
}

/// Whether a folder hides what it holds in the layers below.
pub(super) fn is_opaque(folder: impl AsFd) -> bool {
    let mut value = [0_u8; 4];
    matches!(fgetxattr(folder, OPAQUE_ATTRIBUTE, &mut value), Ok(1)) && value[0] == b'y'
}

pub(super) fn make_opaque(folder: impl AsFd) -> Result<()> {
    fsetxattr(
        folder,
        OPAQUE_ATTRIBUTE,
        b"y",
        rustix::fs::XattrFlags::empty(),
    )
    .context("cannot mark a folder as opaque: the file system needs user attributes")
}

/// The attributes that users set on an open file or folder.
pub(super) fn attributes(file: impl AsFd) -> Result<Attributes> {
    let mut names = vec![0; 64 << 10];
    let length = match flistxattr(&file, &mut names) {
        Ok(length) => length,
        Err(Errno::NOTSUP) => 0,
        Err(error) => return Err(error).context("cannot list its attributes"),
    };
    let mut found = Vec::new();
    for name in names[..length].split(|byte| *byte == 0) {
        if is_users(name) {
            let mut value = vec![0; 64 << 10];
            let length = fgetxattr(&file, name, &mut value).context("cannot read an attribute")?;
            value.truncate(length);
            found.push((name.to_vec(), value));
        }
    }
    Ok(found)
}

/// Sets them; where the file system has none, there are none.
pub(super) fn set_attributes(file: impl AsFd, attributes: &Attributes) -> Result<()> {
    for (name, value) in attributes {
        match fsetxattr(&file, &name[..], value, rustix::fs::XattrFlags::empty()) {
            Ok(()) | Err(Errno::NOTSUP) => {}
            Err(error) => return Err(error).context("cannot set an attribute"),
        }
    }
    Ok(())
}

/// The names in a folder, sorted.
pub(super) fn list(folder: impl AsFd) -> Result<Vec<Vec<u8>>> {
    let mut names = Vec::new();
    for entry in Dir::read_from(folder)? {
        let entry = entry?;
        let bytes = entry.file_name().to_bytes();
        if bytes != b"." && bytes != b".." {
            names.push(bytes.to_vec());
        }
    }
    names.sort();
    Ok(names)
}

/// Deletes what is there under a name, whatever it is.
pub(super) fn clear(parent: BorrowedFd<'_>, file: &[u8]) -> Result<()> {
    match unlinkat(parent, name(file), AtFlags::empty()) {
        Ok(()) | Err(Errno::NOENT) => return Ok(()),
        Err(Errno::ISDIR | Errno::PERM) => {}
        Err(error) => return Err(error).with_context(|| format!("cannot replace {}", shown(file))),
    }
    let folder = open(parent, file)?;
    for inner in list(&folder)? {
        clear(folder.as_fd(), &inner)?;
    }
    unlinkat(parent, name(file), AtFlags::REMOVEDIR)
        .with_context(|| format!("cannot replace {}", shown(file)))
}

/// Changes the mode of a file or folder that cannot be opened for its mode; never of a link's target.
pub(super) fn set_mode(parent: impl AsFd, file: &[u8], mode: RawMode) -> Result<()> {
    let flags = OFlags::PATH | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let opened = openat(parent, name(file), flags, Mode::empty())?;
    chmod(
        format!("/proc/self/fd/{}", opened.as_raw_fd()),
        Mode::from_raw_mode(mode & 0o7777),
    )?;
    Ok(())
}
