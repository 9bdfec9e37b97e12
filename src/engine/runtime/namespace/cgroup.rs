//! Limits by control groups: version 1 controllers or a version 2 tree, where this user may write.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::api::types::Limit;

use super::unit::Unit;
use crate::guest_boot::GUEST_PROCESSES;

const GIB: u64 = 1 << 30;
const PERIOD_US: u32 = 100_000;

/// Where sandboxes' groups are made, if anywhere.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Cgroups {
    /// Version 1: the parent folder of each controller.
    V1(BTreeMap<&'static str, PathBuf>),
    /// Version 2: the parent folder, and which controllers its groups have.
    V2(PathBuf, Vec<&'static str>),
    /// Nowhere, and why.
    None(String),
}

/// The sizes of a sandbox that groups can hold it to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    pub(super) cpu: u32,
    pub(super) memory: u32,
    pub(super) processes: u64,
}

impl Cgroups {
    /// Looks where groups can be made, below a parent of that name, and tries it.
    pub(super) fn find(name: &str, unit: &Unit) -> Self {
        let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
        let own = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
        match v2(&mounts, &own, unit) {
            Some(Ok(above)) => {
                let parent = above.join(name);
                match try_to_make(&parent).and_then(|()| delegate(&above, &parent)) {
                    Ok(controllers) => Self::V2(parent, controllers),
                    Err(why) => Self::None(why),
                }
            }
            Some(Err(why)) => Self::None(why),
            None => {
                let parents = v1(&mounts, &own, name);
                let refused = parents.values().find_map(|one| try_to_make(one).err());
                match refused {
                    Some(why) => Self::None(why),
                    None if parents.is_empty() => {
                        Self::None("no cgroup controller is mounted".to_owned())
                    }
                    None => Self::V1(parents),
                }
            }
        }
    }

    /// Removes what a killed engine left: groups without processes. Those that are in use, perhaps by
    /// processes that are just ending.
    pub(super) fn sweep(&self) -> Vec<PathBuf> {
        let parents = self.parents().into_iter();
        let groups =
            parents.flat_map(|parent| fs::read_dir(parent).into_iter().flatten().flatten());
        groups
            .map(|group| group.path())
            .filter(|group| is_busy(group))
            .collect()
    }

    /// Removes the parents, if nothing is in them any more.
    pub(super) fn leave(&self) {
        for parent in self.parents() {
            let _ = fs::remove_dir(parent);
        }
    }

    fn parents(&self) -> Vec<&Path> {
        match self {
            Self::V1(parents) => parents.values().map(PathBuf::as_path).collect(),
            Self::V2(parent, _) => vec![parent],
            Self::None(_) => Vec::new(),
        }
    }

    /// Makes the groups of one run of a sandbox with their limits; returns their folders, and whether
    /// they are v2. Each run has its own: what tidies up after the last run may come late.
    pub(super) fn make(&self, id: &str, sizes: Sizes) -> Result<(Vec<String>, bool)> {
        let run = uuid::Uuid::new_v4().simple();
        let mut folders = Vec::new();
        for parent in self.parents() {
            let folder = parent.join(format!("{id}.{run}"));
            fs::create_dir_all(&folder).context("cannot make the sandbox's cgroup")?;
            folders.push(folder.to_string_lossy().into_owned());
        }
        set_limits(&folders, sizes)?;
        Ok((folders, matches!(self, Self::V2(..))))
    }

    /// Where the groups of a sandbox are, of whichever run, if it has any.
    pub(super) fn of(&self, id: &str) -> Vec<String> {
        let prefix = format!("{id}.");
        self.parents()
            .into_iter()
            .flat_map(|parent| fs::read_dir(parent).into_iter().flatten().flatten())
            .filter(|group| group.file_name().to_string_lossy().starts_with(&prefix))
            .map(|group| group.path().to_string_lossy().into_owned())
            .collect()
    }

    /// Whether this controller limits sandboxes.
    pub(super) fn limit(&self, controller: &str) -> bool {
        match self {
            Self::V1(parents) => parents.contains_key(controller),
            Self::V2(_, controllers) => controllers.contains(&controller),
            Self::None(_) => false,
        }
    }

    /// What is enforced, and by what; of disks, what was found.
    pub(super) fn report(&self, processes: u64, disk: (bool, String)) -> Vec<Limit> {
        let limit = |resource: &str, enforced: bool, by: String| Limit {
            resource: resource.to_owned(),
            enforced,
            by,
        };
        let by = |controller: &str| match self {
            Self::V1(_) if self.limit(controller) => (true, "cgroup v1".to_owned()),
            Self::V1(_) => (false, format!("the {controller} controller is not mounted")),
            Self::V2(..) if self.limit(controller) => (true, "cgroup v2".to_owned()),
            Self::V2(..) => (
                false,
                format!("the {controller} controller is not delegated to this user"),
            ),
            Self::None(why) => (false, why.clone()),
        };
        let (mut memory, cpu) = (by("memory"), by("cpu"));
        if !memory.0 {
            memory.1 += "; beyond the limit the sandbox's agent kills its largest process, but it may be late, and what a program hides from it does not count";
        }
        vec![
            limit("memory", memory.0, memory.1),
            limit("cpu", cpu.0, cpu.1),
            limit(
                "processes",
                true,
                format!("at most {processes}, by the kernel's limit per user namespace"),
            ),
            limit("disk", disk.0, disk.1),
        ]
    }
}

/// Holds groups to sizes; which of the files a group has depends on its controller and version.
pub(super) fn set_limits(folders: &[String], sizes: Sizes) -> Result<()> {
    let quota = u64::from(sizes.cpu) * u64::from(PERIOD_US);
    let memory = (u64::from(sizes.memory) * GIB).to_string();
    for folder in folders {
        for (file, value) in [
            ("memory.limit_in_bytes", memory.clone()),
            ("memory.max", memory.clone()),
            ("cpu.cfs_quota_us", quota.to_string()),
            ("cpu.max", format!("{quota} {PERIOD_US}")),
            ("pids.max", (sizes.processes + GUEST_PROCESSES).to_string()),
        ] {
            let file = Path::new(folder).join(file);
            if file.exists() {
                fs::write(&file, value)
                    .with_context(|| format!("cannot set {}", file.display()))?;
            }
        }
    }
    Ok(())
}

/// Whether the kernel killed a process of those groups for want of memory.
pub(super) fn out_of_memory(folders: &[String]) -> bool {
    folders.iter().any(|folder| {
        ["memory.oom_control", "memory.events"].iter().any(|file| {
            fs::read_to_string(Path::new(folder).join(file)).is_ok_and(|text| {
                text.lines().any(|line| {
                    line.strip_prefix("oom_kill ")
                        .is_some_and(|count| count.trim() != "0")
                })
            })
        })
    })
}

/// Removes groups whose processes end now. Nobody should wait for it: the kernel may need a moment, and a
/// busy machine some.
pub(super) fn remove(folders: &[String]) {
    let mut busy: Vec<&Path> = folders.iter().map(Path::new).collect();
    for pause in [0, 1, 4, 20, 100, 400, 1500, 5000] {
        std::thread::sleep(Duration::from_millis(pause));
        busy.retain(|group| is_busy(group));
        if busy.is_empty() {
            return;
        }
    }
}

/// Removes those of a sweep that were in use, once they are not any more. No others: a group is empty too
/// while it is made.
pub(super) fn sweep_again(mut busy: Vec<PathBuf>) {
    for pause in [100, 400, 1500, 5000] {
        std::thread::sleep(Duration::from_millis(pause));
        busy.retain(|group| is_busy(group));
    }
}

/// Whether a group cannot be removed because of its processes; removes it.
fn is_busy(group: &Path) -> bool {
    fs::remove_dir(group).is_err_and(|error| error.raw_os_error() == Some(libc::EBUSY))
}

/// Makes and removes a group: the folder may be there and still not be this user's.
fn try_to_make(parent: &Path) -> Result<(), String> {
    let trial = parent.join(format!("trial-{}", uuid::Uuid::new_v4()));
    fs::create_dir_all(&trial)
        .and_then(|()| fs::remove_dir(&trial))
        .map_err(|error| {
            format!(
                "this user may not make cgroups in {}: {error}",
                parent.display()
            )
        })
}

/// What limits sandboxes.
const CONTROLLERS: [&str; 3] = ["cpu", "memory", "pids"];

/// Has a v2 parent, and the group above it, pass on the controllers that there are; which those are.
fn delegate(above: &Path, parent: &Path) -> Result<Vec<&'static str>, String> {
    let there = fs::read_to_string(above.join("cgroup.controllers")).unwrap_or_default();
    let there: Vec<&str> = there.split_whitespace().collect();
    let passed: Vec<&str> = CONTROLLERS
        .into_iter()
        .filter(|controller| there.contains(controller))
        .collect();
    if !passed.contains(&"memory") {
        return Err(format!(
            "no memory controller is delegated to {}",
            above.display()
        ));
    }
    let wanted: Vec<String> = passed.iter().map(|one| format!("+{one}")).collect();
    for folder in [above, parent] {
        let file = folder.join("cgroup.subtree_control");
        fs::write(&file, wanted.join(" ")).map_err(|error| {
            format!(
                "cannot delegate controllers in {}: {error}",
                folder.display()
            )
        })?;
    }
    Ok(passed)
}

/// The group of a v2 tree with controllers below which ours go: the engine's own unit's; where no systemd
/// is, as root the top, else the own group (delegation). None where there is no such tree.
fn v2(mounts: &str, own: &str, unit: &Unit) -> Option<Result<PathBuf, String>> {
    let top = mounts.lines().find_map(|line| {
        let (left, right) = line.split_once(" - ")?;
        right
            .starts_with("cgroup2 ")
            .then(|| left.split(' ').nth(4))?
    })?;
    let controllers = fs::read_to_string(Path::new(top).join("cgroup.controllers")).ok()?;
    if !CONTROLLERS
        .iter()
        .all(|wanted| controllers.split_whitespace().any(|one| one == *wanted))
    {
        return None;
    }
    let below = match unit {
        Unit::Own(_) => return unit.open(Path::new(top)),
        Unit::Foreign(why) => return Some(Err(why.clone())),
        Unit::Unmanaged if rustix::process::geteuid().is_root() => "",
        Unit::Unmanaged => own.lines().find_map(|line| line.strip_prefix("0::"))?,
    };
    Some(Ok(Path::new(top).join(below.trim_start_matches('/'))))
}

fn v1(mounts: &str, own: &str, name: &str) -> BTreeMap<&'static str, PathBuf> {
    let mut parents = BTreeMap::new();
    for controller in CONTROLLERS {
        let has = |list: &str| list.split(',').any(|one| one == controller);
        let mount = mounts.lines().find_map(|line| {
            let (left, right) = line.split_once(" - ")?;
            let mut right = right.split(' ');
            let (kind, options) = (right.next()?, right.nth(1)?);
            let mut left = left.split(' ').skip(3);
            (kind == "cgroup" && has(options)).then(|| (left.next(), left.next()))
        });
        let group = own.lines().find_map(|line| {
            let mut fields = line.splitn(3, ':').skip(1);
            has(fields.next()?).then(|| fields.next())?
        });
        if let (Some((Some(root), Some(point))), Some(group)) = (mount, group) {
            // In a container the mount shows a part of the tree: the group is below that part's root.
            let below = group.strip_prefix(root).unwrap_or(group);
            parents.insert(
                controller,
                Path::new(point)
                    .join(below.trim_start_matches('/'))
                    .join(name),
            );
        }
    }
    parents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_1_groups_are_made_below_the_own_one() {
        let mounts = "30 25 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n\
                      31 25 0:27 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n";
        let own = "4:memory:/a/b\n3:cpu,cpuacct:/\n0::/\n";
        let parents = v1(mounts, own, "daytona");
        assert_eq!(
            parents["memory"],
            Path::new("/sys/fs/cgroup/memory/a/b/daytona")
        );
        assert_eq!(
            parents["cpu"],
            Path::new("/sys/fs/cgroup/cpu,cpuacct/daytona")
        );
        assert!(!parents.contains_key("pids"));
    }

    #[test]
    fn tidying_up_after_a_run_leaves_the_next_one_its_groups() {
        let folder = tempfile::tempdir().unwrap();
        let cgroups = Cgroups::V2(folder.path().to_owned(), vec!["memory"]);
        let sizes = Sizes {
            cpu: 1,
            memory: 1,
            processes: 9,
        };
        let (last, _) = cgroups.make("a", sizes).unwrap();
        let (next, _) = cgroups.make("a", sizes).unwrap();
        let (other, _) = cgroups.make("ab", sizes).unwrap();
        remove(&last);
        assert_eq!(cgroups.of("a"), next);
        assert_eq!(cgroups.of("ab"), other);
    }

    #[test]
    fn without_groups_the_report_says_why() {
        let limits = Cgroups::None("not allowed".into()).report(9, (false, String::new()));
        assert!(!limits[0].enforced && limits[0].by.starts_with("not allowed; beyond"));
        assert!(limits[2].enforced);
    }
}
