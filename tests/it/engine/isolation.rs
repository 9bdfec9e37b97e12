//! What a sandbox must not reach: the host's processes and files, other sandboxes, the engine, the kernel's knobs.

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
        "ls -A /root /home /srv /mnt /media /tmp /home/daytona; find /var/log /var/spool /home/daytona ! -type d; cat /etc/shadow /etc/gshadow; ls /etc/ssh/ssh_host* /etc/ssl/private/*; env | cut -d= -f1 | sort | tr '\\n' ' '",
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
        HOME LANG LOGNAME NPM_CONFIG_GLOBALCONFIG PATH PIP_BREAK_SYSTEM_PACKAGES PWD SHELL SHLVL USER _ --- stderr ---
        cat: /etc/shadow: No such file or directory
        cat: /etc/gshadow: No such file or directory
        ls: cannot access '/etc/ssh/ssh_host*': No such file or directory
        ls: cannot access '/etc/ssl/private/*': No such file or directory
        --- exit 0
    "#]]
    .assert_eq(&seen.to_string());
    // Nothing of the host is mounted but its programs, read-only, and harmless devices.
    let mounts = home.sh(
        "demo",
        "awk '{print $5, substr($6,1,2), $(NF-2)}' /proc/self/mountinfo",
    );
    assert!(mounts.stdout.starts_with("/ rw overlay\n"), "{mounts}");
    for mount in mounts.stdout.lines().skip(1) {
        let [path, access, kind] = mount.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{mount}");
        };
        let below = |tops: &[&str]| tops.iter().any(|top| path.starts_with(top));
        let right = match kind {
            "proc" => path == "/proc" || access == "ro" && below(&["/proc/"]),
            "devpts" => path == "/dev/pts",
            "sysfs" => path == "/sys" && access == "ro",
            "cgroup" | "cgroup2" => access == "ro" && below(&["/sys/fs/cgroup"]),
            // Memory of its own; masks and what is told of cores are read-only.
            "tmpfs" => {
                ["/dev", "/dev/shm", "/run"].contains(&path)
                    || access == "ro" && below(&["/proc/", "/sys/"])
            }
            // Single devices, and /dev/null over what must not be read.
            "devtmpfs" => below(&["/dev/", "/proc/"]),
            _ => access == "ro" && below(&["/usr", "/bin", "/sbin", "/lib"]),
        };
        assert!(right, "{mount}");
    }
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
    // At its loopback, at the stack's, and at the addresses by which others reach it.
    let mut hosts = vec!["127.0.0.1".to_owned(), "198.18.0.2".to_owned()];
    let table = fs::read_to_string("/proc/net/fib_trie").expect("the addresses");
    let lines: Vec<&str> = table.lines().map(str::trim).collect();
    hosts.extend(
        lines
            .windows(2)
            .filter(|pair| pair[1] == "/32 host LOCAL")
            .filter_map(|pair| pair[0].strip_prefix("|-- "))
            .map(str::to_owned),
    );
    for host in hosts {
        for port in [port, other] {
            let script = format!("timeout 3 bash -c 'echo > /dev/tcp/{host}/{port}'");
            let seen = home.run(&["exec", "demo", "--", "bash", "-c", &script]);
            assert_eq!(seen.code, Some(1), "{host}: {seen}");
        }
    }
    home.done(&["create", "--name", "alone", "--network-block-all"]);
    let devices = home.sh("alone", "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '; cat /proc/net/unix | grep -c '@'; ip route 2>/dev/null; cat /proc/net/route | wc -l");
    assert!(devices.stdout.starts_with("lo\n0\n"), "{devices}");
    let seen = home.sh("alone", "bash -c 'echo > /dev/tcp/192.0.2.1/80'");
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
        crate::skip::skip("a server in one sandbox needs /usr/bin/python3");
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
