//! The official SDKs for TypeScript and Python, each in an old and its newest version.

use std::fs;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};

use super::clients::{installed, python, reach, run, script, setup, skipped};
use crate::binary::Home;

/// The folder with a version of the TypeScript SDK.
pub(super) fn npm(version: &str) -> Result<PathBuf, String> {
    installed(&format!("npm-sdk-{version}"), |folder| {
        let package = "{\"private\":true,\"type\":\"module\"}\n";
        fs::write(folder.join("package.json"), package).map_err(|error| error.to_string())?;
        let wanted = format!("@daytona/sdk@{version}");
        let install = ["install", "--silent", "--no-audit", "--no-fund", &wanted];
        setup("npm", &install, folder)
    })
}

fn typescript(name: &str, version: &str, expected: &Expect) {
    let packages = match npm(version) {
        Ok(packages) => packages,
        Err(why) => skipped!(format!("@daytona/sdk@{version} cannot be installed: {why}")),
    };
    let home = Home::with_engine();
    // Modules are looked for beside the script.
    let copy = packages.join(name);
    fs::copy(script(name), &copy).expect("a copy");
    let copy = copy.display().to_string();
    let seen = run(&home, Path::new("node"), &[&copy], &reach(&home));
    assert_eq!(seen.code, Some(0), "{seen}");
    expected.assert_eq(&seen.stdout);
    assert_eq!(home.text(&["list", "-q"]), "");
}

fn in_python(name: &str, folder: &str, package: &str, expected: &Expect) {
    let python = match python(folder, package) {
        Ok(python) => python,
        Err(why) => skipped!(format!("{package} cannot be installed: {why}")),
    };
    let home = Home::with_engine();
    let seen = run(&home, &python, &[&script(name)], &reach(&home));
    assert_eq!(seen.code, Some(0), "{seen}");
    expected.assert_eq(&seen.stdout);
    assert_eq!(home.text(&["list", "-q"]), "");
}

fn asynchronous() -> Expect {
    expect![[r#"
        created async started
        started started ['async']
        exec 3 me
        code 0 42
        gathered ['0', '1', '2', '3', '4', '5', '6', '7']
        files ['big', 'one'] b'one'
        big 5242880
        missing DaytonaFileNotFoundError
        logs 'out\n' 'err\n'
        session 0 '/tmp\n'
        pty 3 True
        interpreter '42\n' NameError
        interrupted DaytonaTimeoutError
        gone
    "#]]
}

fn synchronous() -> Expect {
    expect![[r#"
        by label ['page-1', 'page-2', 'page-3'] in pages 3
        unknown DaytonaNotFoundError 404
        taken DaytonaConflictError 409
        wrong key DaytonaAuthenticationError 401
        forked py-child kept
        resized 1 2 stopped
        archived archived
        paused paused
        snapshot active started
        from it kept
        no snapshot DaytonaBadRequestError 400
        file (200, b'a file')
        rotated 401
        signed 8000 True
        left []
    "#]]
}

fn sandboxes() -> Expect {
    expect![[r#"
        created ts started 3
        stopped stopped
        archived archived
        started started /home/daytona
        changed 5 b
        unknown DaytonaNotFoundError 404
        taken DaytonaConflictError 409
        wrong key DaytonaAuthenticationError 401
        by label [ 'page-1', 'page-2', 'page-3' ] in pages 3
        by state [] []
        forked ts-child kept
        resized 1 2 stopped
        paused paused
        snapshot active started
        from it kept
        no snapshot DaytonaValidationError 400
        in use DaytonaConflictError 409
        volumes [ 'ts-data' ]
        preview [ 200, 'page\n' ] true
        signed [ 200, 'page\n' ]
        expired true
        file [ 200, 'a file' ]
        rotated 401
        deleted DaytonaNotFoundError 404
        left []
    "#]]
}

fn toolbox() -> Expect {
    expect![[r#"
        files [ 'a b.txt', 'big', 'ä.txt' ]
        download one 5242880
        several [ [ 'work/ä.txt', 'zwei', false ], [ 'work/none', undefined, true ] ]
        found 1 2
        replaced [ true ]
        details 0600
        missing DaytonaFileNotFoundError
        folder DaytonaInvalidFilePathError
        streamed true 4194304 { bytesReceived: 4194304, totalBytes: 4194304 }
        aborted DaytonaError
        left [ 'big', 'moved', 'stream', 'ä.txt' ]
        code 0 [ 'x' ] 42
        executed 3 "/tmp\n1\n"
        timeout DaytonaProcessExecutionTimeoutError
        logs ["out\n","err\n"]
        session 0 "now\n" 1
        no session DaytonaNotFoundError
        resized 100
        pty 3 true
        interpreter "42\n" ValueError
        context "/tmp\n" NameError 1
        interrupted DaytonaTimeoutError
        git 40 side [ 'main', 'side' ]
        cloned 1
        no repository DaytonaGitRepoNotFoundError
    "#]]
}

#[test]
fn sandboxes_through_the_typescript_sdk() {
    typescript("sdk_sandboxes.mjs", "0.205.1", &sandboxes());
}

#[test]
fn sandboxes_through_its_newest_version() {
    typescript("sdk_sandboxes.mjs", "latest", &sandboxes());
}

#[test]
fn the_toolbox_through_the_typescript_sdk() {
    typescript("sdk_toolbox.mjs", "0.205.1", &toolbox());
}

#[test]
fn the_toolbox_through_its_newest_version() {
    typescript("sdk_toolbox.mjs", "latest", &toolbox());
}

#[test]
fn the_asynchronous_python_sdk() {
    let (script, expected) = ("sdk_async.py", asynchronous());
    in_python(script, "sdk-pinned", "daytona==0.205.1", &expected);
}

#[test]
fn its_newest_version() {
    in_python("sdk_async.py", "sdk-newest", "daytona", &asynchronous());
}

#[test]
fn sandboxes_through_the_python_sdk() {
    let (script, expected) = ("sdk_sandboxes.py", synchronous());
    in_python(script, "sdk-pinned", "daytona==0.205.1", &expected);
    in_python(script, "sdk-newest", "daytona", &expected);
}

/// Its deletion is one that is looked at once more; its toolbox is below the API.
#[test]
fn older_versions_of_the_python_sdk() {
    let expected = |listed: &str| {
        format!(
            "created started 3\ncode 42\nfile b'written' ['a.txt']\nsession 0 in session\n{listed}deleted\n"
        )
    };
    for (folder, package, listed) in [
        ("sdk-0.102", "daytona==0.102.0", ""),
        ("sdk-0.115", "daytona==0.115.0", "listed 1\n"),
    ] {
        let python = match python(folder, package) {
            Ok(python) => python,
            Err(why) => skipped!(why),
        };
        let home = Home::with_engine();
        let seen = run(&home, &python, &[&script("sdk_older.py")], &reach(&home));
        assert_eq!(
            (seen.code, seen.stdout.as_str()),
            (Some(0), &*expected(listed)),
            "{seen}"
        );
        assert_eq!(home.text(&["list", "-q"]), "");
    }
}
