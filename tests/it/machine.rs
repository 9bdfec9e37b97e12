//! What this machine has, asked of the machine: a test that asked the program that it tests would be skipped
//! where that program is broken.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Whether a program is installed where sandboxes see it too.
pub(crate) fn has(program: &str) -> bool {
    ["/usr/local/bin", "/usr/bin", "/usr/sbin", "/bin", "/sbin"]
        .iter()
        .any(|folder| Path::new(folder).join(program).exists())
}

/// Whether sandboxes can have a network: it needs one of two programs.
pub(crate) fn has_network_stack() -> bool {
    has("slirp4netns") || has("pasta")
}

/// Whether names of registries are resolved here.
pub(crate) fn resolves(names: &[&str]) -> bool {
    names.iter().all(|name| {
        let asked = Command::new("getent").args(["hosts", name]).output();
        asked.is_ok_and(|asked| asked.status.success())
    })
}

/// The folder of the version 2 tree whose groups can limit memory, if there is such a tree.
fn unified() -> Option<PathBuf> {
    let mounts = fs::read_to_string("/proc/self/mountinfo").expect("mounts");
    mounts.lines().find_map(|line| {
        let (left, right) = line.split_once(" - ")?;
        let folder = Path::new(left.split(' ').nth(4)?);
        let controllers = fs::read_to_string(folder.join("cgroup.controllers"));
        let memory = controllers.is_ok_and(|all| all.split_whitespace().any(|one| one == "memory"));
        (right.starts_with("cgroup2 ") && memory).then(|| folder.to_owned())
    })
}

/// The own group of version 1 whose memory can be limited, if there is such a controller.
fn first_version() -> Option<PathBuf> {
    let mounts = fs::read_to_string("/proc/self/mountinfo").expect("mounts");
    let groups = fs::read_to_string("/proc/self/cgroup").expect("groups");
    let own = groups.lines().find_map(|line| {
        let (_, rest) = line.split_once(':')?;
        let (controllers, group) = rest.split_once(':')?;
        let memory = controllers.split(',').any(|one| one == "memory");
        memory.then_some(group)
    })?;
    mounts.lines().find_map(|line| {
        let (left, right) = line.split_once(" - ")?;
        let mut fields = left.split(' ').skip(3);
        let (root, folder) = (fields.next()?, fields.next()?);
        let options = right.rsplit(' ').next()?;
        let memory = right.starts_with("cgroup ") && options.split(',').any(|one| one == "memory");
        let below = own.strip_prefix(root).unwrap_or(own);
        memory.then(|| Path::new(folder).join(below.trim_start_matches('/')))
    })
}

/// Whether the memory of sandboxes can be limited by this user: a group is made for a moment. Why not, else.
pub(crate) fn limits_memory() -> Result<(), String> {
    let above = unified()
        .or_else(first_version)
        .ok_or("no memory cgroup here: no controller is mounted")?;
    if Path::new("/run/systemd/system").exists() {
        // Groups are systemd's there, and given on request.
        return if has("busctl") && rustix::process::geteuid().is_root() {
            Ok(())
        } else {
            Err("no memory cgroup here: systemd gives this user none".to_owned())
        };
    }
    let trial = above.join(format!("daytona-test-{}", std::process::id()));
    let made = fs::create_dir(&trial);
    let limits = ["memory.max", "memory.limit_in_bytes"];
    let limited = unified().is_some() || limits.iter().any(|limit| trial.join(limit).exists());
    let _ = fs::remove_dir(&trial);
    match made {
        Ok(()) if limited => Ok(()),
        Ok(()) => Err("no memory cgroup here: its groups have no limit".to_owned()),
        Err(error) => Err(format!("no memory cgroup here: {error}")),
    }
}

/// Whether the memory of an ordinary user's sandboxes may be limited: only version 2 is ever given to one.
pub(crate) fn may_limit_memory_of_users() -> bool {
    unified().is_some()
}
