//! A command as users name it: words, a folder, variables.

use crate::error::{Error, Result};
use crate::ops::key_values::Pair;

use super::script::{Script, Stdin, Streams, quote};

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

    /// The text for the session's shell.
    pub(super) fn text(&self, stdin: &Stdin) -> Result<String> {
        let script = Script {
            cwd: self.cwd.as_deref(),
            env: &self.env,
            env_option: "--env",
        };
        script.text(&self.line()?, &Streams::Live(stdin))
    }
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
