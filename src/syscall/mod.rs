//! The system calls that have no safe wrapper in a kept crate: the only unsafe code of the project.
#![expect(
    unsafe_code,
    reason = "raw system calls; each one says why it is sound"
)]

mod mount;
mod quota;

use std::ffi::{CStr, CString, c_char, c_int, c_long};
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use rustix::process::{Resource, Rlimit, ioctl_tiocsctty, setrlimit, setsid};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

pub(crate) use mount::{map_mount, restrict_mount};
pub(crate) use quota::{has_project_quotas, limit_project, set_project};

/// What [`clone`] returns on each side.
pub(crate) enum Cloned {
    /// In the parent: the child's pid and a descriptor of it.
    Parent { pid: i32, pidfd: OwnedFd },
    /// In the child.
    Child,
}

/// linux/sched.h; libc's constant has too narrow a type.
const CLONE_INTO_CGROUP: u64 = 0x2_0000_0000;

#[repr(C)]
#[derive(Default)]
struct CloneArgs {
    flags: u64,
    pidfd: u64,
    child_tid: u64,
    parent_tid: u64,
    exit_signal: u64,
    stack: u64,
    stack_size: u64,
    tls: u64,
    set_tid: u64,
    set_tid_size: u64,
    cgroup: u64,
}

fn check(result: c_long) -> io::Result<c_long> {
    if result < 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(result)
    }
}

/// `clone3` in the manner of `fork`, into new namespaces; the child's parent is the caller's parent.
///
/// `cgroup` is a cgroup v2 directory for the child to begin in. The caller must have one thread only:
/// the child is a copy in which no other thread could give back a lock.
pub(crate) fn clone(namespaces: u64, cgroup: Option<BorrowedFd<'_>>) -> io::Result<Cloned> {
    clone_with(namespaces | libc::CLONE_PARENT as u64, 0, cgroup)
}

/// A user namespace: for [`fork`].
pub(crate) const NEW_USER: u64 = libc::CLONE_NEWUSER as u64;

/// As [`clone`], into a child of the caller's own.
pub(crate) fn fork(namespaces: u64) -> io::Result<Cloned> {
    clone_with(namespaces, libc::SIGCHLD as u64, None)
}

#[expect(
    clippy::cast_sign_loss,
    reason = "flags and descriptors are not negative"
)]
fn clone_with(flags: u64, exit_signal: u64, cgroup: Option<BorrowedFd<'_>>) -> io::Result<Cloned> {
    let mut pidfd: RawFd = -1;
    let args = CloneArgs {
        exit_signal,
        flags: flags | libc::CLONE_PIDFD as u64 | cgroup.map_or(0, |_| CLONE_INTO_CGROUP),
        pidfd: (&raw mut pidfd).addr() as u64,
        cgroup: cgroup.map_or(0, |fd| fd.as_raw_fd() as u64),
        ..CloneArgs::default()
    };
    // SAFETY: the argument block lives through the call and has its true size; without CLONE_VM the
    // child has its own copy of everything, as after fork.
    let pid =
        check(unsafe { libc::syscall(libc::SYS_clone3, &raw const args, size_of::<CloneArgs>()) })?;
    if pid == 0 {
        return Ok(Cloned::Child);
    }
    // SAFETY: the kernel wrote a descriptor that nobody else owns.
    let pidfd = unsafe { OwnedFd::from_raw_fd(pidfd) };
    Ok(Cloned::Parent {
        pid: i32::try_from(pid).unwrap_or(-1),
        pidfd,
    })
}

/// Marks every descriptor from `first` on to be closed at the next exec.
pub(crate) fn close_at_exec(first: u32) -> io::Result<()> {
    // SAFETY: no memory is passed.
    check(unsafe {
        libc::syscall(
            libc::SYS_close_range,
            first,
            u32::MAX,
            libc::CLOSE_RANGE_CLOEXEC,
        )
    })
    .map(drop)
}

/// Makes the present control groups the top of those that this process can see.
pub(crate) fn own_cgroup_view() -> io::Result<()> {
    unshare(libc::CLONE_NEWCGROUP)
}

/// Gives this process mounts of its own: a copy of those that it had.
pub(crate) fn own_mounts() -> io::Result<()> {
    unshare(libc::CLONE_NEWNS)
}

/// Gives this process a network of its own, for which it has every right: as root, or in a user
/// namespace of its own.
pub(crate) fn own_network(user: bool) -> io::Result<()> {
    unshare(libc::CLONE_NEWNET | if user { libc::CLONE_NEWUSER } else { 0 })
}

fn unshare(namespaces: c_int) -> io::Result<()> {
    // SAFETY: none of the flags in use here takes memory or descriptors from this process's threads.
    check(unsafe { c_long::from(libc::unshare(namespaces)) }).map(drop)
}

/// Gives every signal its default again: what started the engine may have ignored some, as shells do
/// for what they run in the background, and all that runs in sandboxes would inherit that.
pub(crate) fn default_signals() {
    for signal in 1..=64 {
        set_action(signal, libc::SIG_DFL);
    }
    // SAFETY: an all-zero set is empty on Linux; it lives through the call.
    unsafe {
        let none: libc::sigset_t = std::mem::zeroed();
        libc::sigprocmask(libc::SIG_SETMASK, &raw const none, std::ptr::null_mut());
    }
}

/// What a program in a sandbox begins with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beginning {
    /// The most processes and threads that it may make the sandbox have.
    pub(crate) processes: u64,
    /// Its standard input is a terminal, which it is to control.
    pub(crate) terminal: bool,
}

/// Has a command begin with the three standard streams and nothing else of this process: no descriptor,
/// no signal that is ignored or held back, and a limit of processes that leaves room for this one.
pub(crate) fn confine(command: &mut Command, beginning: Beginning) {
    let prepare = move || {
        if beginning.terminal {
            setsid()?;
            ioctl_tiocsctty(rustix::stdio::stdin())?;
        }
        default_signals();
        let most = Some(beginning.processes);
        let limit = Rlimit {
            current: most,
            maximum: most,
        };
        setrlimit(Resource::Nproc, limit)?;
        close_at_exec(3)
    };
    // SAFETY: between fork and exec it makes system calls only: it takes no lock and no memory.
    unsafe { command.pre_exec(prepare) };
}

/// Has a signal do its default, or nothing.
fn set_action(signal: c_int, action: libc::sighandler_t) {
    // Not by the C library: it hides the signals that it keeps for threads. An action without flags and
    // mask is its handler and zeros; the block is as large as any architecture's.
    let action = [action as u64, 0, 0, 0];
    // SAFETY: the kernel reads one action; KILL and STOP cannot be set, which does no harm.
    unsafe {
        let none = std::ptr::null_mut::<u64>();
        libc::syscall(libc::SYS_rt_sigaction, signal, action.as_ptr(), none, 8);
    }
}

/// Prepares the signals of the guest. Programs may send it any: it hears of children and SIGTERM only.
/// Those for which the standard library would have a handler did end it, two at a time: their frames
/// are larger than the handler's stack. A fault of its own ends it as before.
///
/// SIGTERM is held back, so that one that comes before there is somebody to hear it is not lost: the
/// first process of a PID namespace does not even get those for which it has no handler.
pub(crate) fn guest_signals() {
    for signal in (1..=64).filter(|signal| ![libc::SIGCHLD, libc::SIGTERM].contains(signal)) {
        set_action(signal, libc::SIG_IGN);
    }
    // SAFETY: an all-zero set is empty on Linux; it lives through both calls.
    unsafe {
        let mut held: libc::sigset_t = std::mem::zeroed();
        libc::sigaddset(&raw mut held, libc::SIGTERM);
        libc::sigprocmask(libc::SIG_BLOCK, &raw const held, std::ptr::null_mut());
    }
}

/// A descriptor that can be read where SIGTERM, which must be held back, has come.
fn terminations() -> io::Result<OwnedFd> {
    let flags = libc::SFD_CLOEXEC | libc::SFD_NONBLOCK;
    // SAFETY: an all-zero set is empty on Linux; it lives through the call.
    let made = unsafe {
        let mut wanted: libc::sigset_t = std::mem::zeroed();
        libc::sigaddset(&raw mut wanted, libc::SIGTERM);
        check(c_long::from(libc::signalfd(-1, &raw const wanted, flags)))?
    };
    // SAFETY: a new descriptor that nobody else owns.
    Ok(unsafe { OwnedFd::from_raw_fd(RawFd::try_from(made).unwrap_or(-1)) })
}

/// SIGTERM as it comes from outside this process's PID namespace.
pub(crate) struct Terminations(AsyncFd<OwnedFd>);

impl Terminations {
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self(watch(terminations()?)?))
    }

    /// Waits for the next. What processes inside send is passed over: theirs have a pid here, other than that
    /// of this process's own parent.
    pub(crate) async fn next(&self) -> io::Result<()> {
        const SENDER: usize = std::mem::offset_of!(libc::signalfd_siginfo, ssi_pid);
        loop {
            let mut guard = self.0.readable().await?;
            let mut told = [0; size_of::<libc::signalfd_siginfo>()];
            match rustix::io::read(guard.get_inner(), &mut told[..]) {
                Ok(_) => {
                    let sender = [0, 1, 2, 3].map(|at| told[SENDER + at]);
                    let sender = u32::from_ne_bytes(sender);
                    let parent = rustix::process::getppid().map(|pid| pid.as_raw_nonzero().get());
                    if sender == 0 || parent.is_some_and(|parent| parent.cast_unsigned() == sender)
                    {
                        return Ok(());
                    }
                }
                Err(rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::AGAIN) => guard.clear_ready(),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Removes a segment of shared memory (System V); who has it attached keeps it.
pub(crate) fn remove_shared_memory(segment: i32) -> io::Result<()> {
    // SAFETY: this command takes no buffer.
    let done = unsafe { libc::shmctl(segment, libc::IPC_RMID, std::ptr::null_mut()) };
    check(c_long::from(done)).map(drop)
}

/// Brings the loopback interface of this network namespace up.
pub(crate) fn loopback_up(socket: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: an all-zero ifreq is valid; the name below is shorter than the field.
    let mut request: libc::ifreq = unsafe { std::mem::zeroed() };
    for (to, from) in request.ifr_name.iter_mut().zip(c"lo".to_bytes()) {
        *to = from.cast_signed() as c_char;
    }
    request.ifr_ifru.ifru_flags = i16::try_from(libc::IFF_UP | libc::IFF_RUNNING).unwrap_or(1);
    // SAFETY: SIOCSIFFLAGS reads one ifreq.
    let result = unsafe {
        libc::ioctl(
            socket.as_raw_fd(),
            libc::SIOCSIFFLAGS as _,
            &raw const request,
        )
    };
    check(c_long::from(result)).map(drop)
}

/// Replaces this process by the program of an open file; returns only the reason why it could not.
pub(crate) fn exec(
    file: BorrowedFd<'_>,
    arguments: &[CString],
    environment: &[CString],
) -> io::Error {
    let pointers = |strings: &[CString]| -> Vec<*const c_char> {
        strings
            .iter()
            .map(|text| text.as_ptr())
            .chain([std::ptr::null()])
            .collect()
    };
    let (argv, envp) = (pointers(arguments), pointers(environment));
    // SAFETY: both arrays end in null and their strings live until the call returns, if it does.
    unsafe {
        libc::syscall(
            libc::SYS_execveat,
            file.as_raw_fd(),
            c"".as_ptr(),
            argv.as_ptr(),
            envp.as_ptr(),
            libc::AT_EMPTY_PATH,
        );
    }
    io::Error::last_os_error()
}

/// Ends this process at once, without running destructors that belong to the parent's copy.
pub(crate) fn exit_now(status: c_int) -> ! {
    // SAFETY: never returns and touches no memory.
    unsafe { libc::_exit(status) }
}

/// Has the runtime tell when a descriptor becomes readable.
pub(crate) fn watch(fd: OwnedFd) -> io::Result<AsyncFd<OwnedFd>> {
    // SAFETY: an OwnedFd keeps its number for as long as it lives.
    unsafe { AsyncFd::register_with_interest(fd, Interest::READABLE) }.map_err(Into::into)
}

/// Takes a descriptor that this process was started with.
pub(crate) fn inherited(fd: RawFd) -> OwnedFd {
    // SAFETY: called once for each number, first thing in a process that was started with it.
    unsafe { OwnedFd::from_raw_fd(fd) }
}

/// A memfd that may be executed; older kernels have no flag for it and need none.
pub(crate) fn executable_memfd(name: &CStr) -> io::Result<OwnedFd> {
    const MFD_EXEC: libc::c_uint = 0x10;
    let flags = libc::MFD_CLOEXEC | libc::MFD_ALLOW_SEALING;
    // SAFETY: the name lives through the call.
    let made =
        check(unsafe { libc::syscall(libc::SYS_memfd_create, name.as_ptr(), flags | MFD_EXEC) })
            // SAFETY: as above.
            .or_else(|_| {
                check(unsafe { libc::syscall(libc::SYS_memfd_create, name.as_ptr(), flags) })
            })?;
    // SAFETY: a new descriptor that nobody else owns.
    Ok(unsafe { OwnedFd::from_raw_fd(RawFd::try_from(made).unwrap_or(-1)) })
}
