//! Disk limits by project quotas, where the file system of the engine's folder keeps them (ext4 and XFS,
//! mounted with `prjquota`): what a sandbox writes belongs to a project of its own.
//!
//! It costs a sandbox's start five system calls. A file system in a file for each sandbox would limit disks
//! anywhere, for some ten milliseconds at each create: elsewhere there is no limit, and it is said.

use std::fs::{self, File};
use std::os::fd::AsFd as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use rustix::process::geteuid;

use crate::syscall;

/// What the limits of disks are kept by.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Quotas {
    Projects,
    /// Nothing, and why.
    None(String),
}

impl Quotas {
    /// Looks whether the file system of `folder` has project quotas that are enforced.
    pub(super) fn find(folder: &Path) -> Self {
        if !geteuid().is_root() {
            return Self::None("only root can set quotas".to_owned());
        }
        let mounts = fs::read_to_string("/proc/self/mountinfo");
        let enforced = mounts.is_ok_and(|mounts| is_enforced(&mounts, &device(folder)));
        if !enforced {
            return Self::None(
                "its file system has no project quotas (ext4 or XFS mounted with `prjquota`)"
                    .to_owned(),
            );
        }
        match File::open(folder).and_then(|folder| syscall::has_project_quotas(folder.as_fd())) {
            Ok(()) => Self::Projects,
            Err(error) => Self::None(format!("project quotas cannot be used: {error}")),
        }
    }

    /// Holds what is written in a sandbox's folder to so many GiB; 0 is no limit.
    pub(super) fn hold(&self, place: &Path, id: &str, gib: u32) -> Result<()> {
        if *self != Self::Projects {
            return Ok(());
        }
        let project = project(id);
        for part in ["upper", "work"] {
            let part = File::open(place.join(part))?;
            syscall::set_project(part.as_fd(), project)
                .context("cannot give the sandbox's disk a project")?;
        }
        let place = File::open(place)?;
        syscall::limit_project(place.as_fd(), project, u64::from(gib) << 20)
            .context("cannot limit the sandbox's disk")
    }

    /// Forgets the limit of a sandbox whose folder is gone.
    pub(super) fn release(&self, folder: &Path, id: &str) {
        if *self == Self::Projects
            && let Ok(folder) = File::open(folder)
        {
            let _ = syscall::limit_project(folder.as_fd(), project(id), 0);
        }
    }

    /// Whether disks are limited, and by what.
    pub(super) fn report(&self) -> (bool, String) {
        match self {
            Self::Projects => (true, "project quotas of the file system".to_owned()),
            Self::None(why) => (
                false,
                format!("no quota; it shares the file system of the engine's folder: {why}"),
            ),
        }
    }
}

/// The project of a sandbox: a quarter of its random id. Project 0 is that of all other files.
fn project(id: &str) -> u32 {
    let id = uuid::Uuid::try_parse(id).unwrap_or_default();
    u32::try_from(id.as_u128() >> 96).unwrap_or(0) | 1
}

/// The device of a folder's file system, as mountinfo has it.
fn device(folder: &Path) -> String {
    let found = rustix::fs::stat(folder).map(|found| found.st_dev);
    let device = found.unwrap_or_default();
    format!(
        "{}:{}",
        rustix::fs::major(device),
        rustix::fs::minor(device)
    )
}

/// Whether a mount of that device enforces project quotas (proc_pid_mountinfo(5)).
fn is_enforced(mounts: &str, device: &str) -> bool {
    mounts.lines().any(|line| {
        let (left, right) = line.split_once(" - ").unwrap_or_default();
        let options = right.split(' ').nth(2).unwrap_or_default();
        left.split(' ').nth(2) == Some(device)
            && options
                .split(',')
                .any(|option| ["prjquota", "pquota"].contains(&option))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mounts_that_say_so_enforce_quotas() {
        let mounts = "30 1 7:0 / /a rw - ext4 /dev/loop0 rw,prjquota\n31 1 7:1 / /b rw - xfs /dev/loop1 rw,usrquota\n";
        assert!(is_enforced(mounts, "7:0"));
        assert!(!is_enforced(mounts, "7:1") && !is_enforced(mounts, "7:2"));
    }

    #[test]
    fn a_sandbox_has_a_project_that_is_not_everybodys() {
        assert_ne!(project("00000000-0000-4000-8000-000000000000"), 0);
        assert_ne!(
            project("463705af-4e0b-42d5-b6b1-5530eb3ed943"),
            project("d9654794-0af9-4d0c-95f0-13fbe698514c")
        );
    }
}
