//! The sandbox's shell, and how text is quoted for it.

use std::collections::BTreeMap;
use std::path::Path;

use super::failure::{Answer, Failure};
use super::regular;

/// Where bash is looked for.
const BASH: [&str; 3] = ["/usr/bin/bash", "/bin/bash", "/usr/local/bin/bash"];

/// The shell of commands: bash where the sandbox has it, else `/bin/sh`. Looked for at each use: it may be
/// installed, moved or removed while the sandbox runs.
pub(super) fn path() -> &'static str {
    let bash = BASH.into_iter().find(|path| Path::new(path).exists());
    bash.unwrap_or("/bin/sh")
}

/// The shell that a person gets: that of the sandbox's own `/etc/passwd`, where somebody has set one that is
/// there.
pub(super) fn login() -> String {
    let user = rustix::process::getuid().as_raw();
    let table = regular::table("/etc/passwd");
    match set_in(&table, user) {
        Some(shell) if Path::new(shell).is_file() => shell.to_owned(),
        _ => path().to_owned(),
    }
}

/// The shell that a table names for a user; none where that is what users get by default, or lets nobody in.
fn set_in(table: &str, user: u32) -> Option<&str> {
    let user = user.to_string();
    let entry = table
        .lines()
        .find(|line| line.split(':').nth(2) == Some(&user))?;
    let shell = entry.split(':').nth(6)?.trim();
    let closed = ["/false", "/nologin"]
        .iter()
        .any(|end| shell.ends_with(end));
    (shell.starts_with('/') && shell != "/bin/sh" && !closed).then_some(shell)
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
    fn a_login_shell_is_one_that_somebody_has_set() {
        let table = |shell: &str| {
            format!("root:x:0:0::/root:/bin/zsh\ndaytona:x:1000:1000::/home/daytona:{shell}\n")
        };
        assert_eq!(set_in(&table("/usr/bin/fish"), 1000), Some("/usr/bin/fish"));
        assert_eq!(set_in(&table("/usr/bin/fish"), 0), Some("/bin/zsh"));
        for shell in ["/bin/sh", "", "zsh", "/usr/sbin/nologin", "/bin/false"] {
            assert_eq!(set_in(&table(shell), 1000), None, "{shell}");
        }
        assert_eq!(set_in("daytona:x:1000", 1000), None);
        assert_eq!(set_in(&table("/bin/zsh"), 7), None);
    }

    #[test]
    fn names_are_checked() {
        let names = |name: &str| check_names(&BTreeMap::from([(name.to_owned(), String::new())]));
        assert!(names("_A1").is_ok());
        assert!(names("1A").is_err() && names("").is_err() && names("A-B").is_err());
    }
}
