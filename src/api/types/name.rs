//! Names that people and programs can use again: what cannot be addressed cannot be made.

use crate::error::{Error, Result};

/// What shells take for something else than a part of a word.
const SPECIAL: &str = "$`\"'|&;<>()*?[]{}!#";
/// The longest name, in characters: lists are read by people.
const LONGEST_NAME: usize = 255;

/// Refuses what Daytona's API refuses as a name. An empty name is one that the server chooses.
pub(crate) fn check_title(name: &str) -> Result<()> {
    let tag = name
        .split('<')
        .skip(1)
        .any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!'));
    let count = name.chars().count();
    if count > LONGEST_NAME {
        return Err(Error::usage(format!(
            "name must have at most {LONGEST_NAME} characters, not {count}"
        )));
    }
    if tag || name.contains("://") || name.chars().any(char::is_control) {
        return Err(Error::usage(
            "name must not contain HTML tags, URLs or control characters",
        ));
    }
    Ok(())
}

/// Refuses also a name for a new sandbox or volume that no command could address: `cp NAME:PATH`,
/// `--volume NAME:PATH` and the path of a URL must hold it. Snapshots may be called as images are.
pub(crate) fn check_name(name: &str) -> Result<()> {
    check_title(name)?;
    let refused = |why: &str| Err(Error::usage(format!("name `{name}` {why}")));
    if name.contains(['/', '\\', ':']) {
        return refused("must not contain `/`, `\\` or `:`, by which paths are told from names");
    }
    if let Some(c) = name.chars().find(|c| SPECIAL.contains(*c)) {
        return refused(&format!(
            "must not contain `{c}`, which shells take for something else"
        ));
    }
    if name.starts_with(['.', '-', '~']) {
        return refused("must not begin with `.`, `~` or `-`, as paths and flags do");
    }
    if name.trim() != name {
        return refused("must not begin or end with a space");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check_name;

    #[test]
    fn what_cannot_be_addressed_is_refused() {
        let long = "x".repeat(256);
        for name in [
            "a:b",
            "..",
            ".",
            "../../etc",
            "a/b",
            r"a\b",
            "-x",
            "~x",
            " a",
            "a ",
            "<b>",
            "a<b",
            "http://x",
            "a\nb",
            &long,
            "$(id)",
            "a;b",
            "`id`",
            "*",
            "a'b",
        ] {
            assert!(check_name(name).is_err(), "{name}");
        }
        for name in [
            "",
            "demo",
            "a b",
            "ü-1",
            "a.b",
            "a~b",
            "a@b=c,d+e%",
            "1-2_3",
        ] {
            assert!(check_name(name).is_ok(), "{name}");
        }
    }
}
