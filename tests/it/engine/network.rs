//! What sandboxes reach outside: everything but the host, what is listed, or nothing; changed while they run.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::binary::Home;
use crate::leftover::within;

/// The host's end, and two addresses beyond it (RFC 5737: for documentation).
pub(super) const HERE: &str = "203.0.113.1";
pub(super) const OUTSIDE: &str = "203.0.113.2";
pub(super) const OTHER: &str = "203.0.113.3";

/// Another machine, as far as sandboxes can tell: a network namespace with servers in it.
pub(super) struct Outside {
    name: String,
    link: String,
    servers: Child,
    /// There is one at a time: all have the same addresses.
    _only: MutexGuard<'static, ()>,
}

static ONLY: Mutex<()> = Mutex::new(());

impl Drop for Outside {
    fn drop(&mut self) {
        let _ = self.servers.kill();
        let _ = self.servers.wait();
        tear_down(&self.name, &self.link);
    }
}

fn tear_down(name: &str, link: &str) {
    let _ = ip(&["netns", "del", name]);
    let _ = ip(&["link", "del", link]);
}

/// Makes a network namespace with a link to this host, and servers in it.
fn serve(name: &str, link: &str, far: &str) -> Result<Child, String> {
    ip(&["netns", "add", name])?;
    ip(&[
        "link", "add", link, "type", "veth", "peer", "name", far, "netns", name,
    ])?;
    ip(&["addr", "add", &format!("{HERE}/24"), "dev", link])?;
    ip(&["link", "set", link, "up"])?;
    for address in [OUTSIDE, OTHER] {
        let address = format!("{address}/24");
        ip(&["-n", name, "addr", "add", &address, "dev", far])?;
    }
    for interface in ["lo", far] {
        ip(&["-n", name, "link", "set", interface, "up"])?;
    }
    let mut servers = Command::new("ip")
        .args(["netns", "exec", name, "python3"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/outside.py"))
        .args([OUTSIDE, OTHER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let mut ready = String::new();
    let output = servers.stdout.take().ok_or("no output")?;
    BufReader::new(output)
        .read_line(&mut ready)
        .map_err(|error| error.to_string())?;
    if ready.trim() == "ready" {
        return Ok(servers);
    }
    let _ = servers.kill();
    let _ = servers.wait();
    Err("the servers outside did not start".to_owned())
}

pub(super) fn ip(arguments: &[&str]) -> Result<(), String> {
    let output = Command::new("ip").args(arguments).output();
    let output = output.map_err(|error| format!("ip cannot be run: {error}"))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(format!(
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        ))
    }
}

impl Outside {
    pub(super) fn make() -> Result<Self, String> {
        if !rustix::process::geteuid().is_root() {
            return Err("only root can make another machine".to_owned());
        }
        if !["/usr/bin", "/bin", "/usr/sbin"]
            .iter()
            .any(|folder| Path::new(folder).join("slirp4netns").exists())
        {
            return Err("slirp4netns is not installed".to_owned());
        }
        let only = ONLY.lock().unwrap_or_else(PoisonError::into_inner);
        let mut why = String::new();
        // Whoever else makes network namespaces at this moment may be in the way of the first try.
        for attempt in 0..3 {
            let mark = format!("{}-{attempt}", std::process::id());
            let (name, link) = (format!("dtn{mark}"), format!("dth{mark}"));
            match serve(&name, &link, &format!("dte{mark}")) {
                Ok(servers) => {
                    return Ok(Self {
                        name,
                        link,
                        servers,
                        _only: only,
                    });
                }
                Err(error) => why = error,
            }
            tear_down(&name, &link);
        }
        Err(why)
    }

    /// An engine that asks the outside's server for names.
    pub(super) fn engine(home: &Home) -> Engine {
        let settings = home.path().join("resolv.conf");
        fs::write(&settings, format!("nameserver {OUTSIDE}\n")).expect("a file");
        let mut command = Command::new("unshare");
        let own = home.command(&["serve"]);
        command
            .args([
                "--mount",
                "sh",
                "-c",
                "mount --bind \"$1\" /etc/resolv.conf && shift && exec \"$@\"",
                "sh",
            ])
            .arg(&settings)
            .arg(own.get_program())
            .args(own.get_args())
            .env_clear()
            .envs(
                own.get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let engine = Engine(command.spawn().expect("an engine"));
        assert!(within(Duration::from_secs(10), || home
            .engine_pid()
            .is_some()));
        engine
    }
}

pub(super) struct Engine(Child);

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = rustix::process::kill_process(
            rustix::process::Pid::from_child(&self.0),
            rustix::process::Signal::TERM,
        );
        let _ = self.0.wait();
        let mut said = String::new();
        if let Some(mut errors) = self.0.stderr.take() {
            let _ = errors.read_to_string(&mut said);
        }
        if std::thread::panicking() {
            eprintln!("{said}");
        }
    }
}

/// What a sandbox gets of a page; nothing where it reaches none.
pub(super) fn page(home: &Home, sandbox: &str, host: &str) -> String {
    let code = format!(
        "import urllib.request as r\ntry: print(r.urlopen('http://{host}:8000', timeout=3).read().decode().strip())\nexcept Exception as e: print('no')"
    );
    let seen = home.run(&["exec", sandbox, "--", "/usr/bin/python3", "-c", &code]);
    seen.stdout.trim().to_owned()
}

pub(super) fn reaches(home: &Home, sandbox: &str, hosts: &[(&str, bool)]) {
    for (host, reached) in hosts {
        let got = page(home, sandbox, host);
        assert_eq!(got != "no", *reached, "{sandbox} → {host}: {got}");
    }
}

/// `POST …/network-settings`, as the SDKs do it.
pub(super) fn set(home: &Home, sandbox: &str, settings: &str) -> String {
    let notice = fs::read(home.engine().join("engine.json")).expect("a notice");
    let notice: serde_json::Value = serde_json::from_slice(&notice).expect("JSON");
    let key = fs::read_to_string(home.engine().join("engine.key")).expect("a key");
    let url = format!(
        "{}/sandbox/{sandbox}/network-settings",
        notice["url"].as_str().expect("a URL")
    );
    let output = Command::new("curl")
        .args([
            "-s",
            "-X",
            "POST",
            "-H",
            "Content-Type: application/json",
            "-H",
        ])
        .arg(format!("Authorization: Bearer {key}"))
        .args(["-d", settings, &url])
        .output()
        .expect("curl");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_sandbox_reaches_what_it_may_and_nothing_else() {
    let _outside = match Outside::make() {
        Ok(outside) => outside,
        Err(why) => {
            crate::skip::skip(format_args!("{why}"));
            return;
        }
    };
    // A server of this host, at an address that is not its loopback.
    let host = TcpListener::bind((HERE, 8000)).expect("a server");
    let home = Home::with_engine();
    let engine = Outside::engine(&home);

    home.done(&["create", "--name", "open"]);
    reaches(
        &home,
        "open",
        &[
            (OUTSIDE, true),
            ("www.example.test", true),
            ("inside.example.test", false),
            (HERE, false),
            ("127.0.0.1", false),
            ("198.18.0.2", false),
            ("169.254.169.254", false),
        ],
    );
    let info = home.json(&["info", "open"]);
    assert!(
        info["runtime"]["network"]
            .as_str()
            .expect("a sentence")
            .contains("slirp4netns"),
        "{info}"
    );

    home.done(&["create", "--name", "blocked", "--network-block-all"]);
    reaches(
        &home,
        "blocked",
        &[(OUTSIDE, false), ("www.example.test", false)],
    );

    home.done(&[
        "create",
        "--name",
        "listed",
        "--network-allow-list",
        &format!("{OTHER}/32,10.0.0.0/8"),
    ]);
    reaches(
        &home,
        "listed",
        &[
            (OTHER, true),
            ("other.test", true),
            (OUTSIDE, false),
            ("www.example.test", false),
        ],
    );

    home.done(&[
        "create",
        "--name",
        "named",
        "--domain-allow-list",
        "*.example.test",
    ]);
    reaches(
        &home,
        "named",
        &[
            (OUTSIDE, false),
            ("www.example.test", true),
            ("other.test", false),
            (OTHER, false),
            ("inside.example.test", false),
        ],
    );
    // From inside nothing of it can be changed.
    let change = home.sh("named", "ip route add default via 198.18.0.2 dev tap0; ip link set tap0 down; ip addr add 1.2.3.4 dev lo");
    assert!(change.stderr.contains("not permitted"), "{change}");

    // While they run.
    for (settings, outside, other) in [
        (r#"{"networkBlockAll":true}"#, false, false),
        (r#"{"networkAllowList":"203.0.113.3/32"}"#, false, true),
        (
            r#"{"domainAllowList":"www.example.test","networkAllowList":""}"#,
            false,
            false,
        ),
        (r#"{"networkBlockAll":false}"#, true, true),
    ] {
        let reply = set(&home, "named", settings);
        assert!(reply.contains("\"id\""), "{settings}: {reply}");
        reaches(&home, "named", &[(OUTSIDE, outside), (OTHER, other)]);
    }
    for (settings, text) in [
        ("{}", "No network settings specified"),
        (r#"{"networkAllowList":"example.com"}"#, "Invalid network"),
        (r#"{"domainAllowList":"10.0.0.0/8"}"#, "Invalid domain"),
    ] {
        let reply = set(&home, "named", settings);
        assert!(reply.contains(text), "{settings}: {reply}");
    }

    // The next engine finds the links, and holds them to the same.
    drop(engine);
    let _engine = Outside::engine(&home);
    reaches(
        &home,
        "open",
        &[(OUTSIDE, true), ("www.example.test", true), (HERE, false)],
    );
    reaches(
        &home,
        "listed",
        &[(OTHER, true), ("other.test", true), (OUTSIDE, false)],
    );
    home.done(&["stop", "listed"]);
    home.done(&["start", "listed"]);
    reaches(&home, "listed", &[(OTHER, true), (OUTSIDE, false)]);
    drop(host);
    home.done(&["delete", "--all", "--yes"]);
    let left = || {
        fs::read_dir(home.engine().join("runtime/networks"))
            .expect("a folder")
            .count()
    };
    assert!(within(Duration::from_secs(5), || left() == 0));
    home.done(&["serve", "--stop"]);
}
