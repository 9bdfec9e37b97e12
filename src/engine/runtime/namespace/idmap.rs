//! Folders of the runtime as a sandbox sees them: its own ids stand for those on disk (idmapped mounts,
//! mount_setattr(2)), so that nothing is ever given to another owner.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};

use anyhow::{Context as _, Result};
use rustix::fs::CWD;
use rustix::mount::{MoveMountFlags, OpenTreeFlags, move_mount, open_tree};

use super::process;
use crate::syscall::{self, Cloned};

/// How many maps are kept open: runs give blocks back that the next ones take.
const KEPT: usize = 32;

/// A folder with its ids translated, and its path.
pub(super) struct Tree {
    mount: OwnedFd,
    path: String,
}

impl Tree {
    /// Puts it in the place of the folder, in the mounts of this process.
    pub(super) fn show(&self) -> Result<()> {
        let flags = MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH;
        move_mount(&self.mount, "", CWD, self.path.as_str(), flags)
            .with_context(|| format!("cannot show {} with the sandbox's ids", self.path))
    }
}

/// User namespaces that serve as maps, by the id that they lead to.
#[derive(Default)]
pub(super) struct Maps(VecDeque<(u32, OwnedFd)>);

impl Maps {
    /// The folders, where `on_disk` appears as `seen`. The caller must be root, with one thread.
    pub(super) fn trees(&mut self, paths: &[&str], on_disk: u32, seen: u32) -> Result<Vec<Tree>> {
        let map = match self.0.iter().position(|(id, _)| *id == seen) {
            Some(at) => self.0.remove(at),
            None => Some((seen, make(on_disk, seen)?)),
        };
        let (_, map) = map.context("a map was lost")?;
        let trees = paths.iter().map(|path| {
            let flags = OpenTreeFlags::OPEN_TREE_CLONE | OpenTreeFlags::OPEN_TREE_CLOEXEC;
            let mount = open_tree(CWD, *path, flags)?;
            syscall::map_mount(mount.as_fd(), map.as_fd())
                .context("this file system cannot translate ids")?;
            Ok(Tree {
                mount,
                path: (*path).to_owned(),
            })
        });
        let trees = trees.collect();
        self.0.push_front((seen, map));
        self.0.truncate(KEPT);
        trees
    }
}

/// A user namespace in which `on_disk` stands for `seen` outside. Made by a process that does nothing else.
fn make(on_disk: u32, seen: u32) -> Result<OwnedFd> {
    let (mut line, ours) = std::io::pipe()?;
    match syscall::fork(syscall::NEW_USER)? {
        Cloned::Child => {
            drop(ours);
            let _ = line.read(&mut [0]);
            syscall::exit_now(0)
        }
        Cloned::Parent { pid, pidfd } => {
            let map = (|| {
                for file in ["gid_map", "uid_map"] {
                    let path = format!("/proc/{pid}/{file}");
                    File::options()
                        .write(true)
                        .open(path)?
                        .write_all(format!("{on_disk} {seen} 1").as_bytes())?;
                }
                fs::File::open(format!("/proc/{pid}/ns/user"))
            })();
            drop(ours);
            process::reap(&pidfd);
            Ok(map.context("cannot make a map of ids")?.into())
        }
    }
}
