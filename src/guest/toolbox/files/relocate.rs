//! A file or folder moved to a name that is free: renamed, or copied where it changes its disk.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, lchown, symlink};
use std::path::Path;

use rustix::fs::{CWD, FileType, Mode, RenameFlags, mknodat, renameat_with};
use rustix::io::Errno;

use super::super::failure::{Answer, Failure};
use super::super::regular;
use super::failure;

pub(super) fn relocate(source: &Path, destination: &Path) -> Answer<()> {
    fs::symlink_metadata(source).map_err(|error| failure::of(source, &error))?;
    let taken = || Failure::conflict(format!("already exists: {}", destination.display()));
    if fs::symlink_metadata(destination).is_ok() {
        return Err(taken());
    }
    match renameat_with(CWD, source, CWD, destination, RenameFlags::NOREPLACE) {
        Ok(()) => Ok(()),
        Err(Errno::EXIST) => Err(taken()),
        // Another file system, or a folder of a lower layer, which cannot be renamed.
        Err(Errno::XDEV) => carry(source, destination),
        Err(error) => Err(failure::of(destination, &error.into())),
    }
}

/// Copies, then deletes: what was copied so far goes again where that fails.
fn carry(source: &Path, destination: &Path) -> Answer<()> {
    if let Err(error) = copy(source, destination) {
        let _ = remove(destination);
        return Err(failure::of(source, &error));
    }
    remove(source).map_err(|error| failure::of(source, &error))
}

fn remove(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let meta = fs::symlink_metadata(from)?;
    let kind = meta.file_type();
    if kind.is_symlink() {
        symlink(fs::read_link(from)?, to)?;
        let _ = lchown(to, Some(meta.uid()), Some(meta.gid()));
        return Ok(());
    }
    if kind.is_dir() {
        fs::create_dir(to)?;
        for entry in fs::read_dir(from)? {
            let name = entry?.file_name();
            copy(&from.join(&name), &to.join(&name))?;
        }
    } else if kind.is_fifo() {
        let mode = Mode::from_raw_mode(meta.mode() & 0o7777);
        mknodat(CWD, to, FileType::Fifo, mode, 0)?;
    } else if kind.is_file() {
        let (mut source, _) = regular::open(from)?;
        let mut copy = OpenOptions::new().write(true).create_new(true).open(to)?;
        io::copy(&mut source, &mut copy)?;
    } else {
        return Err(io::Error::other("neither a file, a folder nor a link"));
    }
    keep(to, &meta)
}

/// Owner as far as possible, mode and times.
fn keep(to: &Path, meta: &Metadata) -> io::Result<()> {
    let _ = lchown(to, Some(meta.uid()), Some(meta.gid()));
    fs::set_permissions(to, meta.permissions())?;
    if !meta.file_type().is_fifo()
        && let (Ok(modified), Ok(file)) = (meta.modified(), File::open(to))
    {
        let _ = file.set_modified(modified);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_move_never_replaces() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a"), "a").unwrap();
        fs::write(at("b"), "b").unwrap();
        assert!(relocate(&at("a"), &at("b")).is_err());
        assert!(relocate(&at("none"), &at("c")).is_err());
        assert!(relocate(&at("a"), &at("none/c")).is_err());
        relocate(&at("a"), &at("c")).unwrap();
        assert_eq!(fs::read(at("c")).unwrap(), b"a");
        assert_eq!(fs::read(at("b")).unwrap(), b"b");
    }

    #[test]
    fn a_copy_keeps_links_and_modes() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("tree/deep")).unwrap();
        fs::write(at("tree/deep/run"), "#!").unwrap();
        fs::set_permissions(at("tree/deep/run"), fs::Permissions::from_mode(0o755)).unwrap();
        symlink("nowhere", at("tree/link")).unwrap();
        carry(&at("tree"), &at("moved")).unwrap();
        assert!(!at("tree").exists());
        assert_eq!(
            fs::read_link(at("moved/link")).unwrap(),
            Path::new("nowhere")
        );
        let meta = fs::metadata(at("moved/deep/run")).unwrap();
        assert_eq!(meta.mode() & 0o777, 0o755);
    }
}
