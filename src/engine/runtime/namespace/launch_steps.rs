//! The order of the steps from a fresh clone to the guest: data, so that tests can read it.

use serde::{Deserialize, Serialize};

/// What a sandbox may have of what the kernel counts in each user namespace and those above it
/// (namespaces(7), sysctl/user). No namespaces: no program makes any. Those of mounts are not limited:
/// each detached mount of the start is in one; nor are those that `pasta` makes for itself. Where its id is shared with the
/// engine's user, half of what that user has by default of what watches files.
pub(super) const NAMESPACE_LIMITS: &[(&str, u32)] = &[
    ("max_user_namespaces", 0),
    ("max_net_namespaces", 0),
    ("max_cgroup_namespaces", 0),
    ("max_time_namespaces", 0),
];
pub(super) const SHARED_LIMITS: &[(&str, u32)] =
    &[("max_inotify_instances", 64), ("max_fanotify_groups", 64)];

/// The most terminals of one sandbox: the kernel has 4,096 for all.
const TERMINALS: u32 = 256;

/// What the zygote is asked to make. Paths are relative to the runtime's folder unless absolute.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Launch {
    /// The sandbox's folder: `upper`, `work` and `root` are in it.
    pub(super) folder: String,
    /// Read-only layers, the uppermost first.
    pub(super) layers: Vec<String>,
    /// Folders of the host that are shown read-only at the same place.
    pub(super) binds: Vec<String>,
    /// What is run as soon as it starts.
    pub(super) entrypoint: Vec<String>,
    /// Where commands begin, if not in the home.
    pub(super) workdir: Option<String>,
    /// The host name inside.
    pub(super) hostname: String,
    /// Environment of the guest, `NAME=value`.
    pub(super) env: Vec<String>,
    /// Who the sandbox's user and group are outside, and on disk.
    pub(super) outside: (u32, u32),
    /// The id that both are outside instead, where the file system can translate.
    pub(super) own: Option<u32>,
    /// cgroup v1 directories to move into, or one v2 directory to be cloned into.
    pub(super) cgroups: Vec<String>,
    /// Whether `cgroups` is v2.
    pub(super) unified: bool,
    /// The most processes and threads.
    pub(super) processes: u64,
    /// The cores to run on; all that there are where it is empty.
    pub(super) cores: Vec<usize>,
    /// The memory limit in bytes, where the guest has to keep it because no cgroup does.
    pub(super) watched_memory: Option<u64>,
    /// The most bytes in /dev/shm.
    pub(super) shm: u64,
    /// Volumes to show, in this order.
    pub(super) volumes: Vec<Volume>,
}

/// A folder that sandboxes share, and where it is inside.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Volume {
    /// The volume's folder.
    pub(super) folder: String,
    /// Which folder in it; made where it is not there.
    pub(super) subpath: Option<String>,
    /// Where it is inside: absolute.
    pub(super) path: String,
}

/// One step in the child. Those that name `root` act on the tree before it becomes `/`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Step {
    /// Take the sandbox's only user.
    BecomeUser,
    /// Leave session and cgroup tree of the engine.
    LeaveGroups,
    /// No mount made from here on is seen outside.
    PrivateMounts,
    /// The runtime's folders, with the sandbox's own ids in the place of those on disk.
    MapIds,
    /// The root: layers below, the sandbox's own upper on top.
    Overlay { layers: Vec<String>, folder: String },
    /// A folder of the host, read-only, without devices and set-uid programs.
    BindReadOnly { from: String, to: String },
    /// A device of the host.
    BindDevice { from: String, to: String },
    /// A new file system of a kind.
    Mount {
        kind: &'static str,
        to: String,
        options: String,
    },
    /// The kernel's limits of this user namespace, in the folder where they are told.
    KernelLimits(String),
    /// A folder or file of a file system that was just mounted, made read-only.
    ReadOnly(String),
    /// What of /sys is shown at that place, read-only: limits by which groups.
    Sys {
        at: String,
        groups: Vec<String>,
        unified: bool,
    },
    /// What must not be read of /proc and /sys below a root.
    Masks(String),
    /// Which cores there are, as told below a root.
    Cores(String),
    /// The folder of what lasts until a stop.
    State { at: String, options: String },
    /// A volume, read-write, without devices and set-uid programs. What is on the way to it is the
    /// sandboxes' own: no link of theirs may lead out of the root or out of the volume.
    ShowVolume { volume: Volume, root: String },
    /// A symbolic link.
    Link { to: &'static str, at: String },
    /// Root becomes `/`, the host's tree is gone.
    Pivot(String),
    /// The host name.
    Hostname(String),
    /// The host name in the file where names are looked for.
    Hosts(String),
    /// The loopback interface, the only one.
    Loopback,
    /// Limits of the kernel's own per user.
    Limits { processes: u64 },
    /// Nothing of the engine's stays open but what the guest needs.
    CloseFiles,
    /// No capability is left or can come back.
    DropCapabilities,
    /// Set-uid programs have no effect.
    NoNewPrivileges,
    /// Say that all is prepared; wait until the engine has written it down.
    AwaitRelease,
    /// Only the calls that programs need.
    Seccomp,
    /// Become the guest.
    Exec,
}

/// The steps of a launch, in their order.
pub(super) fn plan(launch: &Launch) -> Vec<Step> {
    let root = format!("{}/root", launch.folder);
    let at = |path: &str| format!("{root}{path}");
    let mut steps = vec![
        Step::LeaveGroups,
        Step::BecomeUser,
        Step::PrivateMounts,
        Step::MapIds,
        Step::Overlay {
            layers: launch.layers.clone(),
            folder: launch.folder.clone(),
        },
    ];
    for bind in &launch.binds {
        steps.push(Step::BindReadOnly {
            from: bind.clone(),
            to: at(bind),
        });
    }
    steps.push(Step::Mount {
        kind: "proc",
        to: at("/proc"),
        options: String::new(),
    });
    steps.push(Step::KernelLimits(at("/proc/sys/user")));
    for path in [
        "/proc/sys",
        "/proc/irq",
        "/proc/bus",
        "/proc/fs",
        "/proc/pressure",
        "/proc/sysrq-trigger",
    ] {
        steps.push(Step::ReadOnly(at(path)));
    }
    steps.push(Step::Sys {
        at: at("/sys"),
        groups: launch.cgroups.clone(),
        unified: launch.unified,
    });
    let dev = "mode=0755,size=64k";
    steps.push(Step::Mount {
        kind: "tmpfs",
        to: at("/dev"),
        options: dev.to_owned(),
    });
    for device in ["null", "zero", "full", "random", "urandom", "tty"] {
        steps.push(Step::BindDevice {
            from: format!("/dev/{device}"),
            to: at(&format!("/dev/{device}")),
        });
    }
    steps.extend([
        Step::Masks(root.clone()),
        Step::Cores(root.clone()),
        Step::Mount {
            kind: "devpts",
            to: at("/dev/pts"),
            options: format!("newinstance,ptmxmode=0666,mode=0620,max={TERMINALS}"),
        },
        Step::Mount {
            kind: "tmpfs",
            to: at("/dev/shm"),
            options: format!("mode=1777,size={}", launch.shm),
        },
        Step::State {
            at: at("/run"),
            options: "mode=0755,size=16m".to_owned(),
        },
        Step::Link {
            to: "pts/ptmx",
            at: at("/dev/ptmx"),
        },
        Step::Link {
            to: "/proc/self/fd",
            at: at("/dev/fd"),
        },
        Step::Link {
            to: "/proc/self/fd/0",
            at: at("/dev/stdin"),
        },
        Step::Link {
            to: "/proc/self/fd/1",
            at: at("/dev/stdout"),
        },
        Step::Link {
            to: "/proc/self/fd/2",
            at: at("/dev/stderr"),
        },
    ]);
    // After all that the sandbox cannot do without, so that none of it lies on top of a volume.
    for volume in &launch.volumes {
        steps.push(Step::ShowVolume {
            volume: volume.clone(),
            root: root.clone(),
        });
    }
    steps.extend([
        Step::Pivot(root.clone()),
        Step::Hostname(launch.hostname.clone()),
        Step::Hosts(launch.hostname.clone()),
        Step::Loopback,
        Step::Limits {
            processes: launch.processes,
        },
        Step::CloseFiles,
        Step::DropCapabilities,
        Step::NoNewPrivileges,
        Step::AwaitRelease,
        Step::Seccomp,
        Step::Exec,
    ]);
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(steps: &[Step], wanted: impl Fn(&Step) -> bool) -> usize {
        steps
            .iter()
            .position(wanted)
            .expect("the step is in the plan")
    }

    #[test]
    fn privileges_end_before_the_agent_begins() {
        let launch = Launch {
            folder: "sandboxes/x".into(),
            binds: vec!["/usr".into()],
            volumes: vec![Volume {
                folder: "volumes/v".into(),
                subpath: None,
                path: "/data".into(),
            }],
            ..Launch::default()
        };
        let steps = plan(&launch);
        let order = [
            place(&steps, |step| *step == Step::PrivateMounts),
            place(&steps, |step| matches!(step, Step::Overlay { .. })),
            place(&steps, |step| matches!(step, Step::BindReadOnly { .. })),
            place(&steps, |step| {
                matches!(step, Step::Mount { kind: "devpts", .. })
            }),
            place(&steps, |step| matches!(step, Step::ShowVolume { .. })),
            place(&steps, |step| matches!(step, Step::Pivot(_))),
            place(&steps, |step| *step == Step::CloseFiles),
            place(&steps, |step| *step == Step::DropCapabilities),
            place(&steps, |step| *step == Step::NoNewPrivileges),
            place(&steps, |step| *step == Step::AwaitRelease),
            place(&steps, |step| *step == Step::Seccomp),
            place(&steps, |step| *step == Step::Exec),
        ];
        assert!(order.is_sorted(), "{steps:?}");
        assert_eq!(steps.last(), Some(&Step::Exec));
    }

    #[test]
    fn no_path_of_the_host_is_mounted_but_the_named_ones() {
        let launch = Launch {
            folder: "s".into(),
            binds: vec!["/usr".into()],
            ..Launch::default()
        };
        let from: Vec<_> = plan(&launch)
            .into_iter()
            .filter_map(|step| match step {
                Step::BindReadOnly { from, .. } | Step::BindDevice { from, .. } => Some(from),
                _ => None,
            })
            .collect();
        assert_eq!(
            from,
            [
                "/usr",
                "/dev/null",
                "/dev/zero",
                "/dev/full",
                "/dev/random",
                "/dev/urandom",
                "/dev/tty"
            ]
        );
    }
}
