//! `daytona cp` of what is no plain file: links stay links, and nothing is read or written through them.

use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::time::Duration;

use crate::binary::Home;
use crate::stopwatch::Stopwatch;

fn leads(path: &Path) -> String {
    let leads = fs::read_link(path).expect("a link");
    leads.display().to_string()
}

#[test]
fn links_stay_links_and_what_cannot_be_carried_is_told() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let secret = home.path().join("secret");
    fs::write(&secret, "private key").expect("a file");
    let project = home.path().join("project");
    fs::create_dir_all(project.join("deep")).expect("folders");
    fs::write(project.join("file"), "text").expect("a file");
    fs::write(project.join("deep/other"), "more").expect("a file");
    symlink("file", project.join("near")).expect("a link");
    symlink("../file", project.join("deep/up")).expect("a link");
    symlink(&secret, project.join("far")).expect("a link");
    symlink("nowhere", project.join("dangling")).expect("a link");
    symlink(".", project.join("circle")).expect("a link");
    symlink("deep", project.join("folder")).expect("a link");
    symlink("it's \"odd\"\n", project.join("quo'te $(x)\n")).expect("a link");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        project.join("fifo"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RWXU,
        0,
    )
    .expect("a FIFO");
    let _socket = UnixListener::bind(project.join("socket")).expect("a socket");
    let odd = std::ffi::OsStr::from_bytes(b"odd\xff");
    fs::write(project.join(odd), "x").expect("a file");

    let begun = Stopwatch::start();
    let seen = home.run(&["cp", "project", "demo:there"]);
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert_eq!(seen.code, Some(1), "{seen}");
    assert!(
        seen.stderr.contains("3 things could not be copied"),
        "{seen}"
    );
    for word in [
        "fifo: it is neither",
        "socket: it is neither",
        "its name is not UTF-8",
    ] {
        assert!(seen.stderr.contains(word), "{word}: {seen}");
    }
    let inside = home.sh("demo", "cd there && find . -type f | sort && find . -type l | wc -l && readlink near deep/up far dangling circle folder && readlink \"quo'te \\$(x)\n\" && ! grep -r 'private key' .");
    // The seventh link's name has a line's end in it.
    let expected =
        "./deep/other\n./file\n8\nfile\n../file\n[HOME]/secret\nnowhere\n.\ndeep\nit's \"odd\"\n\n";
    assert_eq!(inside.stdout, expected, "{inside}");
    assert_eq!(inside.code, Some(0), "{inside}");

    // And back, with things that only a sandbox has.
    let _ = home.sh(
        "demo",
        "cd there && mkfifo pipe && ln -s /etc/passwd system && ln -s .. above",
    );
    let begun = Stopwatch::start();
    let seen = home.run(&["cp", "demo:there", "back"]);
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert_eq!(seen.code, Some(1), "{seen}");
    assert!(
        seen.stderr.contains("1 thing could not be copied") && seen.stderr.contains("pipe"),
        "{seen}"
    );
    let back = home.path().join("back");
    assert_eq!(leads(&back.join("near")), "file");
    assert_eq!(leads(&back.join("deep/up")), "../file");
    assert_eq!(leads(&back.join("system")), "/etc/passwd");
    assert_eq!(leads(&back.join("circle")), ".");
    assert_eq!(leads(&back.join("above")), "..");
    assert_eq!(leads(&back.join("dangling")), "nowhere");
    assert_eq!(leads(&back.join("quo'te $(x)\n")), "it's \"odd\"\n");
    assert_eq!(
        fs::read_to_string(back.join("deep/other")).expect("a file"),
        "more"
    );
    // Once more over what is there.
    fs::rename(&back, home.path().join("there")).expect("a folder");
    let again = home.run(&["cp", "demo:there", ".", "--json"]);
    let again: serde_json::Value = serde_json::from_str(&again.stdout).expect("JSON");
    assert_eq!(
        (&again["files"], &again["links"]),
        (&2.into(), &9.into()),
        "{again}"
    );
    assert_eq!(again["leftOut"][0]["path"], "there/pipe", "{again}");
}

#[test]
fn nothing_is_written_through_links_that_are_there() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    // Here: a folder and a file of the sandbox meet links of the same name.
    let outside = home.path().join("outside");
    fs::create_dir(&outside).expect("a folder");
    fs::write(outside.join("kept"), "kept").expect("a file");
    let _ = home.sh(
        "demo",
        "mkdir -p s/sub && echo new > s/sub/kept && echo new > s/file && echo new > s/fine",
    );
    let target = home.path().join("s");
    fs::create_dir(&target).expect("a folder");
    symlink(&outside, target.join("sub")).expect("a link");
    symlink(outside.join("kept"), target.join("file")).expect("a link");
    let seen = home.run(&["cp", "demo:s", "."]);
    assert_eq!(seen.code, Some(1), "{seen}");
    assert!(
        seen.stderr.contains("a link of this name is there"),
        "{seen}"
    );
    assert_eq!(
        fs::read_to_string(outside.join("kept")).expect("a file"),
        "kept"
    );
    assert_eq!(fs::read_dir(&outside).expect("a folder").count(), 1);
    assert_eq!(
        fs::read_to_string(target.join("file")).expect("a file"),
        "new\n"
    );
    assert_eq!(
        fs::read_to_string(target.join("fine")).expect("a file"),
        "new\n"
    );
    assert!(!target.join("file").is_symlink());

    // In the sandbox: the same.
    let local = home.path().join("local");
    fs::create_dir_all(local.join("sub")).expect("folders");
    fs::write(local.join("sub/x"), "new").expect("a file");
    fs::write(local.join("file"), "new").expect("a file");
    let _ = home.sh("demo", "mkdir -p d/local /tmp/away && echo kept > /tmp/away/kept && ln -s /tmp/away d/local/sub && ln -s /tmp/away/kept d/local/file");
    let seen = home.run(&["cp", "local", "demo:d"]);
    assert_eq!(seen.code, Some(1), "{seen}");
    let inside = home.sh("demo", "cat d/local/file /tmp/away/kept; ls /tmp/away");
    assert_eq!(inside.stdout, "newkept\nkept\n", "{inside}");
}
