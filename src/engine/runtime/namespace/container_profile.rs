//! The system call profile for containers in which an engine runs (`docs/container-seccomp.json`): what
//! programs in sandboxes may make, and what making sandboxes takes. Containers' usual profiles forbid the
//! latter; it is a narrower exception than none at all. The file is held against the lists here.

use std::fmt::Write as _;

use expect_test::expect_file;

/// What makes sandboxes and their networks. In the container's user namespace the kernel still asks for
/// the right to each.
const MAKING: &[&str] = &[
    "chroot",
    "clone3",
    "fsconfig",
    "fsmount",
    "fsopen",
    "fspick",
    "mount",
    "mount_setattr",
    "move_mount",
    "open_tree",
    "personality",
    "pivot_root",
    "quotactl_fd",
    "sethostname",
    "setns",
    "socket",
    "umount2",
    "unshare",
];
/// Newer calls than the C library's headers name, as the filter has them by number.
const NEWER: &[&str] = &["cachestat", "fchmodat2", "mseal"];

#[test]
fn the_profile_for_containers_has_what_sandboxes_need() {
    let source = include_str!("seccomp.rs");
    let mut names: Vec<&str> = ["const ALLOWED: ", "const ALLOWED_HERE: "]
        .iter()
        .filter_map(|list| source.split(list).nth(1)?.split("};").next())
        .flat_map(str::split_whitespace)
        .filter_map(|word| word.strip_prefix("SYS_"))
        .chain(MAKING.iter().copied())
        .chain(NEWER.iter().copied())
        .collect();
    names.sort_unstable();
    names.dedup();
    assert!(names.len() > 250, "the lists were not read");
    let mut profile = String::from(
        "{\n  \"defaultAction\": \"SCMP_ACT_ERRNO\",\n  \"defaultErrnoRet\": 38,\n  \"architectures\": [\"SCMP_ARCH_X86_64\", \"SCMP_ARCH_AARCH64\"],\n  \"syscalls\": [\n    {\n      \"action\": \"SCMP_ACT_ALLOW\",\n      \"names\": [\n",
    );
    for (at, name) in names.iter().enumerate() {
        let comma = if at + 1 < names.len() { "," } else { "" };
        let _ = writeln!(profile, "        \"{name}\"{comma}");
    }
    profile.push_str("      ]\n    }\n  ]\n}\n");
    expect_file!["../../../../docs/container-seccomp.json"].assert_eq(&profile);
}
