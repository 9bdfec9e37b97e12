//! A disk that is full: what cannot be done is said, and nothing of it stays.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::binary::Home;
use crate::leftover::within;
use crate::registry::tar;

/// A small file system where the engine's folder is to be.
struct Small(PathBuf);

impl Small {
    fn mount(at: &Path) -> Result<Self, String> {
        if !rustix::process::geteuid().is_root() {
            return Err("only root can mount a small disk".to_owned());
        }
        fs::create_dir_all(at).map_err(|error| error.to_string())?;
        let output = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=64m,mode=711", "tmpfs"])
            .arg(at)
            .output()
            .map_err(|error| error.to_string())?;
        if output.status.success() {
            Ok(Self(at.to_owned()))
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }

    /// Whether this kernel mounts an overlay there: asked of the kernel, so that an engine that fails for
    /// another reason fails the test.
    fn takes_overlays(&self) -> bool {
        let probe = self.0.join("probe");
        let [lower, upper, work, merged] =
            ["lower", "upper", "work", "merged"].map(|name| probe.join(name));
        for folder in [&lower, &upper, &work, &merged] {
            fs::create_dir_all(folder).expect("a folder");
        }
        let (lower, upper, work) = (lower.display(), upper.display(), work.display());
        let options = format!("lowerdir={lower},upperdir={upper},workdir={work}");
        let mounted = Command::new("mount")
            .args(["-t", "overlay", "overlay", "-o", &options])
            .arg(&merged)
            .output()
            .is_ok_and(|output| output.status.success());
        if mounted {
            let status = Command::new("umount").arg(&merged).status();
            assert!(status.expect("umount").success());
        }
        fs::remove_dir_all(probe).expect("removed");
        mounted
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// The bytes that are in use there.
fn used(at: &Path) -> u64 {
    let stat = rustix::fs::statvfs(at).expect("a file system");
    (stat.f_blocks - stat.f_bfree) * stat.f_frsize
}

#[test]
fn a_full_disk_is_said_and_nothing_is_lost() {
    let home = Home::with_engine();
    // Outlives the home's own end: the engine must let go of it first.
    let small = match Small::mount(&home.engine()) {
        Ok(small) => small,
        Err(why) => {
            crate::skip::skip(format_args!("{why}"));
            return;
        }
    };
    if !small.takes_overlays() {
        crate::skip::skip("no overlay over a file system in memory here");
        end(home, small);
        return;
    }
    home.done(&["create", "--name", "box"]);
    home.done(&[
        "exec",
        "box",
        "--",
        "echo kept > ~/mark; head -c 34000000 /dev/urandom > ~/big",
    ]);
    let settled = || {
        let doomed = home.engine().join("runtime/doomed");
        within(Duration::from_secs(10), || {
            fs::read_dir(&doomed).map_or(0, Iterator::count) == 0
        });
        used(&home.engine())
    };
    let before = settled();
    let full = |seen: crate::binary::Seen| {
        assert_ne!(seen.code, Some(0), "{seen}");
        assert!(seen.stderr.contains("No space left on device"), "{seen}");
        assert!(!seen.stderr.contains("internal"), "{seen}");
    };
    let same = |what: &str| {
        let now = settled();
        assert!(
            now <= before + (1 << 20),
            "{what} left {} bytes",
            now - before
        );
        assert_eq!(home.sh("box", "cat ~/mark").stdout, "kept\n", "{what}");
    };
    full(home.run(&["snapshot", "create", "s", "--sandbox", "box"]));
    home.done(&["snapshot", "delete", "--ignore-not-found", "s"]);
    same("a snapshot");
    full(home.run(&["fork", "box", "--name", "child"]));
    assert_eq!(home.run(&["info", "child"]).code, Some(5));
    same("a fork");
    // What is sent does not fit; and what fits, but not unpacked.
    let rock = tar(&[("etc/", b""), ("etc/rock", &noise(36_000_000))]);
    fs::write(home.path().join("rock.tar"), &rock).expect("a file");
    let zeros = tar(&[("etc/", b""), ("etc/zeros", &vec![0; 60_000_000])]);
    fs::write(home.path().join("zeros.tar"), &zeros).expect("a file");
    let packed = Command::new("gzip")
        .arg(home.path().join("zeros.tar"))
        .status();
    assert!(packed.expect("gzip").success());
    for from in ["rock.tar", "zeros.tar.gz"] {
        full(home.run(&["snapshot", "create", "image", "--from", from]));
        home.done(&["snapshot", "delete", "--ignore-not-found", "image"]);
        same(from);
    }
    home.done(&["stop", "box"]);
    full(home.run(&["archive", "box"]));
    let now = settled();
    assert!(
        now <= before + (1 << 20),
        "an archive left {} bytes",
        now - before
    );
    assert_eq!(home.json(&["info", "box"])["state"], "stopped");
    home.done(&["start", "box"]);
    assert_eq!(
        home.sh("box", "cat ~/mark; wc -c < ~/big").stdout,
        "kept\n34000000\n"
    );
    end(home, small);
}

/// The engine goes, and then its disk.
fn end(home: Home, small: Small) {
    let _ = home.run(&["delete", "--all", "--yes"]);
    let _ = home.run(&["serve", "--stop"]);
    drop(small);
    drop(home);
}

fn noise(count: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    })
    .take(count)
    .collect()
}

/// A disk of an ext4 file system where the engine's folder is to be: its whole size, and none of it root's.
fn ext4(at: &Path, image: &Path, size: &str) -> Result<Small, String> {
    if !rustix::process::geteuid().is_root() {
        return Err("only root can mount a small disk".to_owned());
    }
    fs::create_dir_all(at).map_err(|error| error.to_string())?;
    for (program, arguments) in [
        ("truncate", vec!["-s", size]),
        ("mkfs.ext4", vec!["-q", "-m", "0"]),
        ("mount", vec!["-o", "loop"]),
    ] {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .arg(image)
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        if program == "mount" {
            command.arg(at);
        }
        let output = command
            .output()
            .map_err(|error| format!("{program}: {error}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
    }
    Ok(Small(at.to_owned()))
}

#[test]
fn a_sandbox_that_fills_the_disk_can_be_stopped_and_deleted() {
    let home = Home::with_engine();
    let image = home.path().join("disk.img");
    let _small = match ext4(&home.engine(), &image, "80M") {
        Ok(small) => small,
        Err(why) => {
            crate::skip::skip(format_args!("{why}"));
            return;
        }
    };
    home.done(&["create", "--name", "greedy"]);
    home.done(&["create", "--name", "other"]);
    // It fills the disk, and goes on taking what becomes free.
    let fill = "nohup sh -c 'while :; do cat /dev/zero >>~/fill; sleep 0.02; done' >/dev/null 2>&1 & sleep 3; df -k ~ | tail -1";
    let filled = home.sh("greedy", fill);
    assert!(filled.stdout.contains("100%"), "{filled}");
    let listed = home.json(&["list", "--all"]);
    assert_eq!(
        listed["items"].as_array().map(Vec::len),
        Some(2),
        "{listed}"
    );
    let refused = home.run(&["create", "--name", "third"]);
    assert!(
        refused.code == Some(1) && refused.stderr.contains("the disk is full"),
        "{refused}"
    );
    let doctor = home.run(&["doctor"]);
    assert!(doctor.stdout.contains("the disk is full"), "{doctor}");
    // The owner is not locked out: not now, and not by the next engine.
    home.done(&["stop", "other"]);
    home.done(&["start", "other"]);
    assert!(home.sh("other", "echo works").stdout == "works\n");
    home.done(&["serve", "--stop"]);
    home.done(&["list"]);
    home.done(&["stop", "other"]);
    home.done(&["delete", "other", "--yes"]);
    let pid = home.engine_pid().expect("an engine");
    rustix::process::kill_process(
        rustix::process::Pid::from_raw(pid).expect("a process"),
        rustix::process::Signal::KILL,
    )
    .expect("killed");
    home.done(&["list"]);
    home.done(&["stop", "greedy"]);
    home.done(&["delete", "greedy", "--yes"]);
    assert!(within(Duration::from_secs(10), || {
        home.run(&["create", "--name", "third"]).code == Some(0)
    }));
    home.done(&["delete", "--all", "--yes"]);
    home.done(&["serve", "--stop"]);
}
