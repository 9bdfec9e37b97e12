//! The zygote: a small process with one thread that clones sandboxes, so that the engine never forks.
//!
//! Forking the engine would take the longer the more memory it has, and a fork of a process with
//! threads can hang in a lock that nobody holds any more.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{AddressFamily, SocketFlags, SocketType, socketpair};
use rustix::thread::{CapabilitySet, set_thread_res_uid};
use serde::{Deserialize, Serialize};

use super::channel::{self, LONGEST_MESSAGE, receive, send};
use super::idmap::{Maps, Tree};
use super::init::{self, Parts};
use super::launch_steps::Launch;
use crate::engine::identity;
use crate::guest_boot::USER;
use crate::syscall::{self, Cloned};

use super::{advice, disk};

const SOCKET: i32 = 3;
const RUNTIME: i32 = 4;
const AGENT: i32 = 5;
/// How long one clone may take. One zygote that hangs must not make every create hang.
const ANSWER: Duration = Duration::from_secs(10);

/// What the zygote answers, with a descriptor of the process where it made one.
#[derive(Debug, Deserialize, Serialize)]
enum Reply {
    /// `own`: whether the sandbox has the ids that it was to have for its own.
    Made {
        pid: i32,
        own: bool,
    },
    Failed(String),
}

/// The zygotes of an engine, asked in turn. One that ends, whoever ended it, is replaced at its next turn.
pub(super) struct Zygotes {
    runtime: OwnedFd,
    guest: OwnedFd,
    each: Vec<Mutex<Zygote>>,
    next: AtomicUsize,
}

/// A first process that is being prepared.
pub(super) struct FirstProcess {
    pub(super) pid: i32,
    pub(super) pidfd: OwnedFd,
    /// Whether it has ids of its own.
    pub(super) own: bool,
}

struct Zygote {
    socket: OwnedFd,
    process: Child,
}

/// That a zygote ended, or did not answer, and has been replaced. Nothing was made.
#[derive(Debug)]
pub(super) struct Gone;

impl std::fmt::Display for Gone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the process that makes sandboxes ended; it has been started again")
    }
}

impl std::error::Error for Gone {}

impl Zygotes {
    /// Starts `count` zygotes out of this executable. They end when this process does.
    pub(super) fn start(count: usize, runtime: OwnedFd, guest: OwnedFd) -> Result<Self> {
        let each = (0..count).map(|_| Zygote::start(&runtime, &guest).map(Mutex::new));
        Ok(Self {
            each: each.collect::<Result<_>>()?,
            runtime,
            guest,
            next: AtomicUsize::new(0),
        })
    }

    /// Has a sandbox cloned. `listener` becomes the guest's; `engine` is its line to us until it runs.
    pub(super) fn clone(
        &self,
        launch: &Launch,
        listener: BorrowedFd<'_>,
        engine: BorrowedFd<'_>,
    ) -> Result<FirstProcess> {
        let request = serde_json::to_vec(launch)?;
        if request.len() > LONGEST_MESSAGE {
            bail!(
                "the sandbox's environment is larger than {} KiB",
                LONGEST_MESSAGE / 1024
            );
        }
        let turn = self.next.fetch_add(1, Ordering::Relaxed) % self.each.len();
        let mut zygote = self.each[turn]
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let answered = send(zygote.socket.as_fd(), &request, &[listener, engine])
            .and_then(|()| receive(zygote.socket.as_fd()))
            .ok()
            .flatten();
        let Some((reply, mut fds)) = answered else {
            tracing::warn!(
                "the process that makes sandboxes ended or hangs; another one is started"
            );
            // Dropped first: the one that may hang ends, and with it whatever it was making.
            let fresh = Zygote::start(&self.runtime, &self.guest)?;
            std::mem::replace(&mut *zygote, fresh).end();
            return Err(Gone.into());
        };
        match (serde_json::from_slice(&reply)?, fds.pop()) {
            (Reply::Made { pid, own }, Some(pidfd)) => Ok(FirstProcess { pid, pidfd, own }),
            (Reply::Failed(why), _) => bail!(why),
            (Reply::Made { .. }, None) => bail!("the zygote sent no descriptor"),
        }
    }
}

impl Zygote {
    fn start(runtime: &OwnedFd, guest: &OwnedFd) -> Result<Self> {
        let (ours, theirs) = socketpair(
            AddressFamily::UNIX,
            SocketType::SEQPACKET,
            SocketFlags::CLOEXEC,
            None,
        )?;
        set_socket_timeout(&ours, Timeout::Recv, Some(ANSWER))?;
        let process = Command::new("/proc/self/exe")
            .arg0("daytona")
            .arg("__zygote")
            .env_clear()
            .stdin(Stdio::from(theirs))
            .stdout(Stdio::null())
            .process_group(0)
            .spawn()
            .context("cannot start the zygote")?;
        // By a message, not by inheritance: what else starts meanwhile must not get them.
        send(ours.as_fd(), b"begin", &[runtime.as_fd(), guest.as_fd()])?;
        Ok(Self {
            socket: ours,
            process,
        })
    }

    fn end(mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The zygote process.
pub fn main() -> std::process::ExitCode {
    channel::end(serve().context("the process that makes sandboxes"))
}

fn serve() -> Result<()> {
    let ours = "the zygote is started by the engine only";
    let (_, fds) = receive(std::io::stdin().as_fd())?.context(ours)?;
    let [runtime, guest] = <[OwnedFd; 2]>::try_from(fds).map_err(|_| anyhow::anyhow!(ours))?;
    let socket = std::io::stdin().as_fd().try_clone_to_owned()?;
    let null = File::open("/dev/null")?;
    rustix::stdio::dup2_stdin(&null)?;
    // Known numbers, so that the guest's listener cannot fall on one that the child still needs.
    let [socket, runtime, guest] = place([socket, runtime, guest])?;
    syscall::close_at_exec(SOCKET.cast_unsigned())?;
    syscall::default_signals();
    // A clone's working directory is found again in its own mounts; an open descriptor is not.
    rustix::process::fchdir(&runtime).context("cannot enter the runtime's folder")?;
    let filters = super::seccomp::filters()?;
    if identity::takes_ids() {
        rustix::thread::set_thread_groups(&[]).context("cannot drop the supplementary groups")?;
        // Its effective user changes for a moment at each clone: see `Creator`.
        rustix::thread::set_capabilities_secure_bits(
            rustix::thread::CapabilitiesSecureBits::NO_SETUID_FIXUP,
        )?;
    }
    let mut maps = Maps::default();
    while let Some((request, fds)) = receive(socket.as_fd())? {
        let Ok([listener, engine]) = <[OwnedFd; 2]>::try_from(fds) else {
            bail!("a request without its two descriptors");
        };
        let mut launch: Launch = serde_json::from_slice(&request)?;
        let trees = own_ids(&mut maps, &mut launch);
        let (mapped, tell) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)?;
        let cgroup = match (launch.unified, launch.cgroups.first()) {
            (true, Some(path)) => Some(File::open(path)),
            _ => None,
        };
        let made = cgroup
            .transpose()
            .context("cannot open the sandbox's cgroup")
            .and_then(|cgroup| {
                let cgroup = cgroup.as_ref().map(std::os::fd::AsFd::as_fd);
                let _creator = launch.own.map(Creator::act_as).transpose()?;
                syscall::clone(namespaces(), cgroup).map_err(|error| {
                    let advice = advice::on_clone(&error);
                    anyhow::Error::new(error).context(advice)
                })
            });
        let reply = match made {
            Ok(Cloned::Child) => {
                drop(tell);
                let parts = Parts {
                    guest: guest.as_fd(),
                    listener,
                    engine: UnixStream::from(engine),
                    mapped: File::from(mapped),
                    trees,
                    filters: &filters,
                };
                init::run(&launch, parts)
            }
            Ok(Cloned::Parent { pid, pidfd }) => {
                drop((mapped, listener, engine));
                match settle(&launch, pid)
                    .and_then(|()| Ok(File::from(tell).write_all(&[init::GO])?))
                {
                    Ok(()) => {
                        let reply = serde_json::to_vec(&Reply::Made {
                            pid,
                            own: launch.own.is_some(),
                        })?;
                        send(socket.as_fd(), &reply, &[pidfd.as_fd()])?;
                        continue;
                    }
                    // The pipe is closed without a word: the child ends by itself.
                    Err(error) => Reply::Failed(format!("{error:#}")),
                }
            }
            Err(error) => Reply::Failed(format!("{error:#}")),
        };
        send(socket.as_fd(), &serde_json::to_vec(&reply)?, &[])?;
    }
    Ok(())
}

/// The folders of a sandbox that is to have ids of its own; where the file system cannot translate them it
/// has those that it has on disk, as all others.
fn own_ids(maps: &mut Maps, launch: &mut Launch) -> Vec<Tree> {
    let Some(own) = launch.own else {
        return Vec::new();
    };
    let mut paths = vec![disk::LAYERS, launch.folder.as_str()];
    if !launch.volumes.is_empty() {
        paths.push(disk::VOLUMES);
    }
    if let Ok(trees) = maps.trees(&paths, launch.outside.0, own) {
        launch.outside = (own, own);
        return trees;
    }
    // The engine hears of it with the answer, and says so of its sandboxes.
    launch.own = None;
    Vec::new()
}

/// The user who makes a sandbox's user namespace, for as long as this lives: what its processes take is
/// counted against that user too, so it must be nobody else's. Rights are kept (`NO_SETUID_FIXUP`).
struct Creator;

impl Creator {
    fn act_as(user: u32) -> Result<Self> {
        let root = rustix::fs::Uid::ROOT;
        set_thread_res_uid(root, rustix::fs::Uid::from_raw(user), root)
            .context("cannot act as the sandbox's user")?;
        Ok(Self)
    }
}

impl Drop for Creator {
    fn drop(&mut self) {
        let root = rustix::fs::Uid::ROOT;
        // It cannot fail: the saved user is root.
        let _ = set_thread_res_uid(root, root, root);
    }
}

/// Moves three descriptors to 3, 4 and 5.
fn place(given: [OwnedFd; 3]) -> Result<[OwnedFd; 3]> {
    // First out of the way of all targets, then to them.
    let mut high = Vec::new();
    for fd in given {
        high.push(rustix::io::fcntl_dupfd_cloexec(&fd, 10)?);
    }
    let mut placed = Vec::new();
    for (fd, number) in high.into_iter().zip([SOCKET, RUNTIME, AGENT]) {
        let mut target = syscall::inherited(number);
        rustix::io::dup2(&fd, &mut target)?;
        placed.push(target);
    }
    <[OwnedFd; 3]>::try_from(placed).map_err(|_| anyhow::anyhow!("three descriptors were placed"))
}

/// What only the parent can do: the child's user, its limits, and whom the kernel kills first.
fn settle(launch: &Launch, pid: i32) -> Result<()> {
    let write = |file: &str, text: String| {
        let path = format!("/proc/{pid}/{file}");
        // One write, without O_CREAT or O_TRUNC: the kernel takes these files in one piece.
        OpenOptions::new()
            .write(true)
            .open(&path)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .with_context(|| format!("cannot write {file} of the sandbox's first process"))
    };
    if !identity::takes_ids() {
        write("setgroups", "deny".to_owned())?;
    }
    let (user, group) = launch.outside;
    write("gid_map", format!("{USER} {group} 1"))?;
    write("uid_map", format!("{USER} {user} 1"))?;
    // It can be lowered again to where it was unless the privileged raised it: then a program could
    // put the first process before itself. There the guest raises that of programs.
    if rustix::thread::capabilities(None)?
        .effective
        .contains(CapabilitySet::SYS_RESOURCE)
    {
        write("oom_score_adj", "600".to_owned())?;
    }
    if !launch.unified {
        for cgroup in &launch.cgroups {
            fs::write(format!("{cgroup}/cgroup.procs"), pid.to_string())
                .with_context(|| format!("cannot move the sandbox into {cgroup}"))?;
        }
    }
    Ok(())
}

fn namespaces() -> u64 {
    let flags = libc::CLONE_NEWUSER
        | libc::CLONE_NEWNS
        | libc::CLONE_NEWPID
        | libc::CLONE_NEWNET
        | libc::CLONE_NEWIPC
        | libc::CLONE_NEWUTS;
    u64::from(flags.cast_unsigned())
}
