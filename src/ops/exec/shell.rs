//! A command as shell text.

use std::fmt::Write as _;

use crate::error::{Error, Result};
use crate::ops::key_values::Pair;

/// A command, where it runs and with which variables.
#[derive(Clone, Debug, Default)]
pub struct Command {
    /// One word is shell text; several are a program and its arguments.
    pub words: Vec<String>,
    /// The folder; the sandbox's own where absent.
    pub cwd: Option<String>,
    /// Variables on top of the sandbox's.
    pub env: Vec<Pair>,
}

/// What the command reads.
pub(super) enum Stdin {
    /// Nothing.
    Nothing,
    /// What is passed to the shell.
    Passed,
    /// A file of the sandbox, which goes as soon as it is open.
    File(String),
}

impl Command {
    /// The words as shell text, without the folder and the variables.
    pub fn line(&self) -> Result<String> {
        let line = match self.words.as_slice() {
            [] => return Err(Error::usage("there is no command to run")),
            [text] if text.trim().is_empty() => {
                return Err(Error::usage("the command to run is empty"));
            }
            [text] => text.clone(),
            words => words
                .iter()
                .map(|word| quote(word))
                .collect::<Vec<_>>()
                .join(" "),
        };
        if line.contains('\0') {
            return Err(Error::usage("a command cannot contain a NUL byte"));
        }
        Ok(line)
    }

    /// Whether a variable can be called so.
    pub fn is_name(key: &str) -> bool {
        !key.starts_with(|c: char| c.is_ascii_digit())
            && !key.is_empty()
            && key.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
    }

    /// The text for the session's shell. It runs in a shell of its own, so that `exit` and `cd` stay inside.
    pub(super) fn text(&self, stdin: &Stdin) -> Result<String> {
        let command = self.line()?;
        let mut text = String::from("( ");
        if let Stdin::File(path) = stdin {
            let _ = writeln!(text, "rm -f -- {}", quote(path));
        }
        if let Some(cwd) = &self.cwd {
            let _ = writeln!(text, "cd -- {} || exit 125", quote(cwd));
        }
        for (key, value) in &self.env {
            if !Self::is_name(key) {
                return Err(Error::usage(format!(
                    "--env: `{key}` cannot be a variable's name"
                )));
            }
            let _ = writeln!(text, "export {key}={}", quote(value));
        }
        if text.contains('\0') {
            return Err(Error::usage("a command cannot contain a NUL byte"));
        }
        // On a line of its own: the command may end in a comment or a here-document.
        text.push_str(&command);
        match stdin {
            Stdin::Nothing => text.push_str("\n) </dev/null"),
            Stdin::Passed => text.push_str("\n)"),
            Stdin::File(path) => {
                let _ = write!(text, "\n) <{}", quote(path));
            }
        }
        Ok(text)
    }
}

/// One word that a shell takes as it is.
pub fn quote(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(
        words: &[&str],
        cwd: Option<&str>,
        env: &[(&str, &str)],
        stdin: &Stdin,
    ) -> Result<String> {
        Command {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            cwd: cwd.map(str::to_owned),
            env: env
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
        }
        .text(stdin)
    }

    #[test]
    fn one_word_is_shell_text_and_several_are_quoted() {
        assert_eq!(
            text(&["echo $A # x"], None, &[], &Stdin::Passed).expect("text"),
            "( echo $A # x\n)"
        );
        assert_eq!(
            text(&["echo", "it's"], None, &[], &Stdin::Nothing).expect("text"),
            "( 'echo' 'it'\\''s'\n) </dev/null"
        );
    }

    #[test]
    fn input_that_is_a_file_is_gone_once_it_is_open() {
        let file = Stdin::File("/tmp/in".to_owned());
        assert_eq!(
            text(&["cat"], None, &[], &file).expect("text"),
            "( rm -f -- '/tmp/in'\ncat\n) <'/tmp/in'"
        );
    }

    #[test]
    fn folder_and_variables_come_first() {
        assert_eq!(
            text(&["pwd"], Some("/a b"), &[("K", "v'w")], &Stdin::Passed).expect("text"),
            "( cd -- '/a b' || exit 125\nexport K='v'\\''w'\npwd\n)"
        );
        assert!(text(&["pwd"], None, &[("A-B", "")], &Stdin::Passed).is_err());
        assert!(text(&[" "], None, &[], &Stdin::Passed).is_err());
    }
}
