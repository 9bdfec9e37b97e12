//! What the engine itself cannot do: told as its own failure, and in its log with the reason.

use std::fs;

use crate::binary::Home;

#[test]
fn a_start_that_fails_is_the_engines_and_in_its_log() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box", "-q"]);
    home.done(&["stop", "box", "-q"]);
    let id = home.disks().pop().expect("a disk");
    let disk = home.engine().join("runtime/sandboxes").join(id);
    let moved = home.engine().join("moved");
    fs::rename(&disk, &moved).expect("moved");
    fs::write(&disk, "no folder").expect("written");
    let failed = home.run(&["start", "box"]);
    assert_eq!(failed.code, Some(1), "{failed}");
    let reason = "Sandbox failed to start: Not a directory";
    assert!(failed.stderr.contains(reason), "{failed}");
    assert!(failed.stderr.contains("500"), "{failed}");
    let log = fs::read_to_string(home.engine().join("engine.log")).expect("a log");
    let told = |line: &str| line.contains("ERROR") && line.contains(reason);
    assert!(log.lines().any(told), "{log}");
    fs::remove_file(&disk).expect("removed");
    fs::rename(&moved, &disk).expect("moved back");
}
