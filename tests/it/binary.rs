//! Runs the real binary in an empty home, and shows what it did.

use std::fmt;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::leftover;

/// No run of a test takes longer.
const END_WITHIN: Duration = Duration::from_secs(90);

/// A place to run commands in: a home of its own, and only the variables that a test sets.
pub(crate) struct Home {
    folder: tempfile::TempDir,
    variables: Vec<(String, String)>,
    engine: bool,
}

impl Drop for Home {
    /// Leaves nothing running, however the test ended; a test that passed must not have left anything itself.
    fn drop(&mut self) {
        if !self.engine {
            return;
        }
        let disks = self.disks();
        if self.engine_pid().is_some() {
            let _ = self.run(&["delete", "--all", "--yes", "-q"]);
            let _ = self.run(&["serve", "--stop", "-q"]);
        }
        let ended = leftover::end(self.folder.path(), &disks);
        if !std::thread::panicking() {
            assert!(ended.is_empty(), "these were left running: {ended:#?}");
        }
    }
}

impl Home {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
            variables: Vec::new(),
            engine: false,
        }
    }

    /// A home where a scripted server is configured.
    pub(crate) fn with_server(url: &str) -> Self {
        Self::new()
            .set("DAYTONA_API_URL", url)
            .set("DAYTONA_API_KEY", "dtn_0123456789abcdef")
    }

    /// A home without an account: commands use an engine of its own, which ends with it.
    pub(crate) fn with_engine() -> Self {
        let mut home = Self::new().set("DAYTONA_ENGINE_LISTEN", "127.0.0.1:0");
        home.engine = true;
        home
    }

    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_daytona"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.folder.path())
            .env("COLUMNS", "100")
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        command
    }

    /// The engine's folder.
    pub(crate) fn engine(&self) -> PathBuf {
        self.folder.path().join(".local/share/daytona/engine")
    }

    /// The ids of the sandboxes that have a disk.
    pub(crate) fn disks(&self) -> Vec<String> {
        let mut ids: Vec<String> = std::fs::read_dir(self.engine().join("runtime/sandboxes"))
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        ids.sort();
        ids
    }

    /// The ids of the deleted sandboxes that are kept.
    pub(crate) fn trashed(&self) -> Vec<String> {
        let listed = self.run(&["trash", "list", "-q"]).stdout;
        let mut ids: Vec<String> = listed.lines().map(str::to_owned).collect();
        ids.sort();
        ids
    }

    /// The process of the engine that announced itself last.
    pub(crate) fn engine_pid(&self) -> Option<i32> {
        let notice = std::fs::read(self.engine().join("engine.json")).ok()?;
        let notice: serde_json::Value = serde_json::from_slice(&notice).ok()?;
        i32::try_from(notice["pid"].as_i64()?).ok()
    }

    /// As [`Self::run`], for what must succeed.
    #[track_caller]
    pub(crate) fn done(&self, arguments: &[&str]) {
        let _ = self.text(arguments);
    }

    /// What a command prints, which must succeed.
    #[track_caller]
    pub(crate) fn text(&self, arguments: &[&str]) -> String {
        let seen = self.run(arguments);
        assert_eq!(seen.code, Some(0), "{arguments:?}: {seen}");
        seen.stdout
    }

    /// The value that a command prints with `--json`, which must succeed.
    #[track_caller]
    pub(crate) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let text = self.text(&[&["--json"], arguments].concat());
        serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{arguments:?} is not JSON, {error}: {text}"))
    }

    /// Runs shell text in a sandbox.
    pub(crate) fn sh(&self, sandbox: &str, text: &str) -> Seen {
        self.run(&["exec", sandbox, "--", "sh", "-c", text])
    }

    /// How many processes of a sandbox have this in their command line.
    #[track_caller]
    pub(crate) fn count(&self, sandbox: &str, command: &str) -> usize {
        let (first, rest) = command.split_at(1);
        let text = format!(
            "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\000' '\\n' | grep -c '[{first}]{rest}'"
        );
        let seen = self.sh(sandbox, &text);
        seen.stdout
            .trim()
            .parse()
            .unwrap_or_else(|_| panic!("no count: {seen}"))
    }

    /// Starts the binary with its output in pipes.
    pub(crate) fn spawn(&self, arguments: &[&str]) -> Child {
        self.command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs")
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Seen {
        self.finish(self.spawn(arguments))
    }

    /// As [`Self::run`], with text on standard input.
    pub(crate) fn pipe(&self, arguments: &[&str], input: &str) -> Seen {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        self.finish(child)
    }

    /// Waits for the end of a run; one that hangs is killed, so that the test fails and cleans up.
    pub(crate) fn finish(&self, child: Child) -> Seen {
        let pid = rustix::process::Pid::from_child(&child);
        let (done, ended) = channel::<()>();
        let watch = std::thread::spawn(move || {
            if ended.recv_timeout(END_WITHIN) == Err(RecvTimeoutError::Timeout) {
                let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
            }
        });
        let output = child.wait_with_output().expect("its output");
        drop(done);
        let _ = watch.join();
        self.seen(&output)
    }

    fn seen(&self, output: &Output) -> Seen {
        let home = self.folder.path().display().to_string();
        let text = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes)
                .replace(&home, "[HOME]")
                .replace('\x1b', "^[")
        };
        Seen {
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
            code: output.status.code(),
        }
    }
}

/// What a run wrote, and its exit code. Shown: stdout, then `--- stderr ---`, then the code.
#[must_use]
pub(crate) struct Seen {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

impl Seen {
    /// The same with a text that differs from run to run replaced.
    pub(crate) fn replace(mut self, from: &str, to: &str) -> Self {
        self.stdout = self.stdout.replace(from, to);
        self.stderr = self.stderr.replace(from, to);
        self
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.stdout)?;
        if !self.stderr.is_empty() {
            write!(f, "--- stderr ---\n{}", self.stderr)?;
        }
        match self.code {
            Some(code) => writeln!(f, "--- exit {code}"),
            None => writeln!(f, "--- killed"),
        }
    }
}
