//! The text that a shell of the sandbox gets: one builder for commands that are followed live and for jobs, which
//! differ only in where their streams go.

use std::fmt::Write as _;

use crate::error::{Error, Result};
use crate::ops::key_values::Pair;

/// Where a command's streams are.
pub(in crate::ops) enum Streams<'s> {
    /// With whoever follows the session; this is what the command reads.
    Live(&'s Stdin),
    /// In files of that folder of the sandbox, where the command's text is the file `command`; it reads nothing.
    /// The code goes to the file `exit`.
    Kept(&'s str),
}

/// What the command reads.
pub(in crate::ops) enum Stdin {
    /// Nothing.
    Nothing,
    /// What is passed to the shell.
    Passed,
    /// A file of the sandbox, which goes as soon as it is open.
    File(String),
}

/// What a command finds when it begins.
pub(in crate::ops) struct Script<'s> {
    /// The folder; the sandbox's own where absent.
    pub(in crate::ops) cwd: Option<&'s str>,
    /// Variables on top of the sandbox's.
    pub(in crate::ops) env: &'s [Pair],
    /// What users call the option for them.
    pub(in crate::ops) env_option: &'static str,
}

impl Script<'_> {
    /// The text for a session's shell. The command runs in a shell of its own, so that `exit` and `cd` stay inside.
    pub(in crate::ops) fn text(&self, command: &str, streams: &Streams<'_>) -> Result<String> {
        let mut text = String::from("( ");
        if let Streams::Live(Stdin::File(path)) = streams {
            let _ = writeln!(text, "rm -f -- {}", quote(path));
        }
        if let Some(cwd) = self.cwd {
            let _ = writeln!(text, "cd -- {} || exit 125", quote(cwd));
        }
        for (key, value) in self.env {
            if !is_variable(key) {
                return Err(Error::usage(format!(
                    "{}: `{key}` cannot be a variable's name",
                    self.env_option
                )));
            }
            let _ = writeln!(text, "export {key}={}", quote(value));
        }
        if text.contains('\0') || command.contains('\0') {
            return Err(Error::usage("a command cannot contain a NUL byte"));
        }
        let _ = match streams {
            // On a line of its own: the command may end in a comment or a here-document.
            Streams::Live(Stdin::Nothing) => write!(text, "{command}\n) </dev/null"),
            Streams::Live(Stdin::Passed) => write!(text, "{command}\n)"),
            Streams::Live(Stdin::File(path)) => write!(text, "{command}\n) <{}", quote(path)),
            // A file of its own, so that an error in its syntax is its own too; its output goes to files, so that
            // nobody waits for what it leaves in the background.
            Streams::Kept(folder) => {
                let folder = quote(folder);
                write!(
                    text,
                    "exec \"${{BASH:-sh}}\" {folder}/command ) >{folder}/stdout 2>{folder}/stderr </dev/null; \
                     daytona_code=$?; echo $daytona_code >{folder}/exit; (exit $daytona_code)"
                )
            }
        };
        Ok(text)
    }
}

/// Whether a variable can be called so.
pub(in crate::ops) fn is_variable(key: &str) -> bool {
    !key.starts_with(|c: char| c.is_ascii_digit())
        && !key.is_empty()
        && key.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
}

/// One word that a shell takes as it is.
pub fn quote(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_keeps_its_streams_in_files() {
        let env = [("K".to_owned(), "v'w".to_owned())];
        let script = Script {
            cwd: Some("/a b"),
            env: &env,
            env_option: "env",
        };
        let text = script.text("echo 'not here'", &Streams::Kept("/jobs/j1"));
        assert_eq!(
            text.unwrap(),
            "( cd -- '/a b' || exit 125\nexport K='v'\\''w'\nexec \"${BASH:-sh}\" '/jobs/j1'/command ) \
             >'/jobs/j1'/stdout 2>'/jobs/j1'/stderr </dev/null; \
             daytona_code=$?; echo $daytona_code >'/jobs/j1'/exit; (exit $daytona_code)"
        );
    }

    #[test]
    fn the_option_is_called_as_the_user_knows_it() {
        let env = [("A-B".to_owned(), String::new())];
        for env_option in ["env", "--env"] {
            let script = Script {
                cwd: None,
                env: &env,
                env_option,
            };
            let error = script.text("true", &Streams::Kept("/j")).unwrap_err();
            assert!(error.text().starts_with(&format!("{env_option}: `A-B`")));
        }
        let script = Script {
            cwd: None,
            env: &[],
            env_option: "env",
        };
        assert!(script.text("a\0b", &Streams::Kept("/j")).is_err());
    }
}
