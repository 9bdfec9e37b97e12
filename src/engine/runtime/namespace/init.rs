//! The cloned child: walks the plan, and becomes the guest.

use std::ffi::CString;
use std::fs::{self, File};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::fd::{AsFd as _, AsRawFd as _, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use rustix::fs::{CWD, Mode, OFlags, open, symlink};
use rustix::mount::{
    MountFlags, MountPropagationFlags, MoveMountFlags, OpenTreeFlags, UnmountFlags, mount,
    mount_change, move_mount, open_tree, unmount,
};
use rustix::process::{Resource, Rlimit, pivot_root, setrlimit, setsid, umask};
use rustix::thread::{
    CapabilitySet, CapabilitySets, clear_ambient_capability_set,
    remove_capability_from_bounding_set, set_capabilities, set_no_new_privs, set_thread_res_gid,
    set_thread_res_uid,
};

use super::channel::Refusal;
use super::idmap::Tree;
use crate::guest_boot::{
    BOOT, Boot, GUEST_PROCESSES, HOME, LISTENER, ListenAt, ROLE, USER, USER_NAME,
};
use crate::syscall;

use super::launch_steps::{Launch, NAMESPACE_LIMITS, SHARED_LIMITS, Step, plan};
use super::{advice, cores, hosts, masks, state_folder, sysfs, volume};

/// What the child says when all is prepared, and hears when it may go on.
pub(super) const GO: u8 = b'g';

pub(super) const ATTR_RDONLY: u64 = 0x1;
pub(super) const ATTR_NOSUID: u64 = 0x2;
pub(super) const ATTR_NODEV: u64 = 0x4;
const PATH: &str =
    "/home/daytona/.local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// What the child has of the zygote.
pub(super) struct Parts<'a> {
    pub(super) guest: BorrowedFd<'a>,
    pub(super) listener: OwnedFd,
    pub(super) engine: UnixStream,
    pub(super) mapped: File,
    /// Folders to show with the sandbox's ids.
    pub(super) trees: Vec<Tree>,
    pub(super) filters: &'a [seccompiler::BpfProgram],
}

/// Runs the child to its exec. A failure is told to the engine; the process ends with it.
pub(super) fn run(launch: &Launch, mut parts: Parts<'_>) -> ! {
    if let Err(error) = walk(launch, &mut parts) {
        let refusal = Refusal {
            asked: error.is::<volume::Unusable>(),
            why: format!("{error:#}"),
        };
        let _ = parts.engine.write_all(&refusal.encode());
    }
    syscall::exit_now(1)
}

fn walk(launch: &Launch, parts: &mut Parts<'_>) -> Result<()> {
    let mut told = [0];
    if parts
        .mapped
        .read(&mut told)
        .context("cannot hear from the zygote")?
        != 1
    {
        bail!("the zygote could not set the sandbox's user and limits");
    }
    umask(Mode::empty());
    for step in plan(launch) {
        let taken = take(&step, launch, parts);
        if matches!(step, Step::ShowVolume { .. }) {
            // Where it is wrong is the caller's own choice: the reason alone reads better.
            taken?;
        } else {
            taken.map_err(|error| match advice::on_step(&step, &error) {
                Some(advice) => error.context(advice),
                None => error.context(format!("cannot take the step {step:?}")),
            })?;
        }
    }
    Ok(())
}

fn take(step: &Step, launch: &Launch, parts: &mut Parts<'_>) -> Result<()> {
    match step {
        Step::LeaveGroups => {
            let _ = setsid();
            syscall::own_cgroup_view()?;
        }
        Step::BecomeUser => {
            let gid = rustix::fs::Gid::from_raw(USER);
            let uid = rustix::fs::Uid::from_raw(USER);
            set_thread_res_gid(gid, gid, gid)?;
            set_thread_res_uid(uid, uid, uid)?;
        }
        Step::PrivateMounts => {
            mount_change(
                "/",
                MountPropagationFlags::PRIVATE | MountPropagationFlags::REC,
            )?;
        }
        Step::MapIds => {
            for tree in &parts.trees {
                tree.show()?;
            }
        }
        Step::Overlay { layers, folder } => {
            let options = CString::new(format!(
                "lowerdir={},upperdir={folder}/upper,workdir={folder}/work,userxattr",
                layers.join(":")
            ))?;
            let flags = MountFlags::NOSUID | MountFlags::NODEV;
            mount(
                "overlay",
                format!("{folder}/root"),
                "overlay",
                flags,
                Some(options.as_c_str()),
            )?;
        }
        Step::BindReadOnly { from, to } => {
            bind(from, to, ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV)?;
        }
        Step::BindDevice { from, to } => {
            File::create(to)?;
            bind(from, to, ATTR_NOSUID)?;
        }
        Step::Mount { kind, to, options } => {
            fs::create_dir_all(to)?;
            let options = CString::new(options.as_str())?;
            // Devices are bound into /dev from outside; nothing else may have any.
            let flags = MountFlags::NOSUID
                | if *kind == "devpts" {
                    MountFlags::NOEXEC
                } else {
                    MountFlags::NODEV
                };
            let flags = if *kind == "proc" {
                flags | MountFlags::NOEXEC
            } else {
                flags
            };
            mount(*kind, to, *kind, flags, Some(options.as_c_str()))?;
        }
        Step::KernelLimits(folder) => {
            let shared = if launch.own.is_none() {
                SHARED_LIMITS
            } else {
                &[]
            };
            for (name, most) in NAMESPACE_LIMITS.iter().chain(shared) {
                let file = format!("{folder}/{name}");
                // Older kernels have fewer.
                if fs::exists(&file)? {
                    fs::write(&file, most.to_string())
                        .with_context(|| format!("cannot set {name}"))?;
                }
            }
        }
        Step::ReadOnly(path) => {
            if fs::exists(path)? {
                bind(path, path, ATTR_RDONLY)?;
            }
        }
        Step::Sys {
            at,
            groups,
            unified,
        } => sysfs::show(at, groups, *unified)?,
        Step::Masks(root) => masks::hide(root)?,
        Step::Cores(root) => {
            sysfs::show_cores(
                &format!("{root}/sys"),
                &launch.cores,
                &format!("{root}/dev"),
            )?;
        }
        Step::State { at, options } => state_folder::show(at, options)?,
        Step::ShowVolume { volume, root } => volume::show(volume, root)?,
        Step::Link { to, at } => symlink(*to, at)?,
        Step::Pivot(root) => {
            rustix::process::chdir(root)?;
            pivot_root(".", ".")?;
            // The old root lies over the new one now: take it away.
            unmount(".", UnmountFlags::DETACH)?;
            rustix::process::chdir("/")?;
        }
        Step::Hostname(name) => rustix::system::sethostname(name.as_bytes())?,
        Step::Hosts(name) => {
            // A sandbox that has made something else of the file, or has a full disk, starts all the same.
            let _ = hosts::add(Path::new("/etc/hosts"), name);
        }
        Step::Loopback => {
            let socket = rustix::net::socket(
                rustix::net::AddressFamily::INET,
                rustix::net::SocketType::DGRAM,
                None,
            )?;
            syscall::loopback_up(socket.as_fd())?;
        }
        Step::Limits { processes } => {
            let limit = |most| Rlimit {
                current: Some(most),
                maximum: Some(most),
            };
            cores::keep_to(&launch.cores)?;
            setrlimit(Resource::Core, limit(0))?;
            setrlimit(Resource::Nproc, limit(*processes + GUEST_PROCESSES))?;
            let files = rustix::process::getrlimit(Resource::Nofile)
                .maximum
                .unwrap_or(1 << 20);
            setrlimit(Resource::Nofile, limit(files.min(1 << 20)))?;
        }
        Step::CloseFiles => {
            let null = open("/dev/null", OFlags::RDWR, Mode::empty())?;
            rustix::stdio::dup2_stdin(&null)?;
            rustix::stdio::dup2_stdout(&null)?;
            rustix::stdio::dup2_stderr(&null)?;
            syscall::close_at_exec(3)?;
        }
        Step::DropCapabilities => {
            for bit in 0..64 {
                let capability = CapabilitySet::from_bits_retain(1 << bit);
                if remove_capability_from_bounding_set(capability).is_err() {
                    break;
                }
            }
            clear_ambient_capability_set()?;
            let none = CapabilitySet::empty();
            set_capabilities(
                None,
                CapabilitySets {
                    effective: none,
                    permitted: none,
                    inheritable: none,
                },
            )?;
        }
        Step::NoNewPrivileges => set_no_new_privs(true)?,
        Step::AwaitRelease => {
            parts.engine.write_all(&[GO])?;
            let mut word = [0];
            // An engine that is gone has written nothing down: end, and leave nothing behind.
            if parts.engine.read(&mut word)? != 1 || word != [GO] {
                syscall::exit_now(0);
            }
        }
        Step::Seccomp => {
            for filter in parts.filters {
                seccompiler::apply_filter(filter)?;
            }
        }
        Step::Exec => return exec(launch, parts),
    }
    Ok(())
}

fn exec(launch: &Launch, parts: &Parts<'_>) -> Result<()> {
    let boot = Boot {
        listener: ListenAt::Inherited,
        memory: launch.watched_memory,
        entrypoint: launch.entrypoint.clone(),
        processes: launch.processes,
    };
    let boot = boot_file(&boot).context("cannot write the guest's boot")?;
    hand_over(&parts.listener, LISTENER)?;
    hand_over(&boot, BOOT)?;
    syscall::guest_signals();
    umask(Mode::from_raw_mode(0o022));
    if let Some(folder) = &launch.workdir {
        // As container engines do where an image names one that it has not. A sandbox may have put
        // something else there since.
        let _ = fs::create_dir_all(folder);
    }
    // A sandbox may have removed its own home.
    let begin = [launch.workdir.as_deref(), Some(HOME), Some("/")];
    let mut begin = begin.into_iter().flatten();
    begin.find(|folder| rustix::process::chdir(*folder).is_ok());
    let arguments = [c"daytona".to_owned(), CString::new(ROLE)?];
    let defaults = [
        ("PATH", PATH),
        ("HOME", HOME),
        ("USER", USER_NAME),
        ("LOGNAME", USER_NAME),
        ("SHELL", "/bin/sh"),
        ("LANG", "C.UTF-8"),
        // A distribution's Python refuses to be added to; nothing here is worth that (PEP 668).
        ("PIP_BREAK_SYSTEM_PACKAGES", "1"),
    ];
    let mut environment = Vec::new();
    for (name, value) in defaults {
        let ours = format!("{name}=");
        if !launch.env.iter().any(|pair| pair.starts_with(&ours)) {
            environment.push(CString::new(ours + value)?);
        }
    }
    for pair in &launch.env {
        environment.push(CString::new(pair.as_str())?);
    }
    bail!(
        "cannot run the guest: {}",
        syscall::exec(parts.guest, &arguments, &environment)
    )
}

fn boot_file(boot: &Boot) -> Result<OwnedFd> {
    let memory = rustix::fs::memfd_create(c"boot", rustix::fs::MemfdFlags::CLOEXEC)?;
    let mut file = File::from(memory);
    file.write_all(&serde_json::to_vec(boot)?)?;
    file.rewind()?;
    Ok(file.into())
}

/// Places a descriptor at a number where the guest finds it after the exec.
fn hand_over(fd: &OwnedFd, number: i32) -> Result<()> {
    // dup2 clears close-on-exec; where it is there already that must be cleared by hand.
    if fd.as_raw_fd() == number {
        rustix::io::fcntl_setfd(fd, rustix::io::FdFlags::empty())?;
    } else {
        let mut place = syscall::inherited(number);
        rustix::io::dup2(fd, &mut place)?;
        std::mem::forget(place);
    }
    Ok(())
}

/// Shows `from` at `to`, with attributes that cannot be taken off again from inside.
pub(super) fn bind(from: &str, to: &str, attributes: u64) -> Result<()> {
    // AT_RECURSIVE: what is mounted below comes along, and is restricted too.
    let flags = OpenTreeFlags::OPEN_TREE_CLONE
        | OpenTreeFlags::OPEN_TREE_CLOEXEC
        | OpenTreeFlags::AT_RECURSIVE;
    let tree =
        open_tree(CWD, from, flags).with_context(|| format!("cannot clone the mount of {from}"))?;
    syscall::restrict_mount(tree.as_fd(), attributes)
        .with_context(|| format!("cannot restrict {from}"))?;
    move_mount(&tree, "", CWD, to, MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH)
        .with_context(|| format!("cannot mount {from} at {to}"))?;
    Ok(())
}
