//! From the first command in an empty home to the last.

use crate::binary::Home;

#[test]
fn a_first_session_needs_no_account() {
    let home = Home::with_engine();
    let created = home.run(&["create", "--name", "demo"]);
    assert_eq!(created.code, Some(0), "{created}");
    assert_eq!(
        created.stderr.matches("using the local engine").count(),
        1,
        "{created}"
    );
    let ran = home.run(&["exec", "demo", "--", "sh", "-c", "echo $((6*7))"]);
    assert_eq!(
        (ran.stdout.as_str(), ran.stderr.as_str(), ran.code),
        ("42\n", "", Some(0))
    );
    let listed = home.run(&["list"]);
    assert!(listed.stdout.starts_with("demo\tstarted\t"), "{listed}");
    let deleted = home.run(&["delete", "demo"]);
    assert_eq!(deleted.code, Some(0), "{deleted}");
    assert_eq!(home.run(&["list", "-q"]).stdout, "");
}
