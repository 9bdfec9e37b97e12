//! What an administrator can change where a kernel or a container refuses a step of a sandbox's start.

use rustix::fs::statfs;

use super::launch_steps::Step;

/// The type of overlay file systems (linux/magic.h).
const OVERLAY: i64 = 0x794c_7630;

/// Whether this process runs in a container, as far as that can be seen.
fn in_container() -> bool {
    ["/.dockerenv", "/run/.containerenv"]
        .iter()
        .any(|mark| std::path::Path::new(mark).exists())
}

/// Why the namespaces of a sandbox were refused.
pub(super) fn on_clone(error: &std::io::Error) -> &'static str {
    match error.raw_os_error() {
        Some(libc::EPERM | libc::ENOSYS) if in_container() => {
            "this container's seccomp profile forbids namespaces: start it with `--security-opt seccomp=container-seccomp.json --security-opt systempaths=unconfined` (the file is in the project's `docs`), or with `seccomp=unconfined`"
        }
        Some(libc::EPERM) => {
            "the kernel does not let this user make user namespaces: `sysctl kernel.unprivileged_userns_clone=1` (Debian), `sysctl kernel.apparmor_restrict_unprivileged_userns=0` (Ubuntu)"
        }
        Some(libc::ENOSPC | libc::EUSERS) => {
            "no more user namespaces are allowed: raise `sysctl user.max_user_namespaces`"
        }
        Some(libc::ENOSYS) => "this kernel has no clone3: Linux 5.12 or newer is needed",
        _ => "the kernel refused to make the sandbox's namespaces",
    }
}

/// What to change where that step was refused, if it is known.
pub(super) fn on_step(step: &Step, error: &anyhow::Error) -> Option<&'static str> {
    let errno = error.downcast_ref::<rustix::io::Errno>().copied();
    match step {
        Step::Overlay { folder, .. }
            if statfs(folder.as_str()).is_ok_and(|found| found.f_type == OVERLAY) =>
        {
            Some(
                "the engine's folder is on an overlay, as a container's own files are, and cannot hold another: put it on a volume (`-v daytona:/data -e DAYTONA_DATA_DIR=/data`)",
            )
        }
        Step::Mount { kind: "proc", .. } if errno == Some(rustix::io::Errno::PERM) => Some(
            "a part of /proc is hidden here, so that no other may be mounted: start the container with `--security-opt systempaths=unconfined` (podman: `--security-opt unmask=ALL`)",
        ),
        Step::PrivateMounts | Step::Overlay { .. } | Step::BindReadOnly { .. }
            if matches!(
                errno,
                Some(rustix::io::Errno::PERM | rustix::io::Errno::ACCESS)
            ) && in_container() =>
        {
            Some(
                "this container may not mount: start it with `--security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined`",
            )
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_as_flags() {
        let proc = Step::Mount {
            kind: "proc",
            to: "/proc".to_owned(),
            options: String::new(),
        };
        let refused = anyhow::Error::from(rustix::io::Errno::PERM);
        assert!(on_step(&proc, &refused).is_some_and(|text| text.contains("systempaths")));
        let other = anyhow::Error::from(rustix::io::Errno::INVAL);
        assert!(on_step(&proc, &other).is_none());
        let full = std::io::Error::from_raw_os_error(libc::ENOSPC);
        assert!(on_clone(&full).contains("max_user_namespaces"));
    }
}
