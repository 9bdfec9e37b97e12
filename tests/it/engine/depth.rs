//! Forks of forks of forks: after all restacks and merges a disk is what one without forks would be.

use std::fmt::Write as _;
use std::time::Duration;

use crate::binary::Home;
use crate::leftover::within;

/// How deep: beyond the number of layers at which those that sandboxes wrote are merged.
const DEPTH: usize = 40;

/// All that a listing of a tree shows, with what the files hold; times, inodes and how many names a
/// file has aside: in an overlay, a file of a lower layer with two names becomes two when it is written to.
const LISTING: &str = "cd ~/t && find . -mindepth 1 \\( -type d -printf '%p d %m %u %g\\n' \\) -o -printf '%p %y %m %u %g %s %l\\n' | sort; \
    find . -type f ! -perm 000 -exec sha256sum {} + | sort; \
    python3 -c \"
import os
for top, folders, files in sorted(os.walk('.')):
    for name in sorted(folders + files):
        path = os.path.join(top, name)
        if os.path.islink(path) or not os.access(path, os.R_OK): continue
        for one in sorted(os.listxattr(path)): print(path, one, os.getxattr(path, one))
\"";

/// What is done in generation `step`: things that overlays find hard, over and over in the same places.
fn work(step: usize) -> String {
    let mut text =
        format!("set -e; mkdir -p ~/t; cd ~/t; echo {step} > file-{step}; echo {step} >> common; ");
    let hard = [
        "mkdir -p again; echo a > again/a-$S; ",
        "rm -rf again; mkdir again; echo b > again/b-$S; ",
        "rm -rf again; echo c > again; ",
        "rm -f again; mkdir -p again/deep/er; echo d > again/deep/er/d; ",
        "mv again moved; mkdir again; mv moved again/inner; ",
        "rm -rf again/inner/deep; ln -s nowhere again/inner/deep; rm -f hard; ln file-$S hard; ",
        "chmod 700 file-$S; chmod 2750 again; rm -f common; ",
        "rm -f hard; mkdir hard; echo y > hard/y; touch 'a b' \"$(printf 'new\\nline\\377')\"; ",
        "rm -rf hard; mkfifo hard; rm -f 'a b'; mkdir 'a b'; ",
        "rm -rf 'a b' hard; python3 -c \"import os; os.setxattr('file-$S', 'user.step', b'$S'); os.setxattr('again', 'user.folder', b'$S')\"; ",
        "rm -rf again; ",
        "mkdir again; echo z > again/z; mkdir closed; echo w > closed/w; chmod 0 closed/w; ",
        "chmod 700 closed; rm -rf closed; rm -f file-$((S-5)); ",
    ];
    let _ = write!(text, "S={step}; {}", hard[step % hard.len()]);
    text
}

#[test]
fn forty_forks_of_forks_are_as_one_disk() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "plain"]);
    home.done(&["create", "--name", "f0"]);
    let layers = home.engine().join("runtime/layers");
    let count = || std::fs::read_dir(&layers).expect("layers").count();
    let mut dice = 20_261_121_u64;
    let mut alive = vec![0];
    for step in 0..DEPTH {
        let name = format!("f{step}");
        for sandbox in ["plain", &name] {
            let seen = home.sh(sandbox, &work(step));
            assert_eq!(seen.code, Some(0), "step {step} in {sandbox}: {seen}");
        }
        // Two in three at rest, where the disk is renamed; the others running, where it is copied.
        if step % 3 != 0 {
            home.done(&["stop", "--force", &name]);
        }
        let next = format!("f{}", step + 1);
        home.done(&["fork", &name, "--name", &next]);
        alive.push(step + 1);
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        // Parents go in any order, but never the one that was just made.
        let at = usize::try_from(dice >> 33).expect("a number") % (alive.len() - 1);
        if step % 2 == 1 {
            let gone = format!("f{}", alive.remove(at));
            home.done(&["delete", &gone, "--permanent"]);
        }
        if step % 20 == 19 {
            let plain = home.sh("plain", LISTING);
            let forked = home.sh(&next, LISTING);
            assert!(plain.stdout.contains("file-"), "{plain}");
            assert_eq!(forked.stdout, plain.stdout, "after {step} forks");
        }
    }
    let last = format!("f{DEPTH}");
    home.done(&["stop", &last]);
    home.done(&["archive", &last]);
    home.done(&["start", &last]);
    assert_eq!(
        home.sh(&last, LISTING).stdout,
        home.sh("plain", LISTING).stdout,
        "after an archive"
    );
    home.done(&["delete", "--all", "--yes", "--permanent"]);
    assert!(
        within(Duration::from_secs(30), || count() <= 1),
        "{} layers are left",
        count()
    );
}
