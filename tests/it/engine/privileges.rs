//! What a sandbox must not do: privileges, system files, and calls that reach past the namespaces.

use std::fs;
use std::path::Path;

use expect_test::expect;

use crate::binary::Home;

fn demo() -> Home {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    home
}

/// Runs a Python program in the sandbox; none, loudly, where the host has no Python.
fn python(home: &Home, program: &str) -> Option<String> {
    if !Path::new("/usr/bin/python3").exists() {
        crate::skip::skip("there is no /usr/bin/python3 on this machine");
        return None;
    }
    let seen = home.pipe(
        &["exec", "-i", "demo", "--", "/usr/bin/python3", "-"],
        program,
    );
    assert_eq!(seen.code, Some(0), "{seen}");
    Some(seen.stdout)
}

#[test]
fn no_privilege_is_left() {
    let home = demo();
    let seen = home.sh("demo", "id; grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status; grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/1/status | sort | uniq -c | wc -l");
    expect![[r#"
        uid=1000(daytona) gid=1000(daytona) groups=1000(daytona)
        CapInh:	0000000000000000
        CapPrm:	0000000000000000
        CapEff:	0000000000000000
        CapBnd:	0000000000000000
        CapAmb:	0000000000000000
        NoNewPrivs:	1
        Seccomp:	2
        7
        --- exit 0
    "#]]
    .assert_eq(&seen.to_string());
    // Set-uid programs have no effect, and root cannot be become.
    let seen = home.sh("demo", "su -c id root </dev/null; sudo -n id; cp /bin/sh /tmp/s; chown 0 /tmp/s; chmod u+s /tmp/s; /tmp/s -c id");
    assert!(
        !seen.stdout.contains("uid=0") && !seen.stdout.contains("euid=0"),
        "{seen}"
    );
}

#[test]
fn system_files_cannot_be_changed() {
    let home = demo();
    for path in [
        "/usr/bin/x",
        "/usr/lib/x",
        "/bin/sh",
        "/proc/sys/kernel/hostname",
        "/proc/sys/vm/overcommit_memory",
        "/proc/sysrq-trigger",
        "/proc/1/exe",
        "/proc/1/oom_score_adj",
        "/proc/1/uid_map",
        "/sys/x",
        "/sys/kernel/mm/transparent_hugepage/enabled",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory.max",
        "/proc/kcore",
    ] {
        let seen = home.sh("demo", &format!("printf x > {path}"));
        assert_ne!(seen.code, Some(0), "{path}");
    }
    let seen = home.sh(
        "demo",
        "cat /proc/kcore /proc/keys /proc/kmsg /dev/mem /dev/kmsg | wc -c; ls -A /sys/firmware | wc -l",
    );
    assert_eq!(seen.stdout, "0\n0\n", "{seen}");
    // A mark that programs may write to must not reach the host.
    let before = fs::read_to_string("/proc/sys/kernel/hostname").expect("a name");
    home.sh(
        "demo",
        "hostname intruder; echo intruder > /proc/sys/kernel/hostname",
    )
    .stdout
    .clear();
    assert_eq!(
        fs::read_to_string("/proc/sys/kernel/hostname").expect("a name"),
        before
    );
}

#[test]
fn calls_that_reach_past_the_sandbox_are_refused() {
    let home = demo();
    let program = r#"
import ctypes, errno, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def call(name, number, *arguments):
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
    print(name, "ALLOWED" if result >= 0 else errno.errorcode[ctypes.get_errno()])
    if result == 0 and name.startswith("clone"): os._exit(0)
for name, family, kind in [("AF_VSOCK", 40, 1), ("AF_PACKET", 17, 3), ("AF_ALG", 38, 5), ("AF_BLUETOOTH", 31, 3), ("AF_XDP", 44, 3), ("AF_KEY", 15, 3), ("AF_TIPC", 30, 5), ("AF_INET raw", 2, 3)]:
    try:
        socket.socket(family, kind, 1 if name.endswith("raw") else 0); print(name, "ALLOWED")
    except OSError as error:
        print(name, errno.errorcode[error.errno])
if os.uname().machine != "x86_64": raise SystemExit(0)
root = ctypes.create_string_buffer(b"/")
none = ctypes.create_string_buffer(b"none")
for name, flag in [("NEWUSER", 0x10000000), ("NEWNS", 0x20000), ("NEWNET", 0x40000000), ("NEWPID", 0x20000000)]:
    call("unshare " + name, 272, flag)
    call("clone " + name, 56, flag | 17, 0, 0, 0, 0)
call("clone3", 435, 0, 0)
call("setns", 308, 0, 0)
call("mount", 165, none, root, none, 0, 0)
call("move_mount", 429, 0, 0, 0, 0, 0)
call("fsopen", 430, none, 0)
call("umount2", 166, root, 2)
call("pivot_root", 155, root, root)
call("chroot", 161, root)
call("keyctl", 250, 0, -3, 0)
call("add_key", 248, none, none, 0, 0, -3)
call("request_key", 249, none, none, 0, -3)
call("bpf", 321, 0, 0, 0)
call("perf_event_open", 298, 0, 0, -1, -1, 0)
call("userfaultfd", 323, 1)
call("io_uring_setup", 425, 1, 0)
call("open_by_handle_at", 304, -100, 0, 0)
call("init_module", 175, 0, 0, none)
call("kexec_load", 246, 0, 0, 0, 0)
call("reboot", 169, 0, 0, 0, 0)
call("sethostname", 170, root, 1)
call("settimeofday", 164, 0, 0)
call("syslog", 103, 3, 0, 0)
call("swapon", 167, root, 0)
call("iopl", 172, 3)
call("ptrace of the agent", 101, 0x4206, 1, 0, 0)
call("32-bit personality", 135, 8)
"#;
    let Some(text) = python(&home, program) else {
        return;
    };
    assert!(!text.contains("ALLOWED"), "{text}");
    expect![[r#"
        AF_VSOCK EPERM
        AF_PACKET EPERM
        AF_ALG EPERM
        AF_BLUETOOTH EPERM
        AF_XDP EPERM
        AF_KEY EPERM
        AF_TIPC EPERM
        AF_INET raw EPERM
        unshare NEWUSER EPERM
        clone NEWUSER EPERM
        unshare NEWNS EPERM
        clone NEWNS EPERM
        unshare NEWNET EPERM
        clone NEWNET EPERM
        unshare NEWPID EPERM
        clone NEWPID EPERM
        clone3 ENOSYS
        setns EPERM
        mount EPERM
        move_mount EPERM
        fsopen EPERM
        umount2 EPERM
        pivot_root EPERM
        chroot EPERM
        keyctl EPERM
        add_key EPERM
        request_key EPERM
        bpf EPERM
        perf_event_open EPERM
        userfaultfd EPERM
        io_uring_setup ENOSYS
        open_by_handle_at EPERM
        init_module EPERM
        kexec_load EPERM
        reboot EPERM
        sethostname EPERM
        settimeofday EPERM
        syslog EPERM
        swapon EPERM
        iopl EPERM
        ptrace of the agent EPERM
        32-bit personality EPERM
    "#]]
    .assert_eq(&text);
}

#[test]
fn the_kernel_counts_no_namespaces_for_a_sandbox() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let limits = home.sh(
        "demo",
        "cd /proc/sys/user && grep -v '^0$' max_user_namespaces max_net_namespaces max_cgroup_namespaces; echo 9 >max_user_namespaces; cat max_user_namespaces",
    );
    assert_eq!(limits.stdout, "0\n", "{limits}");
    home.done(&["delete", "demo", "--yes"]);
    home.done(&["serve", "--stop"]);
}
