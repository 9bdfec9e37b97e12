//! `daytona cp` of much: large files in little memory, many small ones, names of every kind.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::time::Duration;

use crate::binary::Home;
use crate::stopwatch::Stopwatch;

/// How long a copy may take.
const COPIED_WITHIN: Duration = Duration::from_mins(3);
use crate::leftover::first_process;

/// The most memory that a process has had, in MiB.
fn peak(pid: i32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok())
        .unwrap_or(0)
        >> 10
}

/// Runs `cp`, which must succeed; the most memory that it had, in MiB.
fn copy(home: &Home, from: &str, to: &str) -> u64 {
    let mut child = home.spawn(&["cp", "-q", from, to]);
    let pid = i32::try_from(child.id()).expect("a pid");
    let mut most = 0;
    let begun = Stopwatch::start();
    while child.try_wait().expect("a child").is_none() && begun.elapsed() < COPIED_WITHIN {
        most = most.max(peak(pid));
        std::thread::sleep(Duration::from_millis(5));
    }
    let seen = home.finish(child);
    assert_eq!(seen.code, Some(0), "{seen}");
    most
}

#[test]
fn a_large_file_takes_little_memory_anywhere() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    home.done(&["exec", "demo", "--", "true"]);
    let engine = home.engine_pid().expect("an engine");
    let agent = first_process(&home.disks())
        .expect("an agent")
        .as_raw_nonzero()
        .get();
    let before = (peak(engine), peak(agent));
    let size = 300 << 20;
    let file = File::create(home.path().join("big")).expect("a file");
    file.set_len(size).expect("a size");
    let up = copy(&home, "big", "demo:big");
    let down = copy(&home, "demo:big", "back");
    assert_eq!(
        fs::metadata(home.path().join("back"))
            .expect("the file")
            .len(),
        size
    );
    let after = (peak(engine), peak(agent));
    eprintln!("MiB: cp up {up}, down {down}, engine {before:?} → {after:?} (with the agent)");
    assert!(up < 60 && down < 60, "cp takes {up} and {down} MiB");
    assert!(
        after.0 < before.0 + 40,
        "the engine grew: {before:?} → {after:?}"
    );
    assert!(
        after.1 < before.1 + 40,
        "the agent grew: {before:?} → {after:?}"
    );
}

/// Names that are UTF-8, however odd; and a deep folder.
fn plant(top: &Path, count: usize) {
    for folder in ["a b/new\nline", "ä/\u{1f600}", ".hidden"] {
        fs::create_dir_all(top.join(folder)).expect("a folder");
        fs::write(top.join(folder).join(" lead trail "), folder).expect("a file");
    }
    fs::write(top.join("7".repeat(255)), "long").expect("a file");
    for odd in [
        "-rf",
        "%41&?#+",
        "quote'\"`$(x)",
        "tab\tstop",
        "*",
        "\u{202e}txt",
    ] {
        fs::write(top.join(odd), odd).expect("a file");
    }
    let deep = (0..90).fold(top.to_owned(), |at, _| at.join("deep"));
    fs::create_dir_all(&deep).expect("folders");
    fs::write(deep.join("bottom"), "b").expect("a file");
    for number in 0..count {
        let folder = top.join(format!("many/{}", number % 50));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("file {number}")), number.to_string()).expect("a file");
    }
}

fn same(one: &Path, other: &Path) {
    let diff = std::process::Command::new("diff")
        .arg("-r")
        .args([one, other])
        .output();
    let diff = diff.expect("diff");
    assert!(
        diff.status.success(),
        "{}",
        String::from_utf8_lossy(&diff.stdout)
    );
}

#[test]
fn many_small_files_go_everywhere_whole() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let tree = home.path().join("tree");
    // Ten thousand are what `cargo bench` copies.
    plant(&tree, 400);
    home.done(&["cp", "-q", "tree", "demo:tree"]);
    home.done(&["cp", "-q", "demo:tree", "back"]);
    same(&tree, &home.path().join("back"));
    home.done(&["fork", "demo", "--name", "running"]);
    home.done(&["snapshot", "create", "kept", "--sandbox", "demo"]);
    home.done(&["stop", "demo"]);
    home.done(&["archive", "demo"]);
    home.done(&["start", "demo"]);
    home.done(&["create", "--name", "of", "--snapshot", "kept"]);
    let sum = "cd ~/tree && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum";
    let sums: Vec<String> = ["demo", "running", "of"]
        .iter()
        .map(|sandbox| home.text(&["exec", sandbox, "--", sum]))
        .collect();
    assert!(sums.iter().all(|one| *one == sums[0]), "{sums:?}");
}

#[test]
fn names_that_are_no_text_are_said_and_not_mangled() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let tree = home.path().join("tree");
    fs::create_dir(&tree).expect("a folder");
    fs::write(tree.join(OsStr::from_bytes(b"bad\xff")), "x").expect("a file");
    fs::write(tree.join("good"), "y").expect("a file");
    let up = home.run(&["cp", "tree", "demo:tree"]);
    assert!(
        up.code == Some(1) && up.stderr.contains("is not UTF-8"),
        "{up}"
    );
    assert_eq!(
        home.sh("demo", "ls tree").stdout,
        "good\n",
        "the rest is copied"
    );
    home.done(&[
        "exec",
        "demo",
        "--",
        "mkdir t; echo x > t/\"$(printf 'bad\\377')\"; echo y > t/good",
    ]);
    let down = home.run(&["cp", "demo:t", "down"]);
    assert!(
        down.code == Some(1) && down.stderr.contains("is not UTF-8"),
        "{down}"
    );
    let names = fs::read_dir(home.path().join("down")).expect("a folder");
    let names: Vec<_> = names.flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(names, ["good"], "the rest is copied");
}
