//! Shows a volume in a sandbox's root before that becomes `/`.
//!
//! The root and the volume hold what sandboxes put there, links among it, and other sandboxes may
//! be changing the volume now. So each path is walked by the kernel within bounds, and what is then
//! mounted is the open folder, not its name.

use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};

use anyhow::{Context as _, Result, bail};
use rustix::fs::{Mode, OFlags, ResolveFlags, mkdirat, open, openat2};
use rustix::io::Errno;
use rustix::mount::{MoveMountFlags, OpenTreeFlags, move_mount, open_tree};

use super::init::{ATTR_NODEV, ATTR_NOSUID};
use super::launch_steps::Volume;
use crate::syscall;

const FOLDER: OFlags = OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

/// That a path which was asked for leads where nothing can be shown.
#[derive(Debug)]
pub(super) struct Unusable(String);

impl std::fmt::Display for Unusable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unusable {}

/// Mounts the volume at its path below `root`.
pub(super) fn show(volume: &Volume, root: &str) -> Result<()> {
    let mut from = open(&volume.folder, FOLDER, Mode::empty())
        .with_context(|| format!("cannot open {}", volume.folder))?;
    if let Some(subpath) = &volume.subpath {
        // A link in a volume is another sandbox's word: none is followed.
        let bounds = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
        from = folder(from.as_fd(), subpath, bounds)
            .with_context(|| format!("cannot use the folder {subpath} of the volume"))?;
    }
    let root = open(root, FOLDER, Mode::empty())?;
    // Images have links such as /var/run: they lead where they would inside.
    let bounds = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS;
    let to = folder(root.as_fd(), volume.path.trim_start_matches('/'), bounds)
        .with_context(|| format!("cannot mount a volume at {}", volume.path))?;
    let flags = OpenTreeFlags::OPEN_TREE_CLONE
        | OpenTreeFlags::OPEN_TREE_CLOEXEC
        | OpenTreeFlags::AT_EMPTY_PATH;
    let tree = open_tree(&from, "", flags).context("cannot clone the mount of a volume")?;
    syscall::restrict_mount(tree.as_fd(), ATTR_NOSUID | ATTR_NODEV)
        .context("cannot restrict a volume")?;
    let flags = MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH | MoveMountFlags::MOVE_MOUNT_T_EMPTY_PATH;
    move_mount(&tree, "", &to, "", flags)
        .with_context(|| format!("cannot mount a volume at {}", volume.path))
}

/// Opens a folder below `top`, and makes it where it or one above it is missing.
fn folder(top: BorrowedFd<'_>, path: &str, bounds: ResolveFlags) -> Result<OwnedFd> {
    let mut parent = openat2(top, ".", FOLDER, Mode::empty(), bounds)?;
    let mut walked = String::new();
    for name in path.split('/') {
        if !walked.is_empty() {
            walked.push('/');
        }
        walked.push_str(name);
        // Always from the top: only so do links find the root that they are bound to.
        let find = || openat2(top, walked.as_str(), FOLDER, Mode::empty(), bounds);
        parent = match find() {
            Err(Errno::NOENT) => {
                match mkdirat(&parent, name, Mode::from_raw_mode(0o755)) {
                    // Made just now by another, or a link to nowhere: the next look tells.
                    Ok(()) | Err(Errno::EXIST) => {}
                    Err(error) => bail!("cannot make {walked}: {error}"),
                }
                find()
            }
            found => found,
        }
        .map_err(|error| {
            let why = match error {
                Errno::NOENT => "is a link to nowhere",
                Errno::LOOP | Errno::XDEV => "is a link, which is not followed",
                Errno::NOTDIR => "is not a folder",
                error => return anyhow::anyhow!("cannot open {walked}: {error}"),
            };
            Unusable(format!("{walked} {why}")).into()
        })?;
    }
    Ok(parent)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    fn opened(
        top: &std::path::Path,
        path: &str,
        bounds: ResolveFlags,
    ) -> Result<std::path::PathBuf> {
        use std::os::fd::AsRawFd as _;
        let root = open(top, FOLDER, Mode::empty())?;
        let found = folder(root.as_fd(), path, bounds)?;
        Ok(fs::read_link(format!(
            "/proc/self/fd/{}",
            found.as_raw_fd()
        ))?)
    }

    #[test]
    fn no_link_leads_out_of_the_root() {
        let place = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(place.path()).unwrap();
        symlink(outside.path(), root.join("absolute")).unwrap();
        symlink("../../../../../..", root.join("up")).unwrap();
        symlink("/nowhere", root.join("dangling")).unwrap();
        fs::create_dir(root.join("etc")).unwrap();
        symlink("/etc", root.join("inside")).unwrap();
        fs::write(root.join("file"), "").unwrap();
        let bounds = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS;
        let opened = |path| opened(&root, path, bounds);
        assert_eq!(opened("new/deep").unwrap(), root.join("new/deep"));
        assert_eq!(opened("up/data").unwrap(), root.join("data"));
        assert_eq!(opened("inside/x").unwrap(), root.join("etc/x"));
        for (path, why) in [
            ("absolute/x", "absolute is a link to nowhere"),
            ("dangling", "dangling is a link to nowhere"),
            ("file/x", "file is not a folder"),
        ] {
            assert_eq!(opened(path).unwrap_err().to_string(), why);
        }
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }

    #[test]
    fn no_link_of_a_volume_is_followed() {
        let place = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(place.path()).unwrap();
        fs::create_dir(root.join("real")).unwrap();
        symlink("real", root.join("link")).unwrap();
        symlink("..", root.join("up")).unwrap();
        let bounds = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
        let opened = |path| opened(&root, path, bounds);
        assert_eq!(opened("real/a").unwrap(), root.join("real/a"));
        for path in ["link", "link/a", "up", "up/x"] {
            let error = opened(path).unwrap_err().context("cannot use it");
            assert!(error.is::<Unusable>());
            let error = format!("{error:#}");
            assert!(
                error.ends_with("is a link, which is not followed"),
                "{error}"
            );
        }
        assert!(opened("..").is_err());
    }
}
