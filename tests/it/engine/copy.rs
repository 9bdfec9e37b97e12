//! `daytona cp`: what arrives is what was sent, both ways, and nothing goes where it should not.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::binary::Home;

#[test]
fn files_and_folders_go_in_and_come_back() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let project = home.path().join("pro ject");
    fs::create_dir_all(project.join("deep/empty")).expect("folders");
    let bytes: Vec<u8> = (0..3_000_000_u32).flat_map(u32::to_le_bytes).collect();
    fs::write(project.join("deep/ä\nb"), &bytes).expect("a file");
    fs::write(project.join("run.sh"), "#!/bin/sh\necho ran\n").expect("a file");
    fs::set_permissions(project.join("run.sh"), fs::Permissions::from_mode(0o750)).expect("a mode");

    let copied = home.json(&["cp", "pro ject", "demo:there"]);
    assert_eq!(
        (&copied["files"], &copied["bytes"]),
        (&2.into(), &12_000_019.into()),
        "{copied}"
    );
    assert_eq!(
        home.sh("demo", "there/run.sh; ls -d there/deep/empty")
            .stdout,
        "ran\nthere/deep/empty\n"
    );
    // A folder that is there takes it under its own name.
    home.done(&["cp", "pro ject/run.sh", "demo:there"]);
    home.done(&["cp", "demo:there", "back"]);
    assert_eq!(
        fs::read(home.path().join("back/deep/ä\nb")).expect("the file"),
        bytes
    );
    let mode = fs::metadata(home.path().join("back/run.sh"))
        .expect("the file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o750);
}

#[test]
fn streams_are_the_two_ends_of_a_pipe() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let sent = home.pipe(&["cp", "-", "demo:/tmp/note"], "hello\n");
    assert_eq!(sent.code, Some(0), "{sent}");
    let got = home.run(&["cp", "demo:/tmp/note", "-"]);
    assert_eq!(
        (got.stdout.as_str(), got.stderr.as_str(), got.code),
        ("hello\n", "", Some(0))
    );
}

#[test]
fn what_cannot_be_copied_is_said() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    for (arguments, code, word) in [
        (
            ["cp", "a", "b"],
            2,
            "one of the two places must be in a sandbox",
        ),
        (
            ["cp", "demo:a", "demo:b"],
            2,
            "one of the two places must be in a sandbox",
        ),
        (["cp", "missing", "demo:a"], 5, "cannot read missing"),
        (["cp", "demo:missing", "a"], 5, "missing"),
        (["cp", "demo:.", "-"], 2, "is a folder"),
        (["cp", "-", "demo:."], 2, "is a folder"),
        (
            ["cp", "demo:/usr/bin/env", "/proc/nowhere/x"],
            1,
            "cannot write",
        ),
    ] {
        let seen = home.run(&arguments);
        assert_eq!(seen.code, Some(code), "{arguments:?}: {seen}");
        assert!(seen.stderr.contains(word), "{arguments:?}: {seen}");
    }
}
