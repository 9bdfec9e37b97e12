//! The zygote: a small process with one thread that clones sandboxes, so that the engine never forks.
//!
//! Forking the engine would take the longer the more memory it has, and a fork of a process with
//! threads can hang in a lock that nobody holds any more.

use std::fs::{self, File, OpenOptions};
use std::io::{IoSlice, IoSliceMut, Write as _};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result, bail};
use rustix::net::{
    AddressFamily, RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, SocketFlags, SocketType, recvmsg, sendmsg, socketpair,
};
use rustix::thread::CapabilitySet;
use serde::{Deserialize, Serialize};

use super::child::{self, Parts};
use super::identity;
use super::plan::{Launch, USER};
use super::syscall::{self, Cloned};

const SOCKET: i32 = 3;
const RUNTIME: i32 = 4;
const AGENT: i32 = 5;
/// The longest request: the environment of a sandbox is most of it.
pub(super) const LONGEST: usize = 160 * 1024;

/// What the zygote answers, with a descriptor of the process where it made one.
#[derive(Debug, Deserialize, Serialize)]
enum Reply {
    Made { pid: i32 },
    Failed(String),
}

/// The zygotes of an engine, asked in turn.
pub(super) struct Zygotes {
    sockets: Vec<Mutex<OwnedFd>>,
    next: AtomicUsize,
}

impl Zygotes {
    /// Starts `count` zygotes out of this executable. They end when this process does.
    pub(super) fn start(count: usize, runtime: &File, agent: &OwnedFd) -> Result<Self> {
        let mut sockets = Vec::new();
        for _ in 0..count {
            let (ours, theirs) = socketpair(
                AddressFamily::UNIX,
                SocketType::SEQPACKET,
                SocketFlags::CLOEXEC,
                None,
            )?;
            let mut command = Command::new("/proc/self/exe");
            command
                .arg0("daytona")
                .arg("__zygote")
                .env_clear()
                .stdin(Stdio::null())
                .stdout(Stdio::null());
            hand_over(
                &mut command,
                &[theirs, runtime.try_clone()?.into(), agent.try_clone()?],
            )?;
            sockets.push(Mutex::new(ours));
        }
        Ok(Self {
            sockets,
            next: AtomicUsize::new(0),
        })
    }

    /// Has a sandbox cloned. `listener` becomes the agent's; `engine` is its line to us until it runs.
    pub(super) fn clone(
        &self,
        launch: &Launch,
        listener: BorrowedFd<'_>,
        engine: BorrowedFd<'_>,
    ) -> Result<(i32, OwnedFd)> {
        let request = serde_json::to_vec(launch)?;
        if request.len() > LONGEST {
            bail!(
                "the sandbox's environment is larger than {} KiB",
                LONGEST / 1024
            );
        }
        let turn = self.next.fetch_add(1, Ordering::Relaxed) % self.sockets.len();
        let socket = self.sockets[turn]
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        send(socket.as_fd(), &request, &[listener, engine]).context("the zygote is gone")?;
        let (reply, mut fds) = receive(socket.as_fd())
            .context("the zygote is gone")?
            .context("the zygote is gone")?;
        match (serde_json::from_slice(&reply)?, fds.pop()) {
            (Reply::Made { pid }, Some(pidfd)) => Ok((pid, pidfd)),
            (Reply::Failed(why), _) => bail!(why),
            (Reply::Made { .. }, None) => bail!("the zygote sent no descriptor"),
        }
    }
}

/// Spawns `command` with `fds`, whose numbers it is told as arguments: the standard library can place
/// only the standard streams.
fn hand_over(command: &mut Command, fds: &[OwnedFd]) -> Result<()> {
    use std::os::fd::AsRawFd as _;
    for fd in fds {
        rustix::io::fcntl_setfd(fd, rustix::io::FdFlags::empty())?;
        command.arg(fd.as_raw_fd().to_string());
    }
    let child = command
        .process_group(0)
        .spawn()
        .context("cannot start the zygote")?;
    // It ends with its socket; nobody waits for it before that.
    drop(child);
    Ok(())
}

/// The zygote process.
pub fn main() -> std::process::ExitCode {
    match serve() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "zygote: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn serve() -> Result<()> {
    let mut fds = std::env::args().skip(2).map(|argument| -> Result<OwnedFd> {
        let number: i32 = argument
            .parse()
            .context("the zygote is started by the engine only")?;
        Ok(syscall::inherited(number))
    });
    let mut take = || {
        fds.next()
            .context("the zygote is started by the engine only")?
    };
    let given = [take()?, take()?, take()?];
    // Known numbers, so that the agent's listener cannot fall on one that the child still needs.
    let [socket, runtime, agent] = place(given)?;
    syscall::close_at_exec(SOCKET.cast_unsigned())?;
    syscall::default_signals();
    // A clone's working directory is found again in its own mounts; an open descriptor is not.
    rustix::process::fchdir(&runtime).context("cannot enter the runtime's folder")?;
    let filters = super::seccomp::filters()?;
    if identity::takes_ids() {
        rustix::thread::set_thread_groups(&[]).context("cannot drop the supplementary groups")?;
    }
    while let Some((request, fds)) = receive(socket.as_fd())? {
        let Ok([listener, engine]) = <[OwnedFd; 2]>::try_from(fds) else {
            bail!("a request without its two descriptors");
        };
        let launch: Launch = serde_json::from_slice(&request)?;
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
                syscall::clone(namespaces(), cgroup).map_err(explain)
            });
        let reply = match made {
            Ok(Cloned::Child) => {
                drop(tell);
                let parts = Parts {
                    agent: agent.as_fd(),
                    listener,
                    engine: UnixStream::from(engine),
                    mapped: File::from(mapped),
                    filters: &filters,
                };
                child::run(&launch, parts)
            }
            Ok(Cloned::Parent { pid, pidfd }) => {
                drop((mapped, listener, engine));
                match settle(&launch, pid)
                    .and_then(|()| Ok(File::from(tell).write_all(&[child::GO])?))
                {
                    Ok(()) => {
                        let reply = serde_json::to_vec(&Reply::Made { pid })?;
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
    // put the first process before itself. There the agent raises that of programs.
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

/// The reason of a refused clone, with what an administrator can change.
fn explain(error: std::io::Error) -> anyhow::Error {
    let advice = match error.raw_os_error() {
        Some(libc::EPERM) => {
            "the kernel does not let this user make user namespaces: `sysctl kernel.unprivileged_userns_clone=1` (Debian), `sysctl kernel.apparmor_restrict_unprivileged_userns=0` (Ubuntu), or a container's seccomp profile forbids it"
        }
        Some(libc::ENOSPC | libc::EUSERS) => {
            "no more user namespaces are allowed: raise `sysctl user.max_user_namespaces`"
        }
        Some(libc::ENOSYS) => {
            "this kernel has no clone3, or a container's seccomp profile hides it: Linux 5.12 or newer is needed"
        }
        _ => "the kernel refused to make the sandbox's namespaces",
    };
    anyhow::Error::new(error).context(advice)
}

/// One message with descriptors.
pub(super) fn send(socket: BorrowedFd<'_>, data: &[u8], fds: &[BorrowedFd<'_>]) -> Result<()> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
    let mut ancillary = SendAncillaryBuffer::new(&mut space);
    if !fds.is_empty() {
        ancillary.push(SendAncillaryMessage::ScmRights(fds));
    }
    sendmsg(
        socket,
        &[IoSlice::new(data)],
        &mut ancillary,
        SendFlags::NOSIGNAL,
    )?;
    Ok(())
}

/// One message with its descriptors, or none when the other side is gone.
pub(super) fn receive(socket: BorrowedFd<'_>) -> Result<Option<(Vec<u8>, Vec<OwnedFd>)>> {
    let mut data = vec![0; LONGEST];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
    let mut ancillary = RecvAncillaryBuffer::new(&mut space);
    let got = rustix::io::retry_on_intr(|| {
        recvmsg(
            socket,
            &mut [IoSliceMut::new(&mut data)],
            &mut ancillary,
            RecvFlags::CMSG_CLOEXEC,
        )
    })?;
    if got.bytes == 0 {
        return Ok(None);
    }
    let mut fds = Vec::new();
    for message in ancillary.drain() {
        if let RecvAncillaryMessage::ScmRights(rights) = message {
            fds.extend(rights);
        }
    }
    data.truncate(got.bytes);
    Ok(Some((data, fds)))
}
