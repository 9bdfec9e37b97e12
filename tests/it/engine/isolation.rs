//! What a sandbox must not reach: the host's processes and files, other sandboxes, the engine, the kernel's knobs.

use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use expect_test::expect;

use crate::binary::Home;
use crate::leftover::within;

fn demo() -> Home {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    home
}

/// Runs a Python program in the sandbox; none, loudly, where the host has no Python.
fn python(home: &Home, program: &str) -> Option<String> {
    if !Path::new("/usr/bin/python3").exists() {
        assert!(
            std::env::var_os("CI").is_none(),
            "there is no /usr/bin/python3"
        );
        eprintln!("SKIPPED: there is no /usr/bin/python3 on this machine");
        return None;
    }
    let seen = home.pipe(&["exec", "demo", "--", "/usr/bin/python3", "-"], program);
    assert_eq!(seen.code, Some(0), "{seen}");
    Some(seen.stdout)
}

#[test]
fn only_its_own_processes_are_seen() {
    let home = demo();
    let seen = home.sh("demo", "cat /proc/[0-9]*/comm | sort -u | tr '\\n' ' '; ls -d /proc/[0-9]* | wc -l; readlink /proc/self/ns/pid");
    let (names, rest) = seen.stdout.split_once('\n').unwrap_or_default();
    for name in names
        .split_whitespace()
        .filter(|name| name.parse::<u32>().is_err())
    {
        assert!(
            ["bash", "cat", "memfd:daytona", "sh", "sort", "tr"].contains(&name),
            "{seen}"
        );
    }
    let own = fs::read_link("/proc/self/ns/pid").expect("a link");
    assert!(!rest.contains(&own.display().to_string()), "{seen}");
    // The test itself is no process there.
    let pid = std::process::id();
    if pid > 500 {
        let signal = home.sh("demo", &format!("kill -0 {pid}"));
        assert!(signal.stderr.contains("No such process"), "{signal}");
    }
    for space in ["mnt", "net", "ipc", "uts", "user", "cgroup"] {
        let inside = home
            .sh("demo", &format!("readlink /proc/self/ns/{space}"))
            .stdout;
        let outside = fs::read_link(format!("/proc/self/ns/{space}")).expect("a link");
        assert_ne!(inside.trim(), outside.display().to_string(), "{space}");
    }
}

#[test]
fn homes_and_secrets_of_the_host_are_not_there() {
    let home = demo();
    // A secret of this user, in a home folder and beside it.
    let secret = home.path().join("secret");
    fs::write(&secret, "do not tell\n").expect("a file");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o644)).expect("a mode");
    let engine = home.engine();
    for path in [
        secret,
        engine.join("engine.key"),
        engine.join("engine.db"),
        engine.join("engine.json"),
        engine.join("runtime/sockets"),
        engine,
    ] {
        assert!(path.exists(), "{}", path.display());
        let seen = home.sh("demo", &format!("ls -d '{}'", path.display()));
        assert_ne!(seen.code, Some(0), "{}", path.display());
    }
    let seen = home.sh(
        "demo",
        "ls -A /root /home /srv /mnt /media /tmp /var/lib /var/log /home/daytona; cat /etc/shadow /etc/gshadow; ls /etc/ssh /etc/ssl/private; env | cut -d= -f1 | sort | tr '\\n' ' '",
    );
    expect![[r#"
        /home:
        daytona

        /home/daytona:

        /media:

        /mnt:

        /root:

        /srv:

        /tmp:

        /var/lib:

        /var/log:
        HOME LANG LOGNAME PATH PWD SHELL SHLVL USER _ --- stderr ---
        cat: /etc/shadow: No such file or directory
        cat: /etc/gshadow: No such file or directory
        ls: cannot access '/etc/ssh': No such file or directory
        ls: cannot access '/etc/ssl/private': No such file or directory
        --- exit 0
    "#]]
    .assert_eq(&seen.to_string());
    // Nothing of the host is mounted but its programs, read-only, and harmless devices.
    let mounts = home.sh(
        "demo",
        "awk '{print $5, substr($6,1,2), $(NF-2)}' /proc/self/mountinfo",
    );
    expect![[r#"
        / rw overlay
        /usr ro ext4
        /proc rw proc
        /proc/sys ro proc
        /proc/irq ro proc
        /proc/bus ro proc
        /proc/fs ro proc
        /dev rw tmpfs
        /dev/null rw devtmpfs
        /dev/zero rw devtmpfs
        /dev/full rw devtmpfs
        /dev/random rw devtmpfs
        /dev/urandom rw devtmpfs
        /dev/tty rw devtmpfs
        /proc/keys rw devtmpfs
        /proc/timer_list rw devtmpfs
        /dev/pts rw devpts
        /dev/shm rw tmpfs
        /run rw tmpfs
    "#]]
    .assert_eq(&mounts.stdout);
}

#[test]
fn no_socket_of_the_host_can_be_reached() {
    let home = demo();
    // The engine, and any other server of the host's loopback.
    let url = home.text(&["serve", "--print-env"]);
    let port: u16 = url
        .split("127.0.0.1:")
        .nth(1)
        .and_then(|rest| rest.split('/').next()?.parse().ok())
        .expect("a port");
    TcpStream::connect(("127.0.0.1", port)).expect("the engine listens outside");
    let other = TcpListener::bind("0.0.0.0:0").expect("a listener");
    let other = other.local_addr().expect("an address").port();
    for port in [port, other] {
        let seen = home.run(&[
            "exec",
            "demo",
            "--",
            "bash",
            "-c",
            &format!("echo > /dev/tcp/127.0.0.1/{port}"),
        ]);
        assert!(seen.stderr.contains("Connection refused"), "{seen}");
    }
    let devices = home.sh("demo", "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '; cat /proc/net/unix | grep -c '@'; ip route 2>/dev/null; cat /proc/net/route | wc -l");
    assert!(devices.stdout.starts_with("lo\n0\n"), "{devices}");
    let seen = home.run(&[
        "exec",
        "demo",
        "--",
        "bash",
        "-c",
        "echo > /dev/tcp/192.0.2.1/80",
    ]);
    assert!(seen.stderr.contains("Network is unreachable"), "{seen}");
}

#[test]
fn other_sandboxes_are_out_of_reach() {
    let home = demo();
    home.done(&["create", "--name", "other"]);
    home.done(&[
        "exec",
        "other",
        "--",
        "sh",
        "-c",
        "echo private > /tmp/note-of-other; echo x > /dev/shm/note-of-other; mkfifo /run/note-of-other",
    ]);
    let seen = home.sh(
        "demo",
        "find / -xdev -name 'note-of-other' 2>/dev/null; ls /dev/shm /run",
    );
    assert!(!seen.stdout.contains("note-of-other"), "{seen}");
    if !Path::new("/usr/bin/python3").exists() {
        eprintln!("SKIPPED: a server in one sandbox needs /usr/bin/python3");
        return;
    }
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|free| free.local_addr())
        .expect("a port")
        .port();
    let serve = format!("cd /tmp; python3 -m http.server {port} >/dev/null 2>&1 & ");
    home.done(&["exec", "other", "--", "sh", "-c", &serve]);
    let fetch = format!(
        "exec 3<>/dev/tcp/127.0.0.1/{port} && printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3"
    );
    let ten = Duration::from_secs(10);
    assert!(within(ten, || home
        .run(&["exec", "other", "--", "bash", "-c", &fetch])
        .stdout
        .contains("note-of-other")));
    let seen = home.run(&["exec", "demo", "--", "bash", "-c", &fetch]);
    assert!(seen.stderr.contains("Connection refused"), "{seen}");
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
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
    let mut text = String::new();
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
        "/proc/kcore",
    ] {
        let seen = home.sh("demo", &format!("printf x > {path}"));
        assert_ne!(seen.code, Some(0), "{path}");
        let why = seen
            .stderr
            .trim()
            .rsplit(": ")
            .next()
            .unwrap_or_default()
            .to_owned();
        let _ = writeln!(text, "{path}: {why}");
    }
    expect![[r#"
        /usr/bin/x: Read-only file system
        /usr/lib/x: Read-only file system
        /bin/sh: Read-only file system
        /proc/sys/kernel/hostname: Read-only file system
        /proc/sys/vm/overcommit_memory: Read-only file system
        /proc/sysrq-trigger: Directory nonexistent
        /proc/1/exe: Permission denied
        /proc/1/oom_score_adj: Permission denied
        /proc/1/uid_map: Permission denied
        /sys/x: Permission denied
        /proc/kcore: Directory nonexistent
    "#]]
    .assert_eq(&text);
    let seen = home.sh(
        "demo",
        "cat /proc/kcore /proc/keys /proc/kmsg /dev/mem /dev/kmsg | wc -c; ls -A /sys | wc -l",
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
fn only_those_with_the_key_reach_a_sandbox() {
    let home = demo();
    let url = home.text(&["serve", "--print-env"]);
    let address = url
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split('/').next())
        .expect("an address")
        .to_owned();
    let ask = |head: &str| {
        let mut line = TcpStream::connect(&address).expect("the engine listens");
        line.write_all(format!("{head}\r\nconnection: close\r\n\r\n").as_bytes())
            .expect("a request");
        let mut reply = String::new();
        let _ = line.read_to_string(&mut reply);
        reply.lines().next().unwrap_or_default().to_owned()
    };
    let id = home.disks().remove(0);
    for path in ["/api/sandbox".to_owned(), format!("/toolbox/{id}/version")] {
        for key in [
            "",
            "\r\nauthorization: Bearer dtn_wrong",
            "\r\nauthorization: Bearer ",
        ] {
            let status = ask(&format!("GET {path} HTTP/1.1\r\nhost: {address}{key}"));
            assert!(status.contains(" 401 "), "{path}{key}: {status}");
        }
        let key = fs::read_to_string(home.engine().join("engine.key")).expect("a key");
        // A page of another site that had its name point here is not us.
        let status = ask(&format!(
            "GET {path} HTTP/1.1\r\nhost: evil.example.com\r\nauthorization: Bearer {}",
            key.trim()
        ));
        assert!(!status.contains(" 200 "), "{path}: {status}");
    }
    let folder = fs::metadata(home.engine())
        .expect("a folder")
        .permissions()
        .mode();
    let key = fs::metadata(home.engine().join("engine.key"))
        .expect("a key")
        .permissions()
        .mode();
    assert_eq!((key & 0o777, folder & 0o777), (0o600, 0o700));
}
