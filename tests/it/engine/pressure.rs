//! A sandbox that takes all it can get: processes and memory. The others and the engine must not feel it.

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use crate::binary::Home;
use crate::leftover::within;
use crate::stopwatch::Stopwatch;

/// Whether `info` says that a resource is limited.
fn limited(home: &Home, resource: &str) -> (bool, String) {
    let info = home.json(&["info", "greedy"]);
    let limits = info["runtime"]["limits"]
        .as_array()
        .expect("limits")
        .clone();
    let limit = limits
        .iter()
        .find(|limit| limit["resource"] == resource)
        .expect("the resource");
    let by = limit["by"].as_str().expect("a reason").to_owned();
    (limit["enforced"] == true, by)
}

fn two() -> Home {
    let home = Home::with_engine();
    home.done(&["create", "--name", "greedy"]);
    home.done(&["create", "--name", "calm"]);
    home
}

#[test]
fn a_fork_bomb_is_bounded() {
    let home = two();
    assert!(limited(&home, "processes").0);
    let engine = home.engine_pid();
    let bomb = "f() { f | f & }; f; f; f; sleep 30; # bomb";
    // It complains more than anybody reads.
    let mut child = home
        .command(&["exec", "greedy", "--", "sh", "-c", bomb])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    let ids = home.disks();
    // It grows until it is refused: so many that a bound is seen, and never beyond it.
    let mut most = 0;
    within(Duration::from_secs(6), || {
        most = most.max(count(&ids));
        most > 900
    });
    for _ in 0..3 {
        let begun = Stopwatch::start();
        assert_eq!(home.sh("calm", "echo here").stdout, "here\n");
        assert!(home.text(&["list"]).contains("greedy"));
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{:?}",
            begun.elapsed()
        );
        most = most.max(count(&ids));
    }
    assert!((100..=1100).contains(&most), "{most} processes");
    let begun = Stopwatch::start();
    home.done(&["stop", "--force", "greedy"]);
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
    // Whoever waits for a command of a sandbox that was stopped does not wait for ever.
    let ended = within(Duration::from_secs(10), || {
        child.try_wait().expect("a child").is_some()
    });
    let _ = child.kill();
    let _ = child.wait();
    assert!(ended, "exec goes on although its sandbox was stopped");
    assert!(count(&ids) < 20, "{} processes are left", count(&ids));
    assert_eq!(home.engine_pid(), engine);
    home.done(&["start", "greedy"]);
    assert_eq!(home.sh("greedy", "echo again").stdout, "again\n");
}

/// How many processes are in these sandboxes.
fn count(ids: &[String]) -> usize {
    fs::read_dir("/proc")
        .expect("a folder")
        .flatten()
        .filter_map(|entry| fs::read_to_string(entry.path().join("mountinfo")).ok())
        .filter(|mounts| {
            ids.iter()
                .any(|id| mounts.contains(&format!("upperdir=sandboxes/{id}/")))
        })
        .count()
}

#[test]
fn ten_gibibytes_are_not_had() {
    let home = two();
    let (enforced, by) = limited(&home, "memory");
    let text = home.text(&["info", "greedy"]);
    if !enforced {
        assert!(text.contains("memory not enforced"), "{text}");
        let why = crate::machine::limits_memory().expect_err("a machine without limits");
        crate::skip::skip(format_args!("{why}; {by}"));
        return;
    }
    assert!(text.contains(&format!("memory enforced ({by})")), "{text}");
    let engine = home.engine_pid();
    let begun = Stopwatch::start();
    let seen = home.run(&[
        "exec",
        "greedy",
        "--",
        "sh",
        "-c",
        "head -c 10737418240 /dev/zero | tail",
    ]);
    assert_ne!(seen.code, Some(0), "{} bytes were kept", seen.stdout.len());
    assert!(
        begun.elapsed() < Duration::from_mins(1),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(home.sh("calm", "echo here").stdout, "here\n");
    assert_eq!(home.engine_pid(), engine);
    assert!(home.text(&["list"]).contains("calm\tstarted"));
    // The sandbox either lives on without the greedy process, or says why it ended.
    let info = home.json(&["info", "greedy"]);
    if info["state"] == "started" {
        assert_eq!(home.sh("greedy", "echo still").stdout, "still\n");
    } else {
        let why = info["errorReason"].as_str().unwrap_or_default();
        assert!(why.contains("memory"), "{info}");
        home.done(&["start", "greedy"]);
    }
    // Memory that is shared or in a file system in memory counts too.
    let seen = home.sh(
        "greedy",
        "head -c 2147483648 /dev/zero > /dev/shm/big; ls -l /dev/shm/big; rm /dev/shm/big",
    );
    assert!(!seen.stdout.contains("2147483648"), "{seen}");
    assert_eq!(home.sh("calm", "echo here").stdout, "here\n");
}
