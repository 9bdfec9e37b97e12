//! The limits of networks against programs that pick devices and sources themselves, by both stacks, as root
//! and as an ordinary user; and that the stacks leave the host's mounts as they are.

use std::fs;
use std::net::{TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use super::network::{HERE, OTHER, OUTSIDE, Outside};
use super::ordinary_user::User;
use crate::leftover::{self, within};

/// The programs, and how to see them only.
const STACKS: [&str; 2] = ["slirp4netns", "pasta"];

/// A place for an engine with mounts of its own, which hide the other stack, show the outside's names,
/// and give everybody the device. Its root is shared, as systemd makes it.
struct Stage {
    _folder: Option<tempfile::TempDir>,
    home: PathBuf,
    binary: PathBuf,
    user: Option<String>,
    holder: Child,
}

impl Stage {
    fn new(stack: &str, user: Option<&User>) -> Self {
        let (folder, home, binary) = if let Some(user) = user {
            (None, user.home().to_owned(), user.binary())
        } else {
            let folder = tempfile::tempdir().expect("a folder");
            let home = folder.path().to_owned();
            (Some(folder), home, env!("CARGO_BIN_EXE_daytona").into())
        };
        let settings = home.join("resolv.conf");
        fs::write(&settings, format!("nameserver {OUTSIDE}\n")).expect("a file");
        let hidden = STACKS.iter().find(|one| **one != stack).expect("the other");
        let script = "mount --make-rshared / && mount --bind \"$1\" /etc/resolv.conf && \
             { [ ! -e \"/usr/bin/$2\" ] || mount --bind /dev/null \"/usr/bin/$2\"; } && \
             mount -t tmpfs none /dev/net && mknod -m 666 /dev/net/tun c 10 200 && \
             mount -t tmpfs none /mnt && mkdir /mnt/deep && mount -t tmpfs none /mnt/deep && \
             echo ready && exec cat";
        let mut holder = Command::new("unshare")
            .args(["--mount", "sh", "-c", script, "sh"])
            .arg(&settings)
            .arg(hidden)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("unshare runs");
        let mut word = [0; 6];
        let output = holder.stdout.as_mut().expect("a pipe");
        std::io::Read::read_exact(output, &mut word).expect("the stage is there");
        Self {
            _folder: folder,
            home,
            binary,
            user: user.map(|user| user.id().to_owned()),
            holder,
        }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("nsenter");
        command.args(["--mount", "--target", &self.holder.id().to_string(), "--"]);
        if let Some(id) = &self.user {
            command.args([
                "setpriv",
                "--reuid",
                id,
                "--regid",
                id,
                "--clear-groups",
                "--",
            ]);
        }
        command
            .args(["timeout", "90"])
            .arg(&self.binary)
            .args(arguments)
            .env_clear()
            .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
            .env("HOME", &self.home)
            .env("DAYTONA_ENGINE_LISTEN", "127.0.0.1:0")
            .stdin(Stdio::null())
            .output()
            .expect("nsenter runs")
    }

    #[track_caller]
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What the prober reached.
    fn probe(&self, sandbox: &str, targets: &[String]) -> Vec<String> {
        let prober =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/around_the_filter.py");
        let code = fs::read_to_string(prober).expect("the prober");
        let mut arguments = vec!["exec", sandbox, "--", "/usr/bin/python3", "-c", &code];
        arguments.extend(targets.iter().map(String::as_str));
        let said = self.done(&arguments);
        assert!(said.ends_with("done\n"), "{said}");
        // What is sent to its own loopback stays inside.
        let own = |line: &str| {
            ["plain", "source"].iter().any(|way| line.starts_with(way))
                && line.contains(" 127.0.0.1:")
                && line.ends_with(" sent")
        };
        said.lines()
            .filter(|line| *line != "done" && !own(line))
            .map(str::to_owned)
            .collect()
    }

    fn mounts(&self) -> String {
        fs::read_to_string(format!("/proc/{}/mountinfo", self.holder.id())).expect("its mounts")
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let disks = fs::read_dir(
            self.home
                .join(".local/share/daytona/engine/runtime/sandboxes"),
        );
        let disks: Vec<String> = disks
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        let _ = self.run(&["delete", "--all", "--yes", "-q"]);
        let _ = self.run(&["serve", "--stop", "-q"]);
        let left = leftover::end(&self.home, &disks);
        let _ = self.holder.kill();
        let _ = self.holder.wait();
        if !std::thread::panicking() {
            assert!(left.is_empty(), "these were left running: {left:#?}");
        }
    }
}

/// Reads what came; true if nothing.
fn is_silent(socket: &UdpSocket) -> bool {
    socket.set_nonblocking(true).expect("a setting");
    let mut word = [0; 100];
    socket.recv_from(&mut word).is_err()
}

fn holds(stack: &str, user: Option<&User>) {
    let who = format!("{stack}, {}", user.map_or("root", |_| "a user"));
    let stage = Stage::new(stack, user);
    let before = stage.mounts();
    // Servers of this host: on its loopback, and at an address of its own.
    let servers: Vec<(TcpListener, UdpSocket)> = ["127.0.0.1", HERE]
        .iter()
        .map(|address| {
            let streams = TcpListener::bind((*address, 0)).expect("a server");
            let port = streams.local_addr().expect("an address").port();
            (
                streams,
                UdpSocket::bind((*address, port)).expect("a server"),
            )
        })
        .collect();
    let host: Vec<String> = servers
        .iter()
        .map(|(streams, _)| streams.local_addr().expect("an address").to_string())
        .collect();

    stage.done(&["create", "--name", "open"]);
    let info = stage.done(&["info", "open", "--json"]);
    assert!(info.contains(stack), "{who}: {info}");
    assert_eq!(stage.probe("open", &host), Vec::<String>::new(), "{who}");
    // The prober is not blind: what is open is reached by each way that can.
    let reached = stage.probe("open", &[format!("{OUTSIDE}:8000")]);
    for way in [
        "plain tcp",
        "device tcp",
        "unicast tcp",
        "source tcp",
        "both tcp",
    ] {
        let line = format!("{way} {OUTSIDE}:8000 reached");
        assert!(reached.contains(&line), "{who}, {way}: {reached:?}");
    }

    stage.done(&[
        "create",
        "--name",
        "named",
        "--domain-allow-list",
        "www.example.test",
    ]);
    let page = "import urllib.request as r; print(r.urlopen('http://www.example.test:8000', timeout=9).status)";
    let got = stage.done(&["exec", "named", "--", "/usr/bin/python3", "-c", page]);
    assert_eq!(got, "200\n", "{who}");
    let elsewhere = [format!("{OTHER}:8000"), format!("{OTHER}:53")];
    assert_eq!(
        stage.probe("named", &[&host[..], &elsewhere].concat()),
        Vec::<String>::new(),
        "{who}"
    );
    // The name's address is open, but not for asking names there.
    let names = stage.probe(
        "named",
        &[format!("{OUTSIDE}:53"), "198.18.0.3:53".to_owned()],
    );
    let asked: Vec<_> = names
        .iter()
        .filter(|line| !line.contains("198.18.0.3:53"))
        .collect();
    assert!(asked.is_empty(), "{who}: {asked:?}");
    // The sandbox's own resolver is on its loopback: what picks the link does not get there.
    assert!(
        !names.iter().any(|line| line.starts_with("device")),
        "{who}: {names:?}"
    );

    stage.done(&[
        "create",
        "--name",
        "listed",
        "--network-allow-list",
        &format!("{OTHER}/32"),
    ]);
    let reached = stage.probe("listed", &[format!("{OTHER}:8000")]);
    assert!(
        reached.iter().any(|line| line.starts_with("plain tcp")),
        "{who}: {reached:?}"
    );
    let outside = [
        &host[..],
        &[format!("{OUTSIDE}:8000"), format!("{OUTSIDE}:53")],
    ]
    .concat();
    assert_eq!(
        stage.probe("listed", &outside),
        Vec::<String>::new(),
        "{who}"
    );

    assert_eq!(stage.mounts(), before, "{who}: while sandboxes run");
    for (_, datagrams) in &servers {
        assert!(is_silent(datagrams), "{who}: a datagram reached this host");
    }
    stage.done(&["delete", "--all", "--yes"]);
    assert!(
        within(Duration::from_secs(5), || stage.mounts() == before),
        "{who}: the host's mounts before:\n{before}\nafter:\n{}",
        stage.mounts()
    );
}

#[test]
fn no_program_goes_around_the_limits_of_its_network() {
    let outside = Outside::make();
    let user = User::make("net");
    let (Ok(_outside), Some(user)) = (&outside, &user) else {
        let why = outside.err();
        crate::skip::skip(format_args!(
            "another machine or user cannot be made: {why:?}"
        ));
        return;
    };
    std::thread::scope(|scope| {
        for stack in STACKS {
            if !Path::new("/usr/bin").join(stack).exists() {
                crate::skip::skip(format_args!("{stack} is not installed"));
                continue;
            }
            scope.spawn(move || holds(stack, None));
        }
        // One home, one engine at a time.
        for stack in STACKS {
            if Path::new("/usr/bin").join(stack).exists() {
                holds(stack, Some(user));
            }
        }
    });
}
