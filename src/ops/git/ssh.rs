//! Git over SSH with a key that is named, never passed: a variable of the sandbox, such as one that a secret
//! sets, or a file in it.

use std::fmt::Write as _;
use std::time::Duration;

use crate::api::types::ExecuteRequest;
use crate::error::{Error, Kind, NextTool, Result};
use crate::ops::exec::quote;
use crate::ops::inside::Inside;

/// How the script ends where there is no key.
const NO_KEY: i32 = 72;
/// How much of what git said is told.
const SAID: usize = 500;

/// Runs git with that key, and removes the copy of the key that ssh is given.
pub(super) async fn git(
    inside: &Inside,
    key: &str,
    commands: &[Vec<&str>],
    patience: Duration,
) -> Result<()> {
    let mut text = script(key);
    for command in commands {
        let words: Vec<String> = command.iter().map(|word| quote(word)).collect();
        let _ = writeln!(text, "git {} || exit", words.join(" "));
    }
    let request = ExecuteRequest {
        command: format!("{{\n{text}\n}} 2>&1 </dev/null"),
        timeout: Some(patience.as_secs()),
        ..ExecuteRequest::default()
    };
    let ran = inside.run(&request).await?;
    match ran.exit_code {
        0 => Ok(()),
        code => Err(failed(code.into(), key, &ran.result)),
    }
}

fn script(key: &str) -> String {
    let is_variable = !key.is_empty()
        && !key.starts_with(|c: char| c.is_ascii_digit())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let source = if is_variable {
        format!("printf '%s\\n' \"${key}\"")
    } else {
        match key.strip_prefix("~/") {
            Some(below) => format!("cat -- \"$HOME\"/{}", quote(below)),
            None => format!("cat -- {}", quote(key)),
        }
    };
    format!(
        r#"umask 077
key=$(mktemp) || exit {NO_KEY}
trap 'rm -f -- "$key"' EXIT
{source} >"$key" 2>/dev/null && grep -q . "$key" || exit {NO_KEY}
umask 022
export GIT_TERMINAL_PROMPT=0
export GIT_SSH_COMMAND="ssh -i '$key' -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=accept-new -o ConnectTimeout=30"
"#
    )
}

fn failed(code: i64, key: &str, said: &str) -> Error {
    if code == i64::from(NO_KEY) && said.trim().is_empty() {
        let message = format!("sshKey: the sandbox has no variable and no file `{key}` with a key");
        return Error::usage(message)
            .hint("store the key as a secret, and create the sandbox with it: `daytona secret create GIT_KEY --file FILE`, then `daytona create --secret GIT_KEY=GIT_KEY`");
    }
    let has = |text: &str| said.contains(text);
    let kind = if has("Permission denied") || has("Host key verification failed") {
        Kind::Auth
    } else if has("already exists and is not an empty") || has("[rejected]") || has("fast-forward")
    {
        Kind::Conflict
    } else if has("Remote branch")
        || has("not a git repository")
        || has("does not appear to be a git repository")
    {
        Kind::NotFound
    } else if has("Could not resolve") || has("Connection refused") || has("Connection timed out") {
        Kind::Unavailable
    } else {
        Kind::Other
    };
    let mut lines: Vec<&str> = said
        .lines()
        .rev()
        .filter(|line| !line.trim().is_empty())
        .take(4)
        .collect();
    lines.reverse();
    let said: String = lines
        .join("; ")
        .chars()
        .filter(|c| !c.is_control())
        .take(SAID)
        .collect();
    let error = Error::new(kind, format!("git failed with exit code {code}: {said}"));
    match kind {
        Kind::Auth => error.hint("the server does not take this key: name another one by sshKey"),
        Kind::Other if code == 127 => error.hint(
            NextTool::new("execute_command")
                .to("install git and ssh in the sandbox")
                .words(", e.g. with `apt-get install -y git openssh-client`"),
        ),
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_variable_or_a_file_and_never_shell_text() {
        assert!(script("GIT_KEY").contains("\"$GIT_KEY\""));
        assert!(script("~/.ssh/id").contains("cat -- \"$HOME\"/'.ssh/id'"));
        assert!(script("/k").contains("cat -- '/k'"));
        for hostile in ["$(id)", "a;id", "`id`", "a b", "1A", "~/$(id)", "'"] {
            let text = script(hostile);
            let line = text
                .lines()
                .find(|line| line.contains(">\"$key\""))
                .unwrap();
            assert!(
                line.contains(&quote(hostile.trim_start_matches("~/"))),
                "{line}"
            );
        }
    }

    #[test]
    fn what_git_says_becomes_a_kind() {
        assert_eq!(
            failed(128, "K", "git@h: Permission denied (publickey).").kind(),
            Kind::Auth
        );
        assert_eq!(
            failed(128, "K", "fatal: Remote branch x not found").kind(),
            Kind::NotFound
        );
        assert_eq!(failed(72, "K", "").kind(), Kind::Usage);
        assert_eq!(
            failed(128, "K", "\x1b[31mfatal\x1b[0m: no").text(),
            "git failed with exit code 128: [31mfatal[0m: no"
        );
    }
}
