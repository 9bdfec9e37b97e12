//! The shell of a session: its first words, and what it hands on to the one after it. A command may end it
//! (`exit`, `set -e`, a quote without an end); folder, variables and functions live on.

use std::io::Read as _;
use std::path::Path;

use super::super::regular;
use super::super::shell::quote;

/// The shell's function that tells of a command, in its own words: its id, and what is to be said of it.
pub(super) const TELL: &str = "__daytona_tell";
/// Where it does so, and where it leaves its state, below the folder of pipes.
pub(super) const STATUS: &str = "status";
const STATE: &str = "state";
/// The last line of a state that is whole.
const WHOLE: &str = "# whole";
/// The longest state that is handed on.
const LONGEST_STATE: u64 = 4 << 20;

/// What a shell left for the next one: text that a shell evaluates.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct State(Vec<u8>);

impl State {
    /// Takes what was left below `pipes`, if it is whole.
    pub(super) fn take(pipes: &Path) -> Option<Self> {
        let path = pipes.join(STATE);
        let (file, _) = regular::open(&path).ok()?;
        let mut text = Vec::new();
        let read = file.take(LONGEST_STATE).read_to_end(&mut text);
        let _ = std::fs::remove_file(&path);
        read.ok()?;
        let kept = text.strip_suffix(b"\n")?.strip_suffix(WHOLE.as_bytes())?;
        Some(Self(kept.to_vec()))
    }
}

/// What a new shell reads first. What it says itself is for nobody: each command has outputs of its own.
/// Telling goes on until it is heard: a command may have removed the folder of pipes.
pub(super) fn first_words(pipes: &Path, state: Option<&State>, lasting: bool) -> Vec<u8> {
    let at = |name: &str| quote(&pipes.join(name).to_string_lossy());
    let mut text = b"exec >/dev/null 2>&1\n".to_vec();
    if let Some(State(state)) = state {
        text.extend(b"eval '");
        for byte in state {
            match byte {
                b'\'' => text.extend(br"'\''"),
                byte => text.push(*byte),
            }
        }
        text.extend(b"'\ncd -- \"$PWD\"\n");
    }
    let tell = format!(
        "{TELL}() {{ until printf '\\n%s %s\\n' \"$1\" \"$2\" >{}; do sleep 1 || break; done; }}\n",
        at(STATUS)
    );
    text.extend(tell.as_bytes());
    if lasting {
        // Shells without `declare` hand on what they export.
        let leave = format!(
            "{{ export PWD; if declare -p; then declare -f; else export -p; fi; printf '\\n%s\\n' '{WHOLE}'; }} >{} 2>/dev/null",
            at(STATE)
        );
        text.extend(format!("trap {} EXIT\n", quote(&leave)).as_bytes());
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    use super::*;

    /// What a shell prints for this text, in a folder of pipes.
    fn run(shell: &str, pipes: &Path, state: Option<&State>, text: &str) -> String {
        let mut child = Command::new(shell)
            .stdin(Stdio::piped())
            .current_dir("/")
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(&first_words(pipes, state, true)).unwrap();
        let out = pipes.join("out");
        let line = format!("{{ eval {}; }} >{}\n", quote(text), out.display());
        let _ = input.write_all(line.as_bytes());
        drop(input);
        child.wait().unwrap();
        fs::read_to_string(out).unwrap_or_default()
    }

    #[test]
    fn what_a_command_did_before_it_ended_the_shell_lives_on() {
        for shell in ["bash", "dash"] {
            let folder = tempfile::tempdir().unwrap();
            let pipes = folder.path();
            if Command::new(shell).arg("-c").arg(":").status().is_err() {
                continue;
            }
            for end in ["exit 3", "set -e; false", "set -u; echo $unset", "echo \"x"] {
                let text =
                    format!("cd /usr; export A=\"it's\n$ '\"; b=2; f() {{ echo f; }}\n{end}");
                run(
                    shell,
                    pipes,
                    None,
                    "cd /usr; export A=\"it's\n$ '\"; b=2; f() { echo f; }",
                );
                let first = State::take(pipes).expect("a state");
                run(shell, pipes, Some(&first), &text);
                let state = State::take(pipes);
                assert!(state.is_some(), "{shell}: {end}");
                let told = run(
                    shell,
                    pipes,
                    state.as_ref(),
                    "pwd; printf '%s\\n' \"$A\"; echo $b; f",
                );
                assert!(
                    told.starts_with("/usr\nit's\n$ '\n"),
                    "{shell}: {end}: {told}"
                );
                assert!(shell == "dash" || told.ends_with("2\nf\n"), "{end}: {told}");
            }
        }
    }

    #[test]
    fn half_a_state_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join(STATE);
        fs::write(&place, "export A='b").unwrap();
        assert_eq!(State::take(folder.path()), None);
        assert!(!place.exists());
        fs::create_dir(&place).unwrap();
        assert_eq!(State::take(folder.path()), None);
    }
}
