//! As root: each sandbox has ids of its own on this host, and the kernel's limits per user with them, while
//! files keep one owner on disk, so that forks, snapshots and volumes are shared as they are.

use std::fs;
use std::os::unix::fs::MetadataExt as _;

use crate::binary::Home;

/// The user on this host that runs a sandbox's `sleep`.
fn outside(home: &Home, seconds: u32) -> u32 {
    let _ = home;
    let wanted = format!("sleep\0{seconds}\0");
    let processes = fs::read_dir("/proc").expect("processes").flatten();
    let found = processes
        .filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok())
        .find(|pid| {
            fs::read_to_string(format!("/proc/{pid}/cmdline")).is_ok_and(|line| line == wanted)
        });
    let pid = found.expect("the process");
    fs::metadata(format!("/proc/{pid}"))
        .expect("its folder")
        .uid()
}

const EAT: &str = "
import ctypes, os, time
libc = ctypes.CDLL(None)
got = 0
while libc.inotify_init() >= 0: got += 1
ends = []
try:
    while True: ends.append(os.openpty())
except OSError: pass
print(got, len(ends), flush=True)
time.sleep(600)
";

#[test]
fn what_one_sandbox_takes_is_taken_from_nobody_else() {
    if !rustix::process::geteuid().is_root() {
        crate::skip::skip("only root can give sandboxes ids of their own");
        return;
    }
    let home = Home::with_engine();
    for name in ["greedy", "modest"] {
        home.done(&["create", "--name", name]);
    }
    let info = home.json(&["info", "greedy"]);
    let isolation = info["runtime"]["isolation"].as_str().expect("a sentence");
    assert!(isolation.contains("user ids of its own"), "{isolation}");

    let seconds = 100_000 + std::process::id();
    for (name, more) in [("greedy", 0), ("modest", 1)] {
        let begun = home.sh(name, &format!("sleep {} >/dev/null 2>&1 &", seconds + more));
        assert_eq!(begun.code, Some(0), "{begun}");
    }
    let (one, two) = (outside(&home, seconds), outside(&home, seconds + 1));
    assert!(
        one != two && one > 1_000_000_000 && two > 1_000_000_000,
        "{one} {two}"
    );

    // One takes all that it can of what the kernel counts by user.
    let eat = format!(
        "python3 -c '{EAT}' >/tmp/got 2>&1 & while ! [ -s /tmp/got ]; do sleep 0.1; done; cat /tmp/got"
    );
    let got = home.sh("greedy", &eat);
    let counts: Vec<u32> = got
        .stdout
        .split_whitespace()
        .map(|count| count.parse().expect("a number"))
        .collect();
    assert!(
        counts.len() == 2 && counts[0] > 100 && counts[1] > 50,
        "{got}"
    );
    let watch = "import ctypes; print(ctypes.CDLL(None).inotify_init() >= 0)";
    let other = home.run(&["exec", "modest", "--", "/usr/bin/python3", "-c", watch]);
    assert_eq!(other.stdout, "True\n", "{other}");
    let terminal = "import os; os.openpty(); print('fine')";
    let other = home.run(&["exec", "modest", "--", "/usr/bin/python3", "-c", terminal]);
    assert_eq!(other.stdout, "fine\n", "{other}");
    assert!(
        rustix::fs::inotify::init(rustix::fs::inotify::CreateFlags::CLOEXEC).is_ok(),
        "this host has none left"
    );
    let own = rustix::pty::openpt(rustix::pty::OpenptFlags::RDWR);
    assert!(own.is_ok(), "this host has no terminals left");

    home.done(&["delete", "--all", "--yes"]);
    home.done(&["serve", "--stop"]);
}

#[test]
fn files_have_one_owner_on_disk_whoever_wrote_them() {
    if !rustix::process::geteuid().is_root() {
        crate::skip::skip("only root can give sandboxes ids of their own");
        return;
    }
    let home = Home::with_engine();
    home.done(&["volume", "create", "shared"]);
    for name in ["one", "two"] {
        home.done(&["create", "--name", name, "--volume", "shared:/data"]);
    }
    let wrote = home.sh(
        "one",
        "echo mine >~/file && echo ours >/data/file && mkdir /data/sub",
    );
    assert_eq!(wrote.code, Some(0), "{wrote}");
    let read = home.sh("two", "cat /data/file && echo more >>/data/file && touch /data/sub/x && ls -ln /data | cut -d' ' -f3,4 | tail -n +2 | sort -u");
    assert_eq!(read.stdout, "ours\n1000 1000\n", "{read}");
    // A fork, while it runs and at rest, and the next start, which has other ids.
    home.done(&["fork", "one", "--name", "three"]);
    home.done(&["stop", "one"]);
    home.done(&["fork", "one", "--name", "four"]);
    home.done(&["start", "one"]);
    for name in ["one", "three", "four"] {
        let seen = home.sh(
            name,
            "cat ~/file && echo more >>~/file && stat -c %u:%g ~/file",
        );
        assert_eq!(seen.stdout, "mine\n1000:1000\n", "{name}: {seen}");
    }
    // The next engine knows which ids are in use.
    home.done(&["serve", "--stop"]);
    home.done(&["create", "--name", "five"]);
    let owners: Vec<u32> = home
        .disks()
        .iter()
        .map(|id| {
            home.engine()
                .join("runtime/sandboxes")
                .join(id)
                .join("upper")
        })
        .map(|upper| fs::metadata(upper).expect("a folder").uid())
        .collect();
    assert!(owners.iter().all(|owner| *owner == 101_000), "{owners:?}");
    home.done(&["delete", "--all", "--yes"]);
    home.done(&["volume", "delete", "shared", "--yes"]);
    home.done(&["serve", "--stop"]);
}
