//! The official Python SDK, of two versions, against a real sandbox: files, programs, git.
//!
//! A virtual environment is made once per version below the build's own folder. Where it cannot be
//! made (no python3, no network) the tests say so and pass.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use expect_test::{Expect, expect};

use super::sandbox::Sandbox;

const VERSIONS: [&str; 2] = ["0.205.1", "0.226.1"];

fn python(version: &str) -> Option<PathBuf> {
    static MAKING: Mutex<()> = Mutex::new(());
    let _alone = MAKING.lock();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("daytona-{version}"));
    let python = folder.join("bin/python");
    let mark = folder.join("complete");
    if mark.exists() {
        return Some(python);
    }
    let ran = |command: &mut Command| {
        let output = command.stdout(Stdio::null()).stderr(Stdio::null());
        output.status().is_ok_and(|status| status.success())
    };
    let made = ran(Command::new("python3").args(["-m", "venv"]).arg(&folder))
        && ran(Command::new(&python)
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ])
            .arg(format!("daytona=={version}")));
    made.then(|| std::fs::write(&mark, "").is_ok());
    made.then_some(python)
}

fn script(name: &str, expected: &Expect) {
    let mut first = None;
    for version in VERSIONS {
        let Some(python) = python(version) else {
            crate::skip::skip(format_args!(
                "daytona=={version} from PyPI cannot be installed here"
            ));
            continue;
        };
        let sandbox = Sandbox::new();
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/clients")
            .join(name);
        let output = Command::new(python)
            .arg(file)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", sandbox.home())
            .env("NO_PROXY", "*")
            .env("DAYTONA_API_URL", sandbox.api())
            .env("DAYTONA_API_KEY", sandbox.key())
            .output()
            .expect("python runs");
        let seen = [output.stdout, output.stderr].concat();
        let seen = String::from_utf8_lossy(&seen);
        match &first {
            None => {
                expected.assert_eq(&seen);
                first = Some(seen.into_owned());
            }
            Some(first) => assert_eq!(first.as_str(), seen, "daytona=={version}"),
        }
    }
}
#[test]
fn files_as_the_sdk_sees_them() {
    script(
        "sdk_files.py",
        &expect![[r#"
        folder True 0755
        bytes b'hello\n'
        batch ['1', 'a b.txt', 'deep', 'new']
        big True 20971520
        part work/1 b'one' None
        part work/none None (404, 'FILE_NOT_FOUND')
        part work/new/ä€.txt b'zwei \xe2\x82\xac' None
        part work None (400, 'INVALID_FILE_PATH')
        stream 20971520 (20971520, 20971520)
        broken off b'one'
        find [('work/a b.txt', 1, 'hello')]
        search ['work/a b.txt', 'work/new/ä€.txt']
        replace [('work/a b.txt', True), ('work/none', False)]
        replaced b'bye\n'
        mode -rw-------
        info DaytonaFileNotFoundError Failed to get file info: file not found: work/2
        delete DaytonaInvalidFilePathError Failed to delete file: is a directory: work; delete it with recursive=true
        download DaytonaFileNotFoundError Failed to download file: file not found: work/2
        upload DaytonaError Failed to upload files: 400: /proc/none/x: create: No such file or directory (os error 2)
        move DaytonaConflictError Failed to move files: already exists: work/big
        left ['a b.txt', 'big', 'deep']
    "#]],
    );
}

#[test]
fn programs_as_the_sdk_sees_them() {
    script(
        "sdk_process.py",
        &expect![[r#"
        code 0 hello ['a b']
        error 1 True
        timeout ApiException
        session 0 'out\n' 'err\n'
        state '/tmp\n1\n'
        streamed 'you\nhi you\n' 'oops\n'
        logs 'out\n' 'err\n'
        command 0
        listed ['s'] 3
        entrypoint entrypoint ''
        resized 100
        pty 3 True []
        killed 137
        interpreter '42\n' 'warn\n' None
        context '/tmp\n' NameError [True]
        interrupted 41
        env 1-
        metrics True
        dirs /home/daytona /home/daytona
    "#]],
    );
}

#[test]
fn sessions_survive_what_is_run_in_them() {
    script(
        "sdk_sessions.py",
        &expect![[r#"
            run 'echo "unfinished' 2 True (0, 'it is 2\n/var\nfun', '')
            run 'exit 3' 3 False (0, 'it is 2\n/var\nfun', '')
            run 'cd /no/such/folder' 1 named (0, 'it is 2\n/var\nfun', '')
            run 'set -e; false' 1 False (0, 'it is 2\n/var\nfun', '')
            run 'set -u; echo $unset' 1 named (0, 'it is 2\n/var\nfun', '')
            run 'mkdir /tmp/gone; cd /tmp/gone; rmdir /tmp/gone; cd /var' 0 False (0, 'it is 2\n/var\nfun', '')
            run 'rm -rf /run/daytona' 0 False (0, 'it is 2\n/var\nfun', '')
            run 'cd /tmp; exit 0' 0 False (0, 'it is 2\n/tmp\nfun', '')
            killed -1 True (0, '/home/daytona', '')
            later 'echo "unfinished' 2 True (0, 'it is 2\n/var\nfun', '')
            later 'exit 3' 3 False (0, 'it is 2\n/var\nfun', '')
            later 'cd /no/such/folder' 1 named (0, 'it is 2\n/var\nfun', '')
            later 'set -e; false' 1 False (0, 'it is 2\n/var\nfun', '')
            later 'set -u; echo $unset' 1 named (0, 'it is 2\n/var\nfun', '')
            later 'mkdir /tmp/gone; cd /tmp/gone; rmdir /tmp/gone; cd /var' 0 False (0, 'it is 2\n/var\nfun', '')
            later 'rm -rf /run/daytona' 0 False (0, 'it is 2\n/var\nfun', '')
            later 'cd /tmp; exit 0' 0 False (0, 'it is 2\n/tmp\nfun', '')
            killed -1 True (0, '/home/daytona', '')
            [0, 7, 0, 2, 0, 8, 0] ['one\n', 'two\n', 'three\n']
            0 'started\n' True
            ['late', '1']
            'through\n'
            -1 cannot start in /no/such/folder: No such file or directory (os error 2)
        "#]],
    );
}

#[test]
fn git_as_the_sdk_sees_it() {
    script(
        "sdk_git.py",
        &expect![[r#"
        status main [('a.txt', 'Status.Untracked', 'Status.Untracked')]
        commit 40
        branches ['feature', 'main']
        pulled b'2\n'
        at a commit b'1\n'
        status DaytonaGitRepoNotFoundError
        clone DaytonaGitRepoNotFoundError
        checkout DaytonaGitBranchNotFoundError
    "#]],
    );
}

#[test]
fn volumes_and_secrets_as_the_sdk_sees_them() {
    script(
        "sdk_volumes.py",
        &expect![[r#"
            created sdk-data ready
            got True sdk-other
            listed ['sdk-data', 'sdk-other']
            mounted [(True, '/mnt/team', 'team/a')]
            note
            from two
            delete in use Conflict True
            survived from two
            unknown volume NotFound False
            bad path BadRequest False
            bad subpath BadRequest False
            taken name BadRequest False
            gone NotFound False
            secret sdk-secret ['api.example'] False
            inside hunter2
            updated -- hunter2
            detached -- --
            secrets ['sdk-secret'] 1 None
            unknown secret NotFound False
            gone NotFound False
        "#]],
    );
}
