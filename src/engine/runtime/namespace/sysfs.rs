//! What of /sys a sandbox sees: devices and cores as the kernel tells of them, and its own limits, all
//! read-only.

use std::ffi::CStr;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use rustix::fs::symlink;
use rustix::io::Errno;
use rustix::mount::{MountFlags, mount, mount_remount};

use super::init::{ATTR_NODEV, ATTR_NOSUID, ATTR_RDONLY, bind};

/// Where control groups are mounted, on hosts and in sandboxes.
const GROUPS: &str = "/sys/fs/cgroup";
/// Which cores there are, for the C library (`sysconf(_SC_NPROCESSORS_ONLN)`) and `lscpu`.
const ONLINE: &str = "devices/system/cpu/online";

/// Mounts it at `sys`. Where a part of the host's /sys is hidden, the kernel shows none of it to anybody
/// below: then there is an empty folder with the limits.
pub(super) fn show(sys: &str, groups: &[String], unified: bool) -> Result<()> {
    fs::create_dir_all(sys)?;
    let whole = MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC;
    let shown = match mount(
        "sysfs",
        sys,
        "sysfs",
        whole | MountFlags::RDONLY,
        None::<&CStr>,
    ) {
        Ok(()) => true,
        Err(Errno::PERM) => false,
        Err(error) => return Err(error).context("cannot mount sysfs"),
    };
    if !shown {
        mount("tmpfs", sys, "tmpfs", whole, Some(c"mode=0755,size=16k"))?;
    }
    let place = format!("{sys}/fs/cgroup");
    if unified {
        // Where runtimes look for the limits that they live under: the sandbox's own group.
        fs::create_dir_all(&place)?;
        mount(
            "cgroup2",
            &place,
            "cgroup2",
            whole | MountFlags::RDONLY,
            None::<&CStr>,
        )?;
    } else if !groups.is_empty() {
        fs::create_dir_all(&place)?;
        mount("tmpfs", &place, "tmpfs", whole, Some(c"mode=0755,size=16k"))?;
        for group in groups {
            show_group(group, &place)?;
        }
        mount_remount(&place, whole | MountFlags::BIND | MountFlags::RDONLY, "")?;
    }
    if !shown {
        mount_remount(sys, whole | MountFlags::BIND | MountFlags::RDONLY, "")?;
    }
    Ok(())
}

/// Shows a group of version 1 where its controllers are looked for.
fn show_group(group: &str, place: &str) -> Result<()> {
    let Some(mounted) = Path::new(group)
        .strip_prefix(GROUPS)
        .ok()
        .and_then(|path| path.components().next())
        .and_then(|name| name.as_os_str().to_str())
    else {
        return Ok(());
    };
    let to = format!("{place}/{mounted}");
    fs::create_dir_all(&to)?;
    bind(group, &to, ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV)?;
    for controller in mounted.split(',').filter(|one| *one != mounted) {
        symlink(mounted, format!("{place}/{controller}"))?;
    }
    Ok(())
}

/// Has the cores that are told of be those of the sandbox. `spare` is a place where a file can be for a
/// moment.
pub(super) fn show_cores(sys: &str, cores: &[usize], spare: &str) -> Result<()> {
    let online = format!("{sys}/{ONLINE}");
    if cores.is_empty() || !fs::exists(&online)? {
        return Ok(());
    }
    let file = format!("{spare}/.online");
    fs::write(&file, list(cores))?;
    bind(&file, &online, ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV)?;
    Ok(fs::remove_file(file)?)
}

/// As the kernel writes it.
fn list(cores: &[usize]) -> String {
    let mut cores = cores.to_vec();
    cores.sort_unstable();
    let cores: Vec<_> = cores.iter().map(ToString::to_string).collect();
    cores.join(",") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cores_are_listed_as_the_kernel_does() {
        assert_eq!(list(&[7, 0, 3]), "0,3,7\n");
    }
}
