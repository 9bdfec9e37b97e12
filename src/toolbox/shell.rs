//! The sandbox's shell, and how text is quoted for it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use super::failure::{Answer, Failure};
use super::regular;

static SHELL: LazyLock<&str> = LazyLock::new(|| {
    let listed = regular::table("/etc/shells");
    ["/usr/bin/zsh", "/bin/zsh", "/usr/bin/bash", "/bin/bash"]
        .into_iter()
        .find(|shell| listed.lines().any(|line| line == *shell) && Path::new(shell).exists())
        .unwrap_or("/bin/sh")
});

/// The shell of commands: the first of zsh and bash that `/etc/shells` lists, else `/bin/sh`
/// (toolbox API, execute).
pub(super) fn path() -> &'static str {
    *SHELL
}

/// One word that the shell takes as it is.
pub(super) fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Refuses names that no environment variable can have.
pub(super) fn check_names(envs: &BTreeMap<String, String>) -> Answer<()> {
    for name in envs.keys() {
        let mut characters = name.chars();
        let good = characters
            .next()
            .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
            && characters.all(|character| character.is_ascii_alphanumeric() || character == '_');
        if !good {
            return Err(Failure::bad_request(format!(
                "invalid environment variable name: '{name}'"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_survive_quoting() {
        assert_eq!(quote("it's"), r"'it'\''s'");
        assert_eq!(quote(""), "''");
    }

    #[test]
    fn names_are_checked() {
        let names = |name: &str| check_names(&BTreeMap::from([(name.to_owned(), String::new())]));
        assert!(names("_A1").is_ok());
        assert!(names("1A").is_err() && names("").is_err() && names("A-B").is_err());
    }
}
