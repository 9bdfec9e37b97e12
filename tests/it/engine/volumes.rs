//! Volumes: shared while sandboxes run, kept when they are gone, and no way out of them.

use expect_test::expect;

use crate::binary::Home;

#[test]
fn a_volume_is_shared_and_outlives_its_sandboxes() {
    let home = Home::with_engine();
    home.done(&["volume", "create", "data"]);
    home.done(&["create", "--name", "one", "--volume", "data:/data"]);
    home.done(&[
        "create",
        "--name",
        "two",
        "--volume",
        "data:/mnt/deep/er",
        "--volume",
        "data:/home/daytona/mine:users/two",
    ]);
    let write = home.sh("one", "echo first > /data/note; mkdir /data/folder");
    assert_eq!(write.code, Some(0), "{write}");
    let two = home.sh(
        "two",
        "cat /mnt/deep/er/note; echo second >> /mnt/deep/er/note; echo own > ~/mine/note; ls ~/mine",
    );
    assert_eq!(two.stdout, "first\nnote\n", "{two}");
    let one = home.sh("one", "cat /data/note /data/users/two/note; ls /data");
    assert_eq!(
        one.stdout, "first\nsecond\nown\nfolder\nnote\nusers\n",
        "{one}"
    );
    let flags = home.sh("one", "grep ' /data ' /proc/self/mountinfo");
    assert!(flags.stdout.contains(" rw,nosuid,nodev"), "{flags}");

    let refused = home.run(&["volume", "delete", "data"]);
    expect![[r#"
        --- stderr ---
        error: Volume cannot be deleted because it is in use by one or more sandboxes (e.g. one, two) (409 Conflict)
        hint: a volume goes after its sandboxes: `daytona delete SANDBOX`
        --- exit 1
    "#]]
    .assert_eq(&refused.to_string());
    home.done(&["stop", "one"]);
    home.done(&["start", "one"]);
    assert_eq!(home.sh("one", "cat /data/note").stdout, "first\nsecond\n");
    home.done(&["delete", "one", "two"]);
    home.done(&["serve", "--stop"]);
    home.done(&["create", "--name", "three", "--volume", "data:/data"]);
    assert_eq!(home.sh("three", "cat /data/note").stdout, "first\nsecond\n");
    let shown = home.json(&["info", "three"]);
    assert_eq!(shown["volumes"][0]["mountPath"], "/data");
    home.done(&["delete", "three"]);
    home.done(&["volume", "rm", "data"]);
    let left = std::fs::read_dir(home.engine().join("runtime/volumes")).expect("a folder");
    assert_eq!(left.count(), 0);
}

#[test]
fn links_that_sandboxes_left_lead_nowhere_else() {
    let home = Home::with_engine();
    let outside = home.path().join("outside");
    std::fs::create_dir(&outside).expect("a folder");
    let outside = outside.display().to_string();
    home.done(&["volume", "create", "data"]);
    home.done(&["create", "--name", "one", "--volume", "data:/data:part"]);
    home.done(&["create", "--name", "two", "--volume", "data:/all"]);
    // Where the volume was, a link to a place of the host; and in the volume one as well.
    home.done(&["stop", "one"]);
    let plant = format!(
        "ln -s {outside} /all/out; ln -s ../../../../../../../.. /all/up; rmdir /all/part && ln -s /etc /all/part"
    );
    let planted = home.sh("two", &plant);
    assert_eq!(planted.code, Some(0), "{planted}");
    let start = home.run(&["start", "one"]);
    assert_eq!(start.code, Some(1), "{start}");
    assert!(
        start
            .stderr
            .contains("part is a link, which is not followed"),
        "{start}"
    );
    for folder in ["out", "out/made", "up", "up/made"] {
        let volume = format!("data:/x:{folder}");
        let made = home.run(&["create", "--name", "bad", "--volume", &volume]);
        assert_eq!(made.code, Some(1), "{made}");
        assert!(made.stderr.contains("which is not followed"), "{made}");
        home.done(&["delete", "bad"]);
    }
    // A link on the way to the mount point is one of the sandbox's own tree: it stays inside.
    home.done(&["create", "--name", "box", "--volume", "data:/srv/a/b"]);
    home.done(&["stop", "box"]);
    let upper = home
        .engine()
        .join("runtime/sandboxes")
        .join(home.json(&["info", "box"])["id"].as_str().expect("an id"));
    let upper = upper.join("upper/srv");
    std::fs::remove_dir_all(upper.join("a")).expect("the mount point");
    std::os::unix::fs::symlink(&outside, upper.join("a")).expect("a link");
    let start = home.run(&["start", "box"]);
    assert_eq!(start.code, Some(1), "{start}");
    assert!(
        start.stderr.contains("srv/a is a link to nowhere"),
        "{start}"
    );
    let made = std::fs::read_dir(&outside).expect("a folder").count();
    assert_eq!(made, 0, "something was made outside");
}

#[test]
fn what_cannot_be_a_volume_is_refused_in_words() {
    let home = Home::with_engine();
    for (flag, why) in [
        ("data", "it must be NAME:PATH or NAME:PATH:SUBPATH"),
        ("data:mnt", "must be absolute"),
    ] {
        let seen = home.run(&["create", "--volume", flag]);
        assert_eq!(seen.code, Some(2), "{seen}");
        assert!(seen.stderr.contains(why), "{seen}");
    }
    let seen = home.run(&["create", "--volume", "none:/data"]);
    assert_eq!(seen.code, Some(5), "{seen}");
    assert!(seen.stderr.contains("Volume 'none' not found"), "{seen}");
    home.done(&["volume", "create", "a"]);
    home.done(&["volumes", "new", "b"]);
    let seen = home.run(&["create", "--volume", "a:/etc/x"]);
    assert!(
        seen.stderr.contains("cannot mount to a system directory"),
        "{seen}"
    );
    let seen = home.run(&["volume", "create", "a"]);
    assert!(seen.stderr.contains("already exists"), "{seen}");
    let seen = home.run(&["volume", "info", "c"]);
    assert_eq!(seen.code, Some(5), "{seen}");
    expect![[r#"
        --- stderr ---
        error: this would delete 2 volumes: b, a
        hint: cannot prompt: not a terminal, or `CI` or `--no-input` is set; add `--yes` to delete them
        --- exit 2
    "#]]
    .assert_eq(&home.run(&["volume", "delete", "--all"]).to_string());
    let seen = home.run(&["volume", "delete", "a", "none"]);
    expect![[r#"
        --- stderr ---
        deleted `a`
        error: 1 of 2 volumes could not be deleted
          none: there is no volume `none`
        hint: list them: `daytona volume list`
        --- exit 1
    "#]]
    .assert_eq(&seen.to_string());
    home.done(&["volume", "delete", "a", "b", "--ignore-not-found"]);
    assert_eq!(home.text(&["volume", "list", "-q"]), "");
}
