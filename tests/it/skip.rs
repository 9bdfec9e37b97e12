//! The one place where a test says that it cannot be run here. With `CI` set that is a failure, but for what
//! CI's machine may lack; elsewhere the reason is kept for the end of the run, because the runner shows nothing
//! of a test that passes. The library's own tests have this file too.

use std::fmt::Display;
use std::fs::OpenOptions;
use std::io::Write as _;

/// How a reason may begin on CI, and why.
pub(crate) const MAY_LACK: &[(&str, &str)] = &[
    (
        "there is no Python 3.12 here",
        "Debian's own is older than the framework wants",
    ),
    (
        "no memory cgroup here",
        "a container may mount no control groups that can be written",
    ),
    (
        "control groups limit the memory of ordinary users here",
        "the test is of machines where they do not",
    ),
    (
        "this machine has no /usr/bin/",
        "large programs are tried where they are, and installed for no test",
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
    // Beside the folder of the profile, in which a test's program is in `deps`.
    let program = std::env::current_exe().expect("the test's program");
    let target = program.ancestors().nth(3).expect("the target folder");
    std::fs::create_dir_all(target.join("tmp")).expect("a folder");
    // One write: tests run at once. `.ci/run` shows and counts the lines.
    let kept = target.join("tmp/skipped.txt");
    let file = OpenOptions::new().create(true).append(true).open(kept);
    file.and_then(|mut file| file.write_all(line.as_bytes()))
        .expect("the reason is kept");
}
