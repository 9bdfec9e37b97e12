//! A unit of its own from systemd, where that manages this machine: the engine and its sandboxes outlive
//! whatever started the engine, and the control groups below the unit are the engine's to limit them by.
//!
//! The interface is `StartTransientUnit` of org.freedesktop.systemd1(5), by systemd's own `busctl`. Rules of
//! delegation: <https://systemd.io/CGROUP_DELEGATION>.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// How long systemd may take.
const WAIT_FOR_SYSTEMD: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_millis(2);
/// In the unit's group: where the engine itself is, because groups with limits have no processes.
const ENGINE: &str = "engine";

/// Where this process's control group is, and whose.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Unit {
    /// No systemd here: groups are made where this user can make them.
    Unmanaged,
    /// Delegated to this process: the path of the group below the version 2 tree's top.
    Own(String),
    /// systemd's, and why there is none of our own.
    Foreign(String),
}

/// Sees to it that this process is in a unit of its own. It must have no processes of its own yet.
pub(super) fn enter() -> Unit {
    static ENTERED: OnceLock<Unit> = OnceLock::new();
    ENTERED.get_or_init(look).clone()
}

fn look() -> Unit {
    if !Path::new("/run/systemd/system").exists() {
        return Unit::Unmanaged;
    }
    let Some(before) = own_group() else {
        return Unit::Foreign("this machine has no unified control groups".to_owned());
    };
    if let Some(unit) = is_ours(&before) {
        return Unit::Own(unit);
    }
    match ask() {
        Ok(()) => await_move(&before).map_or_else(
            || Unit::Foreign("systemd did not move the engine into its unit".to_owned()),
            Unit::Own,
        ),
        Err(why) => Unit::Foreign(why),
    }
}

impl Unit {
    /// Prepares the group of an own unit, seen below `top`: the engine goes into a leaf, so that the group
    /// can pass its controllers on. Its folder.
    pub(super) fn open(&self, top: &Path) -> Option<Result<PathBuf, String>> {
        let Self::Own(group) = self else {
            return None;
        };
        let folder = top.join(group.trim_start_matches('/'));
        let leaf = folder.join(ENGINE);
        let moved = fs::create_dir_all(&leaf)
            .and_then(|()| fs::write(leaf.join("cgroup.procs"), "0"))
            .map_err(|error| format!("cannot use the engine's unit {}: {error}", folder.display()));
        Some(moved.map(|()| folder))
    }
}

/// This process's group in the version 2 tree.
fn own_group() -> Option<String> {
    let groups = fs::read_to_string("/proc/self/cgroup").ok()?;
    let group = groups.lines().find_map(|line| line.strip_prefix("0::"))?;
    Some(group.to_owned())
}

/// The unit's group, where this process is alone in one that was delegated to it: another engine before it,
/// or an administrator with a unit file that says `Delegate=yes`, made it so.
fn is_ours(group: &str) -> Option<String> {
    let folder = Path::new("/sys/fs/cgroup").join(group.trim_start_matches('/'));
    let mut mark = [0; 8];
    let marked = ["user.delegate", "trusted.delegate"].iter().any(|name| {
        rustix::fs::getxattr(&folder, *name, &mut mark).is_ok_and(|length| &mark[..length] == b"1")
    });
    let processes = fs::read_to_string(folder.join("cgroup.procs")).ok()?;
    let alone = processes.trim() == std::process::id().to_string();
    (marked && alone).then(|| group.to_owned())
}

/// Asks the user's manager, or as root the system's, for a scope with this process in it.
fn ask() -> Result<(), String> {
    let root = rustix::process::geteuid().is_root();
    let mut command = Command::new("busctl");
    if root {
        command.arg("--system");
    } else {
        let folder = format!("/run/user/{}", rustix::process::geteuid().as_raw());
        if !Path::new(&folder).join("systemd").exists() {
            return Err("systemd runs no manager for this user, whose sessions have all ended or who has none: \
                 `sudo loginctl enable-linger $USER`"
                .to_owned());
        }
        // What started the engine may have had a bare environment.
        command
            .arg("--user")
            .env(
                "DBUS_SESSION_BUS_ADDRESS",
                format!("unix:path={folder}/bus"),
            )
            .env("XDG_RUNTIME_DIR", folder);
    }
    let pid = std::process::id();
    let output = command
        .arg(format!("--timeout={}", WAIT_FOR_SYSTEMD.as_secs()))
        .args([
            "call",
            "org.freedesktop.systemd1",
            "/org/freedesktop/systemd1",
            "org.freedesktop.systemd1.Manager",
            "StartTransientUnit",
            "ssa(sv)a(sa(sv))",
            &format!("daytona-engine-{pid}.scope"),
            "fail",
        ])
        .args(["5", "PIDs", "au", "1", &pid.to_string()])
        .args(["Description", "s", "daytona engine and its sandboxes"])
        .args(["Delegate", "b", "true"])
        .args(["CollectMode", "s", "inactive-or-failed"])
        .args(["TasksMax", "t", &u64::MAX.to_string()])
        .arg("0")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output();
    match output {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.trim().lines().next().unwrap_or("it said nothing");
            Err(format!("systemd makes no unit for the engine: {said}"))
        }
        Err(error) => Err(format!(
            "systemd cannot be asked for a unit: busctl cannot be run: {error}"
        )),
    }
}

/// The group that this process is moved to.
fn await_move(before: &str) -> Option<String> {
    let until = Instant::now() + WAIT_FOR_SYSTEMD;
    while Instant::now() < until {
        if let Some(group) = own_group().filter(|group| group != before) {
            return Some(group);
        }
        std::thread::sleep(LOOK);
    }
    None
}
