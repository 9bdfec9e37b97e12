//! What the engine tells of changes, and that who listens can end: the official SDK for TypeScript does.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use expect_test::expect;

use super::clients::{reach, run, script, skipped};
use super::sdks::npm;
use crate::binary::Home;

fn told(version: &str) {
    let packages = match npm(version) {
        Ok(packages) => packages,
        Err(why) => skipped!(format!("@daytona/sdk@{version} cannot be installed: {why}")),
    };
    let home = Home::with_engine();
    let copy = packages.join("sdk_events.mjs");
    fs::copy(script("sdk_events.mjs"), &copy).expect("a copy");
    let copy = copy.display().to_string();
    let seen = run(&home, Path::new("node"), &[&copy], &reach(&home));
    let ended = SystemTime::UNIX_EPOCH.elapsed().expect("a clock");
    assert_eq!(seen.code, Some(0), "{seen}");
    expect![[r#"
        wrong Unauthorized Unauthorized
        sandbox.created creating
        sandbox.state.updated started
        sandbox.desired-state.updated stopped
        sandbox.state.updated stopping
        sandbox.state.updated stopped
        snapshot.created snapshotting
        sandbox.state.updated snapshotting
        sandbox.state.updated stopped
        snapshot.state.updated active
        snapshot.removed active
        sandbox.desired-state.updated destroyed
        sandbox.state.updated destroying
        sandbox.state.updated destroyed
        volume.created ready
        volume.state.updated deleting
        volume.state.updated deleted
        the same by [ true, true ]
        transport websocket
        whole told secret true
        limited undefined []
        revoked io server disconnect true
        last line
    "#]]
    .assert_eq(&seen.stdout);
    // The last thing that it does is to say when.
    let last = seen.stderr.lines().last().and_then(|at| at.parse().ok());
    let last = Duration::from_millis(last.unwrap_or_else(|| panic!("no time: {seen}")));
    let after = ended.saturating_sub(last);
    assert!(after < Duration::from_secs(1), "it ended after {after:?}");
    home.done(&["delete", "left"]);
    assert_eq!(home.text(&["list", "-q"]), "");
}

#[test]
fn the_typescript_sdk_is_told_of_changes_and_ends() {
    told("0.205.1");
}

#[test]
fn its_newest_version_is_too() {
    told("latest");
}
