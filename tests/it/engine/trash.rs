//! What is deleted comes back byte for byte, and is gone for good when it is to be.

use crate::binary::Home;

use super::network_again::kill_engine;

/// What is in a sandbox's home and beside it, as a listing that tells every difference: contents, modes, links,
/// owners, times.
const LOOK: &str = "cd / && find home/daytona opt/box \\( -type f -exec sha256sum {} + \\) -o -true | sort; \
    find home/daytona opt/box -printf '%p %y %m %U:%G %s %l %TY%Tm%Td%TH%TM%TS\\n' | sort";

const WRITE: &str = "mkdir -p /opt/box/deep && cd /opt/box && echo kept > deep/file && ln -s deep/file link && \
    ln deep/file hard && chmod 4750 deep/file && mkfifo pipe && head -c 3000000 /dev/urandom > big && \
    touch -d 2001-02-03 old && printf 'x' > \"$(printf 'odd\\nname')\"";

#[test]
fn a_deleted_sandbox_comes_back_byte_for_byte_after_a_crash_too() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo", "-l", "team=core"]);
    let wrote = home.sh("demo", WRITE);
    assert_eq!(wrote.code, Some(0), "{wrote}");
    let before = home.sh("demo", LOOK).stdout;
    let id = home.json(&["info", "demo"])["id"].clone();
    let deleted = home.run(&["delete", "demo"]);
    assert_eq!(
        (deleted.stderr.as_str(), deleted.code),
        (
            "deleted `demo`\nkept for 3 days: `daytona trash restore demo`\n",
            Some(0)
        ),
        "{deleted}"
    );
    assert_eq!(home.run(&["info", "demo"]).code, Some(5));
    assert_eq!(home.run(&["list", "-q"]).stdout, "");

    kill_engine(&home);
    let listed = home.json(&["trash", "list"]);
    assert_eq!(listed["items"][0]["name"], "demo");
    assert_eq!(listed["items"][0]["labels"]["team"], "core");
    home.done(&["create", "--name", "demo"]);
    let taken = home.run(&["trash", "restore", "demo"]);
    assert_eq!(taken.code, Some(1), "{taken}");
    home.done(&["trash", "restore", "demo", "--name", "back"]);
    let back = home.json(&["info", "back"]);
    assert_eq!((&back["id"], &back["state"]), (&id, &"stopped".into()));
    assert_eq!(back["labels"]["team"], "core");
    home.done(&["start", "back"]);
    assert_eq!(home.sh("back", LOOK).stdout, before);
}

#[test]
fn the_trash_is_emptied_by_name_or_whole_and_only_with_a_yes() {
    let home = Home::with_engine();
    for name in ["one", "two", "two", "gone"] {
        home.done(&["create", "--name", name]);
        let permanent: &[&str] = if name == "gone" {
            &["--permanent"]
        } else {
            &[]
        };
        let deleted = home.run(&[&["delete", name], permanent].concat());
        assert_eq!(deleted.code, Some(0), "{deleted}");
        assert_eq!(
            deleted.stderr.contains("trash"),
            name != "gone",
            "{deleted}"
        );
    }
    assert_eq!(home.disks().len(), 3);
    let several = home.run(&["trash", "empty", "two"]);
    assert_eq!(several.code, Some(1), "{several}");
    for words in [
        ["trash", "info", ""],
        ["trash", "restore", ""],
        ["trash", "empty", ""],
    ] {
        let empty = home.run(&words);
        assert_eq!(empty.code, Some(2), "{empty}");
    }
    let partly = home.run(&["trash", "empty", "one", "nope"]);
    assert_eq!(partly.code, Some(1), "{partly}");
    assert!(partly.stderr.contains("deleted `one`"), "{partly}");
    assert!(partly.stderr.contains("`daytona trash list`"), "{partly}");
    let asked = home.run(&["trash", "empty"]);
    assert_eq!(asked.code, Some(2), "{asked}");
    assert_eq!(
        home.json(&["trash", "list"])["items"]
            .as_array()
            .map(Vec::len),
        Some(2)
    );
    home.done(&["trash", "empty", "--yes"]);
    assert_eq!(home.run(&["trash", "list", "-q"]).stdout, "");
    assert_eq!(home.disks(), Vec::<String>::new());
    let missing = home.run(&["trash", "restore", "two"]);
    assert_eq!(missing.code, Some(5), "{missing}");
}

#[test]
fn layers_and_volumes_of_what_comes_back_are_there_or_missed_by_name() {
    let home = Home::with_engine();
    home.done(&["volume", "create", "data"]);
    home.done(&["create", "--name", "parent", "--volume", "data:/data"]);
    home.done(&["exec", "parent", "--", "sh", "-c", "echo kept > ~/note"]);
    home.done(&["fork", "parent", "--name", "child"]);
    home.done(&["delete", "parent", "child"]);
    home.done(&["trash", "restore", "child"]);
    home.done(&["start", "child"]);
    assert_eq!(home.sh("child", "cat ~/note").stdout, "kept\n");
    home.done(&["delete", "child", "--permanent"]);
    home.done(&["volume", "delete", "data"]);
    let refused = home.run(&["trash", "restore", "parent"]);
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(refused.stderr.contains("at /data was deleted"), "{refused}");
}
