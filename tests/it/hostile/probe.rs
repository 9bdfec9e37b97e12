//! What the prober finds in a sandbox, however it is started and whoever runs the engine.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use expect_test::{Expect, expect};
use serde_json::json;

use crate::binary::Home;
use crate::engine::ordinary_user::User;
use crate::mcp_client::Server;
use crate::toolbox::interpreter;
use crate::toolbox::pty::until;
use crate::toolbox::sandbox::Sandbox;

/// Runs a command; what it printed.
type Run<'a> = &'a dyn Fn(&[&str]) -> String;

/// The prober, built in a folder; none, loudly, where this machine has no compiler.
fn prober(folder: &Path) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/hostile/probe.c");
    let program = folder.join("probe");
    let built = Command::new("cc")
        .args(["-static", "-O1", "-o"])
        .arg(&program)
        .arg(source)
        .output();
    match built {
        Ok(output) if output.status.success() => Some(program),
        other => {
            crate::skip::skip(format_args!(
                "there is no C compiler that links statically: {other:?}"
            ));
            None
        }
    }
}

/// What succeeded, of what was tried; how an attempt fails is the kernel's choice.
fn successes(told: &str) -> String {
    let lines = told.lines().map(|line| line.trim_end_matches('\r'));
    let mut kept = String::new();
    for line in lines.filter(|line| {
        let refused = line.rsplit(": ").next().unwrap_or_default();
        !refused.starts_with('E') || line.contains("bound")
    }) {
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

/// Of the first process: none of it is had, nothing of ours is open, signals are passed over.
fn agent(way: &str, told: &str) {
    let kept = successes(told);
    assert_eq!(
        kept,
        "signal by its folder: ok\nlimit mine: ok\nbind me: ok\nmake me nice: ok\nsignals: sent\n",
        "{way}: {told}"
    );
}

/// The calls that answer EPERM without arguments, by their numbers.
const REFUSED: Expect = expect![[r#"
    41 53 103 134 136 139 153 154 155 159 161 163 164 165 166 167 168 169 170 171 172 173 175 176 179 227 237 238 239 246 248 249 250 256 272 279 298 300 304 305 308 312 313 320 321 323 428 429 430 431 432 433 440 442 443 447 450 459 460 461 467 470"#]];
/// Those that the kernel itself refuses then: fchmod of a device, setsid of a leader, setgroups.
const OF_THE_KERNEL: [u32; 3] = [91, 112, 116];

fn calls(told: &str) {
    let numbers = |error: &str| -> BTreeSet<u32> {
        told.lines()
            .filter_map(|line| line.trim().strip_suffix(error)?.trim().parse().ok())
            .collect()
    };
    let (refused, absent) = (numbers("EPERM"), numbers("ENOSYS"));
    if cfg!(target_arch = "x86_64") {
        let refused: Vec<String> = refused
            .iter()
            .filter(|number| !OF_THE_KERNEL.contains(number))
            .map(ToString::to_string)
            .collect();
        REFUSED.assert_eq(&refused.join(" "));
    }
    // What cannot be inspected, and what will be made some day, are not there.
    for number in [425, 426, 427, 435].into_iter().chain(472..=600) {
        assert!(absent.contains(&number), "{number}: {told}");
    }
}

fn all(run: Run<'_>) {
    let probe = |what: &str| run(&["exec", "demo", "--", "/tmp/probe", what]);
    calls(&probe("calls"));
    agent("exec", &probe("agent"));
    expect![[r#"
        family 1 kind 1: ok
        family 1 kind 2: ok
        family 1 kind 3: ok
        family 1 kind 5: ok
        family 2 kind 1: ok
        family 2 kind 2: ok
        family 10 kind 1: ok
        family 10 kind 2: ok
        family 16 kind 2: ok
        family 16 kind 3: ok
        netlink 0: ok
        netlink 4: ok
        netlink 15: ok
    "#]]
    .assert_eq(&successes(&probe("sockets")));
    expect![""].assert_eq(&successes(&probe("namespaces")));
    let found = probe("writes");
    for line in found.lines() {
        let path = line.split(' ').next().unwrap_or_default();
        let known = match path.strip_prefix("/dev/") {
            Some(name) => [
                "null", "zero", "full", "random", "urandom", "tty", "pts/ptmx",
            ]
            .contains(&name),
            // /dev/null over what must not be read; how hard the machine works, which all may watch.
            None => line.ends_with("is a device") || path.starts_with("/proc/pressure/"),
        };
        assert!(known, "{found}");
    }
    expect![[r#"
        inotify is bounded: EMFILE
        terminals are bounded: ENOSPC
        message queues are bounded: EMFILE
    "#]]
    .assert_eq(&successes(&probe("limits")));
    // An older form is there for every newer one that is not.
    let older = "import os; open('f', 'w'); os.chmod('f', 0o640, follow_symlinks=False); print(oct(os.stat('f').st_mode & 0o777))";
    assert_eq!(
        run(&["exec", "demo", "--", "python3", "-c", older]),
        "0o640\n"
    );
}

#[test]
fn as_root() {
    let home = Home::with_engine();
    let Some(program) = prober(&home.path()) else {
        return;
    };
    home.done(&["create", "--name", "demo"]);
    let program = program.display().to_string();
    home.done(&["cp", &program, "demo:/tmp/probe"]);
    all(&|arguments| home.text(arguments));
    let mut server = Server::with_all_tools(&home);
    let upload = json!({ "id": "demo", "command": "/tmp/probe agent" });
    let ran = server.done("execute_command", &upload);
    agent("execute_command", ran["stdout"].as_str().expect("a text"));
}

#[test]
fn as_an_ordinary_user() {
    let Some(user) = User::make("probe") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let Some(program) = prober(folder.path()) else {
        return;
    };
    user.done(&["create", "--name", "demo"]);
    let bytes = std::fs::read(program).expect("the prober");
    let place = user.home().join("probe");
    std::fs::write(&place, bytes).expect("a file");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&place, mode).expect("a mode");
    user.done(&["cp", &place.display().to_string(), "demo:/tmp/probe"]);
    all(&|arguments| user.done(arguments));
    if user.done(&["info", "demo"]).contains("memory enforced") {
        assert!(
            crate::machine::may_limit_memory_of_users(),
            "nothing can limit it here"
        );
        crate::skip::skip("control groups limit the memory of ordinary users here");
        return;
    }
    // However it takes memory, it is the one that ends, and the others live on.
    user.done(&[
        "exec",
        "demo",
        "--",
        "sh",
        "-c",
        "sleep 500 >/dev/null 2>&1 &",
    ]);
    for kind in ["own", "shared", "file"] {
        let ran = user.run(&["exec", "demo", "--", "/tmp/probe", "memory", kind]);
        let printed = String::from_utf8_lossy(&ran.stdout).into_owned();
        assert!(!printed.contains("all taken"), "{kind}: {ran:?}");
    }
    // Segments that nobody has attached are taken away instead.
    user.run(&["exec", "demo", "--", "/tmp/probe", "memory", "segments"]);
    let text = "sleep 0.5; awk 'NR > 1 { sum += $15 } END { print int(sum / 1048576) }' /proc/sysvipc/shm; pgrep sleep | wc -l";
    let told = user.done(&["exec", "demo", "--", "sh", "-c", text]);
    let (size, sleeping) = told.split_once('\n').expect("two lines");
    assert!(
        size.trim().parse::<u32>().expect("a number") <= 1024,
        "{told}"
    );
    assert_eq!(sleeping.trim(), "1");
}

#[test]
fn in_every_way() {
    let sandbox = Sandbox::new();
    let Some(program) = prober(&sandbox.home()) else {
        return;
    };
    let mut body =
        b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n".to_vec();
    body.extend(std::fs::read(program).expect("the prober"));
    body.extend(b"\r\n--x--\r\n");
    let kind = [("Content-Type", "multipart/form-data; boundary=x")];
    let sent = sandbox.ask_with("POST", "/files/upload?path=%2Ftmp%2Fprobe", &kind, &body);
    assert_eq!(sent.status, 200, "{}", sent.json());
    sandbox.run("chmod +x /tmp/probe");
    agent("execute", &sandbox.run("/tmp/probe agent"));
    sandbox.post("/process/session", &json!({ "sessionId": "s" }));
    let body = json!({ "command": "/tmp/probe agent" });
    let ran = sandbox.post("/process/session/s/exec", &body).json();
    agent("session", ran["stdout"].as_str().expect("a text"));
    let code = "import subprocess\nsubprocess.run(['/tmp/probe', 'agent'], close_fds=False)";
    let body = json!({ "code": code, "language": "python" });
    let ran = sandbox.post("/process/code-run", &body).json();
    agent("code", ran["result"].as_str().expect("a text"));
    agent("interpreter", &interpreter::stdout(&sandbox, code));
    let body = json!({ "id": "c", "command": "/tmp/probe agent", "lazyStart": true });
    assert_eq!(sandbox.post("/process/pty", &body).status, 201);
    let (mut socket, _) = sandbox
        .socket("/process/pty/c/connect", "")
        .ok()
        .expect("a socket");
    agent("terminal", &until(&mut socket, "signals: sent\r\n"));
    assert_eq!(sandbox.run("echo still here"), "still here\n");
}
