//! The engine of a user who is not root: a throw-away one, where this test may make one.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use crate::leftover::{self, within};

/// A user with a home and the binary in it; both are removed with it.
pub(crate) struct User {
    name: String,
    folder: tempfile::TempDir,
    id: String,
}

impl Drop for User {
    fn drop(&mut self) {
        let disks = self.disks();
        let _ = self.run(&["delete", "--all", "--yes", "-q"]);
        let _ = self.run(&["serve", "--stop", "-q"]);
        let left = leftover::end(self.folder.path(), &disks);
        // Not while a process of the user's is just ending.
        let deleted = within(Duration::from_secs(3), || {
            let output = Command::new("userdel").arg(&self.name).output();
            output.is_ok_and(|output| output.status.success())
        });
        if !std::thread::panicking() {
            assert!(left.is_empty(), "these were left running: {left:#?}");
            assert!(deleted, "the user {} is left", self.name);
        }
    }
}

fn has(program: &str) -> bool {
    ["/usr/bin", "/usr/sbin", "/bin", "/sbin"]
        .iter()
        .any(|folder| Path::new(folder).join(program).exists())
}

impl User {
    /// None, loudly, where it cannot be made.
    pub(crate) fn make(mark: &str) -> Option<Self> {
        let missing: Vec<&str> = ["useradd", "userdel", "setpriv"]
            .into_iter()
            .filter(|program| !has(program))
            .collect();
        if !rustix::process::geteuid().is_root() || !missing.is_empty() {
            crate::skip::skip(format_args!(
                "a throw-away user needs root, and these are missing: {missing:?}"
            ));
            return None;
        }
        let folder = tempfile::Builder::new()
            .permissions(fs::Permissions::from_mode(0o755))
            .tempdir_in("/var/tmp")
            .expect("a folder");
        let name = format!("dtn{mark}{}", std::process::id());
        let made = Command::new("useradd")
            .args(["--no-create-home", "--shell", "/bin/sh", "--home-dir"])
            .arg(folder.path())
            .arg(&name)
            .output()
            .expect("useradd runs");
        assert!(made.status.success(), "{made:?}");
        let id = Command::new("id")
            .args(["-u", &name])
            .output()
            .expect("id runs");
        let id = String::from_utf8_lossy(&id.stdout).trim().to_owned();
        let user = Self { name, folder, id };
        fs::copy(env!("CARGO_BIN_EXE_daytona"), user.binary()).expect("a copy");
        let number = user.id.parse().expect("a number");
        std::os::unix::fs::chown(user.folder.path(), Some(number), Some(number)).expect("an owner");
        Some(user)
    }

    pub(super) fn binary(&self) -> PathBuf {
        self.folder.path().join("daytona")
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// The engine's folder.
    pub(crate) fn engine(&self) -> PathBuf {
        self.folder.path().join(".local/share/daytona/engine")
    }

    pub(crate) fn home(&self) -> &Path {
        self.folder.path()
    }

    fn disks(&self) -> Vec<String> {
        fs::read_dir(self.engine().join("runtime/sandboxes"))
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        Command::new("setpriv")
            .args([
                "--reuid",
                &self.id,
                "--regid",
                &self.id,
                "--clear-groups",
                "--",
            ])
            .arg("timeout")
            .arg("60")
            .arg(self.binary())
            .args(arguments)
            .env_clear()
            .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
            .env("HOME", self.folder.path())
            .env("DAYTONA_ENGINE_LISTEN", "127.0.0.1:0")
            .current_dir(self.folder.path())
            .stdin(std::process::Stdio::null())
            .output()
            .expect("setpriv runs")
    }

    #[track_caller]
    pub(crate) fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

#[test]
fn an_ordinary_user_has_sandboxes_too() {
    let Some(user) = User::make("a") else {
        return;
    };
    user.done(&["create", "--name", "demo"]);
    assert_eq!(
        user.done(&["exec", "demo", "--", "sh", "-c", "echo $((6*7)); id -u"]),
        "42\n1000\n"
    );
    user.done(&[
        "exec",
        "demo",
        "--",
        "sh",
        "-c",
        "echo kept > ~/note; echo too > /opt/note",
    ]);
    user.done(&["stop", "demo"]);
    user.done(&["start", "demo"]);
    assert_eq!(
        user.done(&[
            "exec",
            "demo",
            "--",
            "cat",
            "/home/daytona/note",
            "/opt/note"
        ]),
        "kept\ntoo\n"
    );
    // What watches files is counted against the engine's user: some is left for everybody else.
    let greedy = "import ctypes; c = ctypes.CDLL(None)\nn = 0\nwhile c.inotify_init() >= 0: n += 1\nprint(n)";
    let got = user.done(&["exec", "demo", "--", "/usr/bin/python3", "-c", greedy]);
    let got: u32 = got.trim().parse().expect("a number");
    assert!((1..=64).contains(&got), "{got}");
    // Here too: nothing of the host, and no privilege.
    let status = user.done(&[
        "exec",
        "demo",
        "--",
        "grep",
        "-E",
        "^(CapEff|CapBnd|NoNewPrivs|Seccomp):",
        "/proc/self/status",
    ]);
    assert_eq!(
        status,
        "CapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n"
    );
    let key = user
        .folder
        .path()
        .join(".local/share/daytona/engine/engine.key");
    assert!(key.exists());
    let reach = user.run(&[
        "exec",
        "demo",
        "--",
        "cat",
        &key.display().to_string(),
        "/etc/shadow",
    ]);
    assert!(
        reach.stdout.is_empty() && !reach.status.success(),
        "{reach:?}"
    );
    // Without control groups of its own the user is told what is not enforced, and why.
    let info = user.done(&["info", "demo"]);
    let line = info
        .lines()
        .find(|line| line.starts_with("Limits"))
        .expect("the limits");
    for resource in ["memory", "cpu"] {
        let enforced = line.contains(&format!("{resource} enforced ("));
        let refused = line.contains(&format!("{resource} not enforced ("));
        assert!(enforced != refused, "{line}");
    }
    assert!(line.contains("processes enforced"), "{line}");
    eprintln!("as an ordinary user: {line}");
    user.done(&["volume", "create", "data"]);
    for name in ["one", "two"] {
        user.done(&["create", "--name", name, "--volume", "data:/data:part"]);
    }
    user.done(&["exec", "one", "--", "sh", "-c", "echo shared > /data/note"]);
    assert_eq!(
        user.done(&["exec", "two", "--", "cat", "/data/note"]),
        "shared\n"
    );
    user.done(&["delete", "demo", "one", "two"]);
    user.done(&["volume", "delete", "data"]);
    assert_eq!(user.done(&["list", "-q"]), "");
    user.done(&["trash", "empty", "--yes"]);
    assert!(within(Duration::from_secs(5), || user.disks().is_empty()));
}

#[test]
fn without_control_groups_the_agent_ends_what_takes_too_much_memory() {
    let Some(user) = User::make("b") else {
        return;
    };
    user.done(&["create", "--name", "greedy"]);
    let info = user.done(&["info", "greedy"]);
    if info.contains("memory enforced") {
        assert!(
            crate::machine::may_limit_memory_of_users(),
            "nothing can limit it here"
        );
        crate::skip::skip("control groups limit the memory of ordinary users here");
        return;
    }
    let output = user.run(&[
        "exec",
        "greedy",
        "--",
        "sh",
        "-c",
        "head -c 6442450944 /dev/zero | tail",
    ]);
    assert!(
        !output.status.success(),
        "{} bytes were kept",
        output.stdout.len()
    );
    assert_eq!(
        user.done(&["exec", "greedy", "--", "echo", "still"]),
        "still\n"
    );
}
