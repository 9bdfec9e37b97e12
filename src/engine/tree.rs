//! Deletes folders with what is in them, whatever programs of a sandbox have made of them.

use std::ffi::CString;
use std::fs;
use std::os::fd::{AsFd, AsRawFd as _, OwnedFd};
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Dir, Mode, OFlags, chmod, openat, renameat, unlinkat};
use rustix::io::Errno;

/// Deletes a tree in which folders may forbid it to their owner. However deep it is: folders that are
/// not empty are moved up to its top first, so that no path becomes longer than the system takes.
pub(crate) fn delete(path: &Path) -> std::io::Result<()> {
    if !fs::symlink_metadata(path)?.is_dir() {
        return fs::remove_file(path);
    }
    let top = open_to_delete(CWD, path)?;
    let mut moved = 0_u64;
    loop {
        let mut emptied = true;
        for name in names(&top)? {
            if unlinkat(&top, &name, AtFlags::empty()).is_ok()
                || unlinkat(&top, &name, AtFlags::REMOVEDIR).is_ok()
            {
                continue;
            }
            emptied = false;
            let folder = open_to_delete(&top, &name)?;
            for inner in names(&folder)? {
                if unlinkat(&folder, &inner, AtFlags::empty()).is_ok()
                    || unlinkat(&folder, &inner, AtFlags::REMOVEDIR).is_ok()
                {
                    continue;
                }
                // Who moves a folder must be able to write to it.
                drop(open_to_delete(&folder, &inner)?);
                loop {
                    moved += 1;
                    match renameat(&folder, &inner, &top, format!(".gone-{moved}")) {
                        Err(Errno::EXIST | Errno::NOTEMPTY | Errno::NOTDIR) => {}
                        done => break done?,
                    }
                }
            }
            unlinkat(&top, &name, AtFlags::REMOVEDIR)?;
        }
        if emptied {
            return fs::remove_dir(path);
        }
    }
}

/// Opens a folder and makes it its owner's to change; never what a link leads to.
fn open_to_delete(parent: impl AsFd, name: impl rustix::path::Arg) -> rustix::io::Result<OwnedFd> {
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let place = openat(parent, name, flags, Mode::empty())?;
    let own = format!("/proc/self/fd/{}", place.as_raw_fd());
    chmod(own, Mode::RWXU)?;
    openat(
        &place,
        c".",
        OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC,
        Mode::empty(),
    )
}

fn names(folder: impl AsFd) -> rustix::io::Result<Vec<CString>> {
    let mut names = Vec::new();
    for entry in Dir::read_from(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if name != c"." && name != c".." {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_tree_with_closed_folders_is_deleted() {
        let top = tempfile::tempdir().unwrap();
        let closed = top.path().join("a/b");
        fs::create_dir_all(&closed).unwrap();
        fs::write(closed.join("file"), "x").unwrap();
        std::os::unix::fs::symlink("/nowhere", closed.join("link")).unwrap();
        fs::set_permissions(&closed, Permissions::from_mode(0o000)).unwrap();
        delete(&top.path().join("a")).unwrap();
        assert!(!top.path().join("a").exists());
    }

    #[test]
    fn a_tree_of_any_depth_is_deleted() {
        let top = tempfile::tempdir().unwrap();
        let tree = top.path().join("a");
        fs::create_dir(&tree).unwrap();
        fs::write(tree.join(".gone-1"), "a name of ours").unwrap();
        let mut at = open_to_delete(CWD, &tree).unwrap();
        for _ in 0..10_000 {
            for name in ["a long name of a folder", "beside"] {
                rustix::fs::mkdirat(&at, name, Mode::RWXU).unwrap();
            }
            at = open_to_delete(&at, "a long name of a folder").unwrap();
        }
        delete(&tree).unwrap();
        assert!(!tree.exists());
    }
}
