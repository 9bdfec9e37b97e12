//! The streams of `exec`: apart, live, in both directions, whole to the byte.

use std::io::{Read as _, Write as _};
use std::process::Stdio;
use std::time::Duration;

use crate::binary::Home;
use crate::stopwatch::Stopwatch;

fn demo() -> Home {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    home
}

/// Bytes that look random and are the same in each run.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    })
    .take(count)
    .collect()
}

/// Runs shell text with bytes on standard input; its output, which must be a success.
fn filter(home: &Home, text: &str, input: &[u8]) -> Vec<u8> {
    let mut child = home
        .command(&["exec", "-i", "demo", "--", "sh", "-c", text])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let output = std::thread::scope(|scope| {
        scope.spawn(move || {
            // Whoever does not read it to its end may close it.
            let _ = stdin.write_all(input);
        });
        child.wait_with_output().expect("its output")
    });
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && stderr.is_empty(),
        "{:?} {stderr}",
        output.status
    );
    output.stdout
}

#[test]
fn both_streams_are_seen_while_the_command_runs() {
    let home = demo();
    let arguments = [
        "exec",
        "-i",
        "demo",
        "--",
        "sh",
        "-c",
        "echo a; echo b >&2; read line; exit 3",
    ];
    let mut child = home
        .command(&arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let (mut out, mut err) = ([0; 2], [0; 2]);
    child
        .stdout
        .as_mut()
        .expect("a pipe")
        .read_exact(&mut out)
        .expect("output");
    child
        .stderr
        .as_mut()
        .expect("a pipe")
        .read_exact(&mut err)
        .expect("output");
    assert_eq!((&out, &err), (b"a\n", b"b\n"));
    // It ends with its line, not before.
    assert!(child.try_wait().expect("a child").is_none());
    let stdin = child.stdin.as_mut().expect("a pipe");
    stdin.write_all(b"go\n").expect("read");
    let rest = child.wait_with_output().expect("its output");
    assert_eq!(rest.status.code(), Some(3));
    assert!(rest.stdout.is_empty() && rest.stderr.is_empty());
}

#[test]
fn input_arrives_whole_and_ends() {
    let home = demo();
    assert_eq!(filter(&home, "cat", b"a"), b"a");
    assert_eq!(filter(&home, "cat", b""), b"");
    assert_eq!(filter(&home, "wc -c", b"\0\x01\n\0"), b"4\n");
    let bytes = noise(3_000_001);
    let back = filter(&home, "cat", &bytes);
    assert!(back == bytes, "{} of {} bytes", back.len(), bytes.len());
    // Who reads only a part does not make the rest an error.
    assert_eq!(
        filter(&home, "head -c 5", b"abcdefgh\n".repeat(100_000).as_slice()),
        b"abcde"
    );
    assert_eq!(filter(&home, "true", &bytes), b"");
}

#[test]
fn sums_agree_on_both_sides() {
    let home = demo();
    let bytes = noise(1_000_000);
    std::fs::write(home.path().join("noise"), &bytes).expect("a file");
    let outside = std::process::Command::new("sha256sum")
        .stdin(std::fs::File::open(home.path().join("noise")).expect("a file"))
        .output()
        .expect("sha256sum runs");
    let inside = home
        .command(&["exec", "-i", "demo", "--", "sha256sum"])
        .stdin(std::fs::File::open(home.path().join("noise")).expect("a file"))
        .output()
        .expect("the binary runs");
    assert_eq!(inside.stdout, outside.stdout);
}

#[test]
fn bytes_that_mean_something_on_the_wire_pass_unchanged() {
    let home = demo();
    let mut bytes = b"x\x01\x01\x01y\x02\x02\x02\x01\x01z\x02\x02".to_vec();
    bytes.extend(0..=255);
    bytes.extend(b"\x02\x02\x02\x01\x01\x01");
    assert_eq!(filter(&home, "cat", &bytes), bytes);
    let text =
        "printf '\\001\\001\\001a\\002\\002\\002'; printf '\\002\\002\\002b\\001\\001\\001' >&2";
    let output = home
        .command(&["exec", "demo", "--", "sh", "-c", text])
        .output()
        .expect("the binary runs");
    assert_eq!(output.stdout, b"\x01\x01\x01a\x02\x02\x02");
    assert_eq!(output.stderr, b"\x02\x02\x02b\x01\x01\x01");
}

#[test]
fn big_output_is_complete() {
    let home = demo();
    let output = home
        .command(&["exec", "demo", "--", "head", "-c", "52428800", "/dev/zero"])
        .output()
        .expect("the binary runs");
    assert_eq!(
        (output.status.code(), output.stdout.len()),
        (Some(0), 52_428_800)
    );
    assert!(output.stdout.iter().all(|byte| *byte == 0));
    let lines = "i=0; while [ $i -lt 20000 ]; do echo out $i; echo err $i >&2; i=$((i+1)); done";
    let seen = home.sh("demo", lines);
    assert_eq!(
        (seen.stdout.lines().count(), seen.stderr.lines().count()),
        (20_000, 20_000)
    );
    assert!(seen.stdout.ends_with("out 19999\n") && seen.stderr.ends_with("err 19999\n"));
}

#[test]
fn a_reader_that_has_enough_ends_the_command() {
    let home = demo();
    let mut child = home.spawn(&["exec", "demo", "--", "yes", "enough-of-it"]);
    let mut some = [0; 1000];
    child
        .stdout
        .as_mut()
        .expect("a pipe")
        .read_exact(&mut some)
        .expect("output");
    drop(child.stdout.take());
    let status = child.wait().expect("a status");
    assert_eq!(status.code(), Some(141));
    assert_eq!(home.count("demo", "enough-of-it"), 0);
}

/// A loop around `exec` keeps its own input: the command's is empty unless `-i` says otherwise.
#[test]
fn the_callers_input_is_its_own() {
    let home = demo();
    let daytona = env!("CARGO_BIN_EXE_daytona");
    let text = format!(
        "printf '%s\\n' a b c | while read -r line; do {daytona} exec demo -- sh -c \"echo $line; cat\"; done; \
         printf '%s\\n' d e | while read -r line; do {daytona} run -- sh -c \"echo $line; cat\"; done; \
         echo x | {daytona} exec -i demo -- cat; echo '{{}}' | {daytona} exec -i --json=stdout demo -- cat"
    );
    let like = home.command(&[]);
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &text]).env_clear();
    for (name, value) in like.get_envs() {
        shell.env(name, value.unwrap_or_default());
    }
    let output = shell.output().expect("a shell");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "a\nb\nc\nd\ne\nx\n{\n  \"stdout\": \"{}\\n\"\n}\n",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    // A pipe that nobody closes is not waited for.
    let mut child = home
        .command(&["exec", "demo", "--", "cat"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let open = child.stdin.take();
    let begun = Stopwatch::start();
    let seen = home.finish(child);
    assert_eq!((seen.stdout.as_str(), seen.code), ("", Some(0)), "{seen}");
    assert!(begun.elapsed() < Duration::from_secs(5));
    drop(open);
}

/// Ctrl-C is Ctrl-C for the command too, which may say something before it ends.
#[test]
fn an_interruption_interrupts_the_command() {
    use rustix::process::{Pid, Signal, kill_process};

    let home = demo();
    let text = "trap 'echo interrupted; exit 7' INT; trap 'echo terminated; exit 8' TERM; echo here; \
                while :; do sleep 0.1; done";
    let mut child = home.spawn(&["exec", "demo", "--", "sh", "-c", text]);
    let mut here = [0; 5];
    let out = child.stdout.as_mut().expect("a pipe");
    out.read_exact(&mut here).expect("it runs");
    kill_process(Pid::from_child(&child), Signal::INT).expect("a signal");
    let seen = home.finish(child);
    assert_eq!(
        (seen.stdout.as_str(), seen.code),
        ("interrupted\n", Some(130)),
        "{seen}"
    );
    // One that does not heed it is asked, and killed.
    let text = "trap '' INT TERM; echo here; sleep 987";
    let mut child = home.spawn(&["exec", "demo", "--", "sh", "-c", text]);
    let out = child.stdout.as_mut().expect("a pipe");
    out.read_exact(&mut here).expect("it runs");
    let begun = Stopwatch::start();
    kill_process(Pid::from_child(&child), Signal::INT).expect("a signal");
    let seen = home.finish(child);
    assert_eq!(seen.code, Some(130), "{seen}");
    assert!(begun.elapsed() < Duration::from_secs(6));
    let gone = || home.count("demo", "sleep 987") == 0;
    assert!(crate::leftover::within(Duration::from_secs(5), gone));
}
