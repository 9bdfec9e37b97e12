//! Which system calls programs in a sandbox may make: the allow-list that container engines use,
//! less what needs privileges that nobody has there, and what reaches past the namespaces.
//!
//! A call that is refused answers EPERM. One that is unknown here answers ENOSYS: C libraries try newer
//! calls first, and fall back to older ones on that answer only.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use libc::c_long;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};

macro_rules! calls {
    ($($name:ident)*) => { &[$(libc::$name),*] };
}

/// Allowed, some of them not with every argument: see [`refused`].
const ALLOWED: &[c_long] = calls! {
    SYS_accept SYS_accept4 SYS_bind SYS_brk SYS_capget SYS_capset SYS_chdir SYS_clock_getres
    SYS_clock_gettime SYS_clock_nanosleep SYS_clone SYS_close SYS_close_range SYS_connect
    SYS_copy_file_range SYS_dup SYS_dup3 SYS_epoll_create1 SYS_epoll_ctl SYS_epoll_pwait
    SYS_epoll_pwait2 SYS_eventfd2 SYS_execve SYS_execveat SYS_exit SYS_exit_group SYS_faccessat
    SYS_faccessat2 SYS_fadvise64 SYS_fallocate SYS_fanotify_mark SYS_fchdir SYS_fchmod SYS_fchmodat
    SYS_fchown SYS_fchownat SYS_fcntl SYS_fdatasync SYS_fgetxattr SYS_flistxattr SYS_flock
    SYS_fremovexattr SYS_fsetxattr SYS_fstat SYS_fstatfs SYS_fsync SYS_ftruncate SYS_futex
    SYS_futex_waitv SYS_getcpu SYS_getcwd SYS_getdents64 SYS_getegid SYS_geteuid SYS_getgid
    SYS_getgroups SYS_getitimer SYS_getpeername SYS_getpgid SYS_getpid SYS_getppid SYS_getpriority
    SYS_getrandom SYS_getresgid SYS_getresuid SYS_getrlimit SYS_get_robust_list SYS_getrusage
    SYS_getsid SYS_getsockname SYS_getsockopt SYS_gettid SYS_gettimeofday SYS_getuid SYS_getxattr
    SYS_inotify_add_watch SYS_inotify_init1 SYS_inotify_rm_watch SYS_io_cancel SYS_ioctl
    SYS_io_destroy SYS_io_getevents SYS_ioprio_get SYS_ioprio_set SYS_io_setup SYS_io_submit
    SYS_kill SYS_landlock_add_rule SYS_landlock_create_ruleset SYS_landlock_restrict_self
    SYS_lgetxattr SYS_linkat SYS_listen SYS_listxattr SYS_llistxattr SYS_lremovexattr SYS_lseek
    SYS_lsetxattr SYS_madvise SYS_membarrier SYS_memfd_create SYS_mincore SYS_mkdirat SYS_mknodat
    SYS_mlock SYS_mlock2 SYS_mlockall SYS_mmap SYS_mprotect SYS_mq_getsetattr SYS_mq_notify
    SYS_mq_open SYS_mq_timedreceive SYS_mq_timedsend SYS_mq_unlink SYS_mremap SYS_msgctl SYS_msgget
    SYS_msgrcv SYS_msgsnd SYS_msync SYS_munlock SYS_munlockall SYS_munmap SYS_name_to_handle_at
    SYS_nanosleep SYS_newfstatat SYS_openat SYS_openat2 SYS_personality SYS_pidfd_getfd SYS_pidfd_open
    SYS_pidfd_send_signal SYS_pipe2 SYS_pkey_alloc SYS_pkey_free SYS_pkey_mprotect SYS_ppoll
    SYS_prctl SYS_pread64 SYS_preadv SYS_preadv2 SYS_prlimit64 SYS_process_mrelease
    SYS_process_vm_readv SYS_process_vm_writev SYS_pselect6 SYS_ptrace SYS_pwrite64 SYS_pwritev
    SYS_pwritev2 SYS_read SYS_readahead SYS_readlinkat SYS_readv SYS_recvfrom SYS_recvmmsg
    SYS_recvmsg SYS_remap_file_pages SYS_removexattr SYS_renameat SYS_renameat2 SYS_restart_syscall
    SYS_rseq SYS_rt_sigaction SYS_rt_sigpending SYS_rt_sigprocmask SYS_rt_sigqueueinfo
    SYS_rt_sigreturn SYS_rt_sigsuspend SYS_rt_sigtimedwait SYS_rt_tgsigqueueinfo
    SYS_sched_getaffinity SYS_sched_getattr SYS_sched_getparam SYS_sched_get_priority_max
    SYS_sched_get_priority_min SYS_sched_getscheduler SYS_sched_rr_get_interval
    SYS_sched_setaffinity SYS_sched_setattr SYS_sched_setparam SYS_sched_setscheduler
    SYS_sched_yield SYS_seccomp SYS_semctl SYS_semget SYS_semop SYS_semtimedop SYS_sendfile
    SYS_sendmmsg SYS_sendmsg SYS_sendto SYS_setfsgid SYS_setfsuid SYS_setgid SYS_setgroups
    SYS_setitimer SYS_setpgid SYS_setpriority SYS_setregid SYS_setresgid SYS_setresuid
    SYS_setreuid SYS_setrlimit SYS_set_robust_list SYS_setsid SYS_setsockopt SYS_set_tid_address
    SYS_setuid SYS_setxattr SYS_shmat SYS_shmctl SYS_shmdt SYS_shmget SYS_shutdown SYS_sigaltstack
    SYS_signalfd4 SYS_socket SYS_socketpair SYS_splice SYS_statfs SYS_statx SYS_symlinkat SYS_sync
    SYS_sync_file_range SYS_syncfs SYS_sysinfo SYS_tee SYS_tgkill SYS_timer_create SYS_timer_delete
    SYS_timer_getoverrun SYS_timer_gettime SYS_timer_settime SYS_timerfd_create
    SYS_timerfd_gettime SYS_timerfd_settime SYS_times SYS_tkill SYS_truncate SYS_umask SYS_uname
    SYS_unlinkat SYS_utimensat SYS_vmsplice SYS_wait4 SYS_waitid SYS_write SYS_writev
};

/// The older calls of x86-64, which newer architectures do not have.
#[cfg(target_arch = "x86_64")]
const ALLOWED_HERE: &[c_long] = calls! {
    SYS_access SYS_alarm SYS_arch_prctl SYS_chmod SYS_chown SYS_creat SYS_dup2 SYS_epoll_create
    SYS_epoll_ctl_old SYS_epoll_wait SYS_epoll_wait_old SYS_eventfd SYS_fork SYS_futimesat
    SYS_getdents SYS_getpgrp SYS_inotify_init SYS_lchown SYS_link SYS_lstat SYS_mkdir SYS_mknod
    SYS_open SYS_pause SYS_pipe SYS_poll SYS_readlink SYS_rename SYS_rmdir SYS_select SYS_signalfd
    SYS_stat SYS_symlink SYS_time SYS_unlink SYS_utime SYS_utimes SYS_vfork
};
#[cfg(not(target_arch = "x86_64"))]
const ALLOWED_HERE: &[c_long] = &[];

/// Newer calls, whose numbers are the same everywhere: each does no more than an older one above.
const ALLOWED_SINCE: &[c_long] = &[
    451, // cachestat
    452, // fchmodat2
    453, // map_shadow_stack
    454, // futex_wake
    455, // futex_wait
    456, // futex_requeue
    457, // statmount
    458, // listmount
    462, // mseal
    463, // setxattrat
    464, // getxattrat
    465, // listxattrat
    466, // removexattrat
    468, // file_getattr
    469, // file_setattr
];

/// Refused: what needs privileges, and what reaches past the namespaces. What is in neither list is said
/// not to be there, `clone3` and io_uring among it: their arguments cannot be inspected.
const REFUSED: &[c_long] = calls! {
    SYS_acct SYS_add_key SYS_adjtimex SYS_bpf SYS_chroot SYS_clock_adjtime SYS_clock_settime
    SYS_delete_module SYS_fanotify_init SYS_finit_module SYS_fsconfig SYS_fsmount SYS_fsopen
    SYS_fspick SYS_get_mempolicy SYS_init_module SYS_kcmp SYS_kexec_file_load SYS_kexec_load
    SYS_keyctl SYS_mbind SYS_memfd_secret SYS_migrate_pages SYS_mount SYS_mount_setattr
    SYS_move_mount SYS_move_pages SYS_open_by_handle_at SYS_open_tree SYS_perf_event_open
    SYS_pivot_root SYS_process_madvise SYS_quotactl SYS_quotactl_fd SYS_reboot SYS_request_key
    SYS_setdomainname SYS_sethostname SYS_set_mempolicy SYS_set_mempolicy_home_node SYS_setns
    SYS_settimeofday SYS_swapoff SYS_swapon SYS_syslog SYS_umount2 SYS_unshare SYS_userfaultfd
    SYS_vhangup
};

/// Newer ones: those of security modules, `open_tree_attr`, `listns`.
const REFUSED_SINCE: &[c_long] = &[459, 460, 461, 467, 470];

#[cfg(target_arch = "x86_64")]
const REFUSED_HERE: &[c_long] =
    calls! { SYS_ioperm SYS_iopl SYS_modify_ldt SYS_sysfs SYS_uselib SYS_ustat };
#[cfg(not(target_arch = "x86_64"))]
const REFUSED_HERE: &[c_long] = &[];

/// Socket families: local, IPv4, IPv6, and netlink, which reaches the sandbox's own network only.
/// Not vsock, which is in no namespace and reaches the hypervisor; not packet, alg, bluetooth, xdp.
const FAMILIES: &[i32] = &[
    libc::AF_UNIX,
    libc::AF_INET,
    libc::AF_INET6,
    libc::AF_NETLINK,
];

/// Netlink's protocols: routes, the list of sockets, and the events of devices, of which there are none.
/// The others are a way into much of the kernel, and of use to the privileged only.
const NETLINK: &[i32] = &[
    libc::NETLINK_ROUTE,
    libc::NETLINK_SOCK_DIAG,
    libc::NETLINK_KOBJECT_UEVENT,
];

/// The flags of `clone` that make namespaces; that of time is a signal's number there.
const NAMESPACES: &[i32] = &[
    libc::CLONE_NEWUSER,
    libc::CLONE_NEWNS,
    libc::CLONE_NEWPID,
    libc::CLONE_NEWNET,
    libc::CLONE_NEWIPC,
    libc::CLONE_NEWUTS,
    libc::CLONE_NEWCGROUP,
];

/// Calls that act on a process, and which argument names it: not on the guest, which has their user.
const ON_PROCESS: &[(c_long, u8)] = &[
    (libc::SYS_kill, 0),
    (libc::SYS_tgkill, 0),
    (libc::SYS_tkill, 0),
    (libc::SYS_rt_sigqueueinfo, 0),
    (libc::SYS_rt_tgsigqueueinfo, 0),
    // Its group: a signal to that reaches it too.
    (libc::SYS_setpgid, 1),
    (libc::SYS_pidfd_open, 0),
    (libc::SYS_process_vm_readv, 0),
    (libc::SYS_process_vm_writev, 0),
    (libc::SYS_ptrace, 1),
    (libc::SYS_sched_setaffinity, 0),
    (libc::SYS_sched_setattr, 0),
    (libc::SYS_sched_setparam, 0),
    (libc::SYS_sched_setscheduler, 0),
];
/// The guest in its sandbox.
const AGENT: u64 = 1;

/// Calls that set priorities, and what they call a process, a group, a user (their headers).
const PRIORITIES: &[(c_long, [u64; 3])] = &[
    (libc::SYS_setpriority, [0, 1, 2]),
    (libc::SYS_ioprio_set, [1, 2, 3]),
];

/// The filters, in the order in which they are to be applied.
pub(super) fn filters() -> Result<Vec<BpfProgram>> {
    let there = [ALLOWED, ALLOWED_HERE, ALLOWED_SINCE].concat();
    let there = there.into_iter().map(|call| (call, Vec::new())).collect();
    let there = SeccompFilter::new(there, errno(libc::ENOSYS), SeccompAction::Allow, arch()?)?;
    let refused = refused()?;
    let refused = SeccompFilter::new(refused, SeccompAction::Allow, errno(libc::EPERM), arch()?)?;
    // Of two refusals that of the filter applied last is given: EPERM must win.
    Ok(vec![
        BpfProgram::try_from(there).context("cannot compile the system call filter")?,
        BpfProgram::try_from(refused).context("cannot compile the system call filter")?,
    ])
}

fn refused() -> Result<BTreeMap<c_long, Vec<SeccompRule>>> {
    let is = |argument, operator, value| {
        SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operator, value)
    };
    let all = [REFUSED, REFUSED_HERE, REFUSED_SINCE].concat();
    let mut rules: BTreeMap<c_long, Vec<SeccompRule>> =
        all.into_iter().map(|call| (call, Vec::new())).collect();
    let mut other = Vec::new();
    for family in FAMILIES {
        other.push(is(0, SeccompCmpOp::Ne, u64::try_from(*family)?)?);
    }
    let other = SeccompRule::new(other)?;
    let mut netlink = vec![is(0, SeccompCmpOp::Eq, u64::try_from(libc::AF_NETLINK)?)?];
    for protocol in NETLINK {
        netlink.push(is(2, SeccompCmpOp::Ne, u64::try_from(*protocol)?)?);
    }
    rules.insert(libc::SYS_socketpair, vec![other.clone()]);
    rules.insert(libc::SYS_socket, vec![other, SeccompRule::new(netlink)?]);
    let mut namespaces = Vec::new();
    for flag in NAMESPACES {
        let flag = u64::from(flag.cast_unsigned());
        let made = is(0, SeccompCmpOp::MaskedEq(flag), flag)?;
        namespaces.push(SeccompRule::new(vec![made])?);
    }
    rules.insert(libc::SYS_clone, namespaces);
    // 0 is Linux, 0xffffffff asks for the present one: both change nothing.
    let changes = vec![
        is(0, SeccompCmpOp::Ne, 0)?,
        is(0, SeccompCmpOp::Ne, 0xffff_ffff)?,
    ];
    rules.insert(libc::SYS_personality, vec![SeccompRule::new(changes)?]);
    for (call, argument) in ON_PROCESS {
        let guest = is(*argument, SeccompCmpOp::Eq, AGENT)?;
        rules.insert(*call, vec![SeccompRule::new(vec![guest])?]);
    }
    // Limits are of a process, whichever of its threads is named: those of others cannot be set.
    let set = SeccompCondition::new(2, SeccompCmpArgLen::Qword, SeccompCmpOp::Ne, 0)?;
    let others = vec![is(0, SeccompCmpOp::Ne, 0)?, set];
    rules.insert(libc::SYS_prlimit64, vec![SeccompRule::new(others)?]);
    for (call, [process, group, user]) in PRIORITIES {
        let mut of_agent = Vec::new();
        for kind in [process, group] {
            let named = is(1, SeccompCmpOp::Eq, AGENT)?;
            of_agent.push(SeccompRule::new(vec![
                is(0, SeccompCmpOp::Eq, *kind)?,
                named,
            ])?);
        }
        // The guest is of the only user.
        of_agent.push(SeccompRule::new(vec![is(0, SeccompCmpOp::Eq, *user)?])?);
        rules.insert(*call, of_agent);
    }
    Ok(rules)
}

fn errno(number: i32) -> SeccompAction {
    SeccompAction::Errno(number.cast_unsigned())
}

fn arch() -> Result<seccompiler::TargetArch> {
    std::env::consts::ARCH
        .try_into()
        .context("no system call filter for this architecture")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filters_compile_and_no_call_is_both_allowed_and_refused() {
        assert_eq!(filters().unwrap().len(), 2);
        let allowed = [ALLOWED, ALLOWED_HERE, ALLOWED_SINCE].concat();
        for call in [REFUSED, REFUSED_HERE, REFUSED_SINCE].concat() {
            assert!(!allowed.contains(&call), "{call}");
        }
        for call in refused().unwrap().keys() {
            let whole = [REFUSED, REFUSED_HERE, REFUSED_SINCE]
                .concat()
                .contains(call);
            assert!(whole != allowed.contains(call), "{call}");
        }
        // What is inspected by no filter is not there.
        for call in [
            libc::SYS_clone3,
            libc::SYS_io_uring_setup,
            libc::SYS_io_uring_enter,
            libc::SYS_io_uring_register,
        ] {
            assert!(!allowed.contains(&call), "{call}");
        }
        assert!(!FAMILIES.contains(&libc::AF_VSOCK) && !FAMILIES.contains(&libc::AF_ALG));
    }
}
