//! A guest that no engine of ours has begun: booted by a file, at a socket of its own, and not the first process.

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::skip::skip;

/// What begins the guest inside namespaces, beside a process that is none of its business.
const FIRST: &str = r#"
mount -t tmpfs run /run || exit 9
sleep 600 & bystander=$!
"$1" __guest "$2/boot" & guest=$!
until [ -e "$2/stop" ]; do sleep 0.05; done
kill -TERM $guest; wait $guest; code=$?
kill -0 $bystander && echo "$code, the bystander lives" > "$2/ended"
"#;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_mins(1);

#[test]
fn a_guest_adopts_its_orphans_ends_its_own_and_nobody_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    let boot = json!({"listener": {"unix": dir.join("socket")}, "processes": 100});
    fs::write(dir.join("boot"), boot.to_string()).expect("a boot");
    let unshare = Command::new("unshare")
        .args([
            "--user",
            "--map-root-user",
            "--pid",
            "--fork",
            "--mount",
            "--mount-proc",
        ])
        .args([
            "--kill-child",
            "sh",
            "-c",
            FIRST,
            "sh",
            env!("CARGO_BIN_EXE_daytona"),
        ])
        .arg(dir)
        .stdin(Stdio::null())
        .spawn();
    let Ok(mut first) = unshare else {
        return skip("there is no unshare here");
    };
    until("it listens", || {
        assert_eq!(first.try_wait().expect("its state"), None, "it ended");
        dir.join("socket").exists()
    });
    assert!(!dir.join("boot").exists(), "the boot is read once");
    let guest = said(dir, "echo $PPID");
    let orphan = said(dir, "sh -c 'setsid sleep 500 >/dev/null 2>&1 & echo $!'");
    until("the orphan is the guest's", || {
        said(dir, &format!("cut -d' ' -f4 /proc/{orphan}/stat")) == guest
    });
    assert_ne!(guest, "1");
    fs::write(dir.join("stop"), "").expect("asked to stop");
    until("it ends", || dir.join("ended").exists());
    until("the namespace ends", || {
        first.try_wait().expect("its state").is_some()
    });
    let ended = fs::read_to_string(dir.join("ended")).expect("how");
    assert_eq!(ended, "0, the bystander lives\n");
}

fn until(what: &str, mut seen: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !seen() {
        assert!(begun.elapsed() < PATIENCE, "not seen: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What a command in the sandbox prints.
fn said(dir: &Path, command: &str) -> String {
    let body = json!({"command": command}).to_string();
    let mut stream = UnixStream::connect(dir.join("socket")).expect("connected");
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
    let head = format!(
        "POST /process/execute HTTP/1.1\r\nhost: guest\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a reply");
    assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
    let reply: Value = serde_json::from_str(body).expect("JSON");
    reply["result"]
        .as_str()
        .expect("a result")
        .trim()
        .to_owned()
}
