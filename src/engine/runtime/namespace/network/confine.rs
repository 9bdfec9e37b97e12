//! How a network stack starts: a program of others that reads what hostile programs send, so it is held.
//!
//! It counts against its sandbox's control groups, has the rights of the sandbox's user and, over the
//! sandbox's namespaces only, those that a link takes. It is never root of this host, whose mounts,
//! processes and settings it could change; where the engine is root it also has mounts of its own, because
//! some of these programs unmount what they can.

use std::ffi::CString;
use std::fs;
use std::os::fd::{AsFd as _, AsRawFd as _, OwnedFd};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};

use anyhow::{Context as _, Result, bail};
use rustix::fs::{CWD, FileType, Mode, makedev, mknodat};
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::mount::{MountFlags, MountPropagationFlags, mount, mount_change};
use rustix::net::{AddressFamily, SocketFlags, SocketType, socketpair};
use rustix::process::{Resource, Rlimit, setrlimit};
use rustix::thread::{
    CapabilitySet, CapabilitySets, ThreadNameSpaceType, configure_capability_in_ambient_set,
    move_into_thread_name_spaces, set_capabilities, set_no_new_privs, set_thread_groups,
    set_thread_res_gid, set_thread_res_uid,
};
use serde::{Deserialize, Serialize};

use crate::engine::identity;
use crate::guest_boot::USER;
use crate::syscall;

use super::super::{channel, process};

/// Stands in the arguments for the sandbox's network namespace.
pub(super) const NETNS: &str = "{netns}";
/// The most connections of one sandbox, and what the stack needs besides.
const DESCRIPTORS: u64 = 4096;
/// What it is told.
const GO: &[u8] = b"go";
const TUN: &str = "/dev/net/tun";

/// What is to be started.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Confined {
    /// The sandbox's first process.
    pub(super) pid: i32,
    /// The sandbox's control groups.
    pub(super) cgroups: Vec<String>,
    pub(super) program: PathBuf,
    pub(super) arguments: Vec<String>,
}

/// A process that becomes the program when it is told to. An engine that is gone has not written it down:
/// then it ends.
pub(super) struct Waiting {
    /// What it says on standard error is for its caller.
    pub(super) child: Child,
    line: OwnedFd,
}

impl Waiting {
    /// Lets it go on; `first` is the sandbox's first process.
    pub(super) fn go(&self, first: &OwnedFd) -> Result<()> {
        channel::send(self.line.as_fd(), GO, &[first.as_fd()])
            .context("the network stack ended before it began")
    }
}

/// Starts it, up to where it waits.
pub(super) fn start(confined: &Confined) -> Result<Waiting> {
    let (line, theirs) = socketpair(
        AddressFamily::UNIX,
        SocketType::SEQPACKET,
        SocketFlags::CLOEXEC,
        None,
    )?;
    let child = Command::new("/proc/self/exe")
        .arg0("daytona")
        .arg("__stack")
        .arg(serde_json::to_string(confined)?)
        .env_clear()
        .current_dir("/")
        .process_group(0)
        .stdin(Stdio::from(theirs))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", confined.program.display()))?;
    Ok(Waiting { child, line })
}

/// The process itself: becomes the program.
pub fn main() -> ExitCode {
    channel::end(enter())
}

fn enter() -> Result<()> {
    let given = std::env::args().nth(2);
    let given = given.context("it is started by the engine only")?;
    let confined: Confined = serde_json::from_str(&given)?;
    let told = channel::receive(std::io::stdin().as_fd())?;
    let (_, mut fds) =
        told.context("the engine ended before its network stack was written down")?;
    let first = fds.pop().context("it is started by the engine only")?;
    syscall::default_signals();
    for group in &confined.cgroups {
        fs::write(format!("{group}/cgroup.procs"), "0")
            .with_context(|| format!("cannot move the network stack into {group}"))?;
    }
    let netns = fs::File::open(format!("/proc/{}/ns/net", confined.pid))
        .context("cannot open the sandbox's network")?;
    if process::has_ended(&first) {
        // Then that number may be another process by now.
        bail!("the sandbox has ended");
    }
    if identity::takes_ids() {
        own_mounts().context("cannot give the network stack mounts of its own")?;
        set_thread_groups(&[])?;
    }
    move_into_thread_name_spaces(first.as_fd(), ThreadNameSpaceType::USER)
        .context("cannot enter the sandbox's user namespace")?;
    set_thread_res_gid(gid(), gid(), gid())?;
    set_thread_res_uid(uid(), uid(), uid())?;
    limit()?;
    let descriptor = netns.as_raw_fd();
    syscall::close_at_exec(0)?;
    let null = fs::File::open("/dev/null")?;
    rustix::stdio::dup2_stdin(&null)?;
    for kept in [
        rustix::stdio::stdout(),
        rustix::stdio::stderr(),
        netns.as_fd(),
    ] {
        fcntl_setfd(kept, FdFlags::empty())?;
    }
    let program = fs::File::open(&confined.program)
        .with_context(|| format!("cannot open {}", confined.program.display()))?;
    let mut arguments = vec![CString::new(
        confined.program.as_os_str().as_encoded_bytes(),
    )?];
    for argument in confined.arguments {
        let argument = argument.replace(NETNS, &format!("/proc/self/fd/{descriptor}"));
        arguments.push(CString::new(argument)?);
    }
    bail!(
        "cannot run it: {}",
        syscall::exec(program.as_fd(), &arguments, &[])
    )
}

fn uid() -> rustix::fs::Uid {
    rustix::fs::Uid::from_raw(USER)
}

fn gid() -> rustix::fs::Gid {
    rustix::fs::Gid::from_raw(USER)
}

/// No change of mounts that is made from here on is seen by the host, whose root is usually shared.
fn own_mounts() -> Result<()> {
    syscall::own_mounts()?;
    mount_change(
        "/",
        MountPropagationFlags::DOWNSTREAM | MountPropagationFlags::REC,
    )?;
    mount_change(
        "/",
        MountPropagationFlags::PRIVATE | MountPropagationFlags::REC,
    )?;
    if fs::metadata(TUN)?.permissions().mode() & 0o006 == 0o006 {
        return Ok(());
    }
    // Here only root may open the device: the stack gets one of its own.
    mount(
        "tmpfs",
        "/dev/net",
        "tmpfs",
        MountFlags::NOSUID | MountFlags::NOEXEC,
        None,
    )?;
    mknodat(
        CWD,
        TUN,
        FileType::CharacterDevice,
        Mode::from_raw_mode(0o666),
        makedev(10, 200),
    )?;
    fs::set_permissions(TUN, fs::Permissions::from_mode(0o666))?;
    Ok(())
}

/// The rights that a link takes, over the sandbox's namespaces; no others, now or later.
fn limit() -> Result<()> {
    let rights = [
        CapabilitySet::SYS_ADMIN,
        CapabilitySet::NET_ADMIN,
        CapabilitySet::NET_BIND_SERVICE,
    ];
    let all = rights
        .iter()
        .fold(CapabilitySet::empty(), |all, right| all | *right);
    let sets = CapabilitySets {
        effective: all,
        permitted: all,
        inheritable: all,
    };
    set_capabilities(None, sets)?;
    for right in rights {
        configure_capability_in_ambient_set(right, true)?;
    }
    set_no_new_privs(true)?;
    let at_most = |resource, most| {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit)
    };
    at_most(Resource::Core, 0)?;
    let most = rustix::process::getrlimit(Resource::Nofile).maximum;
    at_most(
        Resource::Nofile,
        most.unwrap_or(DESCRIPTORS).min(DESCRIPTORS),
    )?;
    Ok(())
}
