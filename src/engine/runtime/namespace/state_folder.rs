//! The folder /run: in memory, empty at each start but for the folders that the layers have there, which
//! services expect to find.

use std::ffi::CString;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use rustix::mount::{MountFlags, mount};

/// The most folders that are made again, and how deep.
const MOST_FOLDERS: usize = 256;
const DEEPEST: usize = 4;

/// Mounts it at `place`.
pub(super) fn show(place: &str, options: &str) -> Result<()> {
    let kept = folders(Path::new(place));
    fs::create_dir_all(place)?;
    let options = CString::new(options)?;
    let flags = MountFlags::NOSUID | MountFlags::NODEV;
    mount("tmpfs", place, "tmpfs", flags, Some(options.as_c_str()))?;
    for (folder, mode) in kept {
        let folder = Path::new(place).join(folder);
        fs::create_dir(&folder)?;
        fs::set_permissions(&folder, Permissions::from_mode(mode))?;
    }
    Ok(())
}

/// The folders below `top`, each after the one that it is in. No link is followed: it would lead out of
/// the root.
fn folders(top: &Path) -> Vec<(PathBuf, u32)> {
    let mut found = Vec::new();
    let mut left = vec![PathBuf::new()];
    if !fs::symlink_metadata(top).is_ok_and(|meta| meta.is_dir()) {
        return found;
    }
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(top.join(&folder))
            .into_iter()
            .flatten()
            .flatten()
        {
            if found.len() >= MOST_FOLDERS {
                return found;
            }
            let Some(meta) = entry.metadata().ok().filter(fs::Metadata::is_dir) else {
                continue;
            };
            let path = folder.join(entry.file_name());
            found.push((path.clone(), meta.permissions().mode() & 0o1777 | 0o700));
            if path.components().count() < DEEPEST {
                left.push(path);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn folders_are_found_and_links_are_not_followed() {
        let top = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        fs::create_dir(outside.path().join("secret")).unwrap();
        fs::create_dir_all(top.path().join("a/b/c/d/e")).unwrap();
        fs::write(top.path().join("file"), "").unwrap();
        symlink(outside.path(), top.path().join("link")).unwrap();
        let names: Vec<_> = folders(top.path())
            .into_iter()
            .map(|(path, _)| path)
            .collect();
        assert_eq!(names, ["a", "a/b", "a/b/c", "a/b/c/d"].map(PathBuf::from));
        assert!(folders(&top.path().join("link")).is_empty());
        for number in 0..2 * MOST_FOLDERS {
            fs::create_dir(top.path().join(number.to_string())).unwrap();
        }
        assert_eq!(folders(top.path()).len(), MOST_FOLDERS);
    }
}
