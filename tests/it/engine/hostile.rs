//! What a sandbox may leave in its files to harm the engine: it is forked, archived and deleted like any.

use std::fs;
use std::time::Duration;

use crate::binary::Home;
use crate::leftover::within;

use super::ordinary_user::User;

/// Runs a command; what it printed and whether it succeeded.
type Run<'a> = &'a dyn Fn(&[&str]) -> (String, bool);

/// Everything that might be followed, opened, waited for or believed.
const TRAPS: &str = "set -e; mkdir -p ~/t; cd ~/t; ln -s /etc/shadow shadow; ln -s ../../../../../../../../.. up; ln -s / root; \
    mkfifo pipe; cp /bin/true suid; chmod 6755 suid; echo x > one; ln one two; \
    echo w > .wh.one; mkdir .wh..wh..opq .wh.folder; echo d > .wh..wh.aufs; \
    mkdir -p work/work index upper lower; ln -s self loop; ln -s loop self; \
    mkdir -p closed/inner; echo c > closed/inner/file; chmod 0 closed/inner/file; chmod 0 closed/inner; chmod 0 closed; \
    mkdir sticky; chmod 1777 sticky; echo '' > \"$(printf '%0255d' 7)\"; echo b > \"$(printf 'bad\\377\\nname')\"; \
    python3 -c \"
import os, socket
s = socket.socket(socket.AF_UNIX); s.bind('sock')
for i in range(40): os.setxattr('one', 'user.%040d' % i, b'v')
for name in ('user.overlay.opaque', 'trusted.overlay.opaque', 'user.overlay.redirect'):
    try: os.setxattr('upper', name, b'y')
    except OSError as error: print(name, 'refused')
for name in ('char', 'block'):
    try: os.mknod(name, 0o20666 if name == 'char' else 0o60666, os.makedev(1, 3))
    except OSError: print(name, 'refused')
os.mkdir('gone'); os.rmdir('gone')
\"; rm -rf /opt /srv /usr/local 2>/dev/null || true; echo planted";

/// What of it is seen in a fork or after an archive. A socket is nothing without its process.
const SEEN: &str = "cd ~/t; chmod 700 closed closed/inner closed/inner/file; cat closed/inner/file; readlink shadow up; \
    stat -c '%F %h' pipe one; cat .wh.one; ls -d .wh.*; ls -A | grep -vxc sock; python3 -c \"import os; print(len(os.listxattr('one')))\"; \
    chmod 0 closed/inner/file closed/inner closed";

fn traps(run: Run<'_>) {
    let text = |arguments: &[&str]| {
        let (text, success) = run(arguments);
        assert!(success, "{arguments:?}: {text}");
        text
    };
    let sh = |sandbox: &str, script: &str| text(&["exec", sandbox, "--", "sh", "-c", script]);
    text(&["volume", "create", "v"]);
    text(&["create", "--name", "a", "--volume", "v:/vol"]);
    let planted = sh("a", TRAPS);
    assert!(planted.contains("planted"), "{planted}");
    sh("a", "ln -s /etc/passwd /vol/passwd; mkfifo /vol/pipe");
    let expected = sh("a", SEEN);
    assert!(expected.starts_with("c\n/etc/shadow\n"), "{expected}");
    text(&["fork", "a", "--name", "running"]);
    assert_eq!(sh("running", SEEN), expected);
    text(&["pause", "a"]);
    text(&["fork", "a", "--name", "paused"]);
    text(&["resume", "a"]);
    assert_eq!(sh("paused", SEEN), expected);
    text(&["snapshot", "create", "s", "--sandbox", "a"]);
    text(&["create", "--name", "of", "--snapshot", "s"]);
    assert_eq!(sh("of", SEEN), expected);
    text(&["stop", "a"]);
    text(&["archive", "a"]);
    text(&["start", "a"]);
    assert_eq!(sh("a", SEEN), expected, "archived and brought back");
    text(&["stop", "a"]);
    text(&["fork", "a", "--name", "stopped"]);
    assert_eq!(sh("stopped", SEEN), expected);
    text(&["stop", "running"]);
    text(&["archive", "running"]);
    text(&["start", "running"]);
    assert_eq!(sh("running", SEEN), expected);
    text(&[
        "delete",
        "a",
        "running",
        "paused",
        "of",
        "stopped",
        "--permanent",
    ]);
    text(&["snapshot", "delete", "s"]);
    text(&["volume", "delete", "v"]);
}

/// Folders in folders: far more than a path may name, and than a stack may hold.
const DEEP: &str = "import os, sys\nos.chdir(os.path.expanduser('~'))\nfor i in range(int(sys.argv[1])):\n    os.mkdir('d'); os.chdir('d')\nopen('f', 'w').write('bottom')";

fn depths(run: Run<'_>, depth: &str) {
    let text = |arguments: &[&str]| {
        let (text, success) = run(arguments);
        assert!(success, "{arguments:?}: {text}");
        text
    };
    text(&["create", "--name", "deep"]);
    // As deep as a path can say: it is copied.
    text(&["exec", "deep", "--", "/usr/bin/python3", "-c", DEEP, depth]);
    text(&["fork", "deep", "--name", "copy"]);
    let bottom = "find ~ -name f | wc -c";
    let at = text(&["exec", "deep", "--", "sh", "-c", bottom]);
    assert_eq!(text(&["exec", "copy", "--", "sh", "-c", bottom]), at);
    text(&["stop", "copy"]);
    text(&["archive", "copy"]);
    text(&["start", "copy"]);
    assert_eq!(text(&["exec", "copy", "--", "sh", "-c", bottom]), at);
    // Deeper: said, and nothing else comes to harm.
    text(&["create", "--name", "abyss"]);
    text(&[
        "exec",
        "abyss",
        "--",
        "/usr/bin/python3",
        "-c",
        DEEP,
        "6000",
    ]);
    let (said, forked) = run(&["fork", "abyss", "--name", "no"]);
    assert!(!forked && said.contains("File name too long"), "{said}");
    assert_eq!(
        text(&["exec", "abyss", "--", "echo still here"]),
        "still here\n"
    );
    text(&["stop", "abyss"]);
    let (said, archived) = run(&["archive", "abyss"]);
    assert!(!archived && said.contains("longer than 4096"), "{said}");
    text(&["fork", "abyss", "--name", "yes"]);
    text(&["snapshot", "create", "abyss", "--sandbox", "yes"]);
    text(&["snapshot", "delete", "abyss"]);
    text(&["delete", "deep", "copy", "abyss", "yes", "--permanent"]);
}

fn nothing_left(runtime: &std::path::Path) {
    for folder in ["doomed", "sandboxes"] {
        let left = || fs::read_dir(runtime.join(folder)).map_or(0, Iterator::count);
        assert!(
            within(Duration::from_secs(20), || left() == 0),
            "{} in {folder}",
            left()
        );
    }
}

#[test]
fn traps_in_files_catch_nobody() {
    let home = Home::with_engine();
    let run = |arguments: &[&str]| {
        let seen = home.run(arguments);
        if seen.code == Some(0) {
            (seen.stdout, true)
        } else {
            (seen.to_string(), false)
        }
    };
    home.done(&["create", "--name", "first"]);
    let engine = home.engine_pid();
    home.done(&["delete", "first", "--permanent"]);
    traps(&run);
    depths(&run, "1900");
    assert_eq!(home.engine_pid(), engine, "the engine broke");
    nothing_left(&home.engine().join("runtime"));
}

#[test]
fn traps_for_an_ordinary_user_too() {
    let Some(user) = User::make("h") else {
        return;
    };
    let run = |arguments: &[&str]| {
        let output = user.run(arguments);
        let success = output.status.success();
        let text = if success {
            output.stdout
        } else {
            output.stderr
        };
        (String::from_utf8_lossy(&text).into_owned(), success)
    };
    traps(&run);
    depths(&run, "600");
    nothing_left(&user.engine().join("runtime"));
}
