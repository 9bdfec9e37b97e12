//! The one place where a test says that it cannot be run here. With `CI` set that is a failure, but for what
//! CI's machine may lack; elsewhere the reason is kept for the end of the run, because the runner shows nothing
//! of a test that passes.

use std::fmt::Display;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

/// How a reason may begin on CI, and why.
const MAY_LACK: &[(&str, &str)] = &[
    (
        "there is no Python 3.12 here",
        "Debian's own is older than the framework wants",
    ),
    (
        "no memory cgroup here",
        "a container may mount none of version 1",
    ),
    (
        "memory is not limited on this machine",
        "a container may mount no control groups that can be written",
    ),
    (
        "control groups limit the memory of ordinary users here",
        "the test is of machines where they do not",
    ),
    (
        "DAYTONA_OPENAPI names no folder",
        "the documents are not ours to publish",
    ),
    (
        "no overlay over a file system in memory here",
        "kernels before 5.11 and some containers refuse it",
    ),
];

/// Why the running test, or a part of it, is not run.
pub(crate) fn skip(reason: impl Display) {
    let reason = reason.to_string();
    let may_lack = MAY_LACK.iter().any(|(start, _)| reason.starts_with(start));
    assert!(
        may_lack || std::env::var_os("CI").is_none(),
        "not run, which is a failure on CI: {reason}"
    );
    let thread = std::thread::current();
    let line = format!("{}: {reason}\n", thread.name().unwrap_or("a test"));
    eprint!("SKIPPED: {line}");
    // One write: tests run at once. `.ci/run` shows and counts the lines.
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("skipped.txt");
    let file = OpenOptions::new().create(true).append(true).open(kept);
    file.and_then(|mut file| file.write_all(line.as_bytes()))
        .expect("the reason is kept");
}

#[test]
fn a_reason_that_no_test_gives_is_not_allowed_for() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it")];
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("skip.rs")
            {
                texts.push(std::fs::read_to_string(path).expect("a test"));
            }
        }
    }
    for (start, _) in MAY_LACK {
        let quoted = format!("\"{start}");
        assert!(texts.iter().any(|text| text.contains(&quoted)), "{start}");
    }
}
