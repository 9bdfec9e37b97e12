//! The sandbox's own name in its /etc/hosts, where programs look for it.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Read as _, Result, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

/// The address of an own name that has no other (Debian's reference, 5.1.1).
const ADDRESS: &str = "127.0.1.1";
/// The longest file that is looked at.
const LARGEST_FILE: u64 = 1 << 20;

/// Adds a name, unless it is there already: what else is in the file is the sandbox's.
pub(super) fn add(file: &Path, name: &str) -> Result<()> {
    let mut file = OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .mode(0o644)
        // A pipe in its place is not waited for.
        .custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY)
        .open(file)?;
    let meta = file.metadata()?;
    if !meta.is_file() || meta.len() > LARGEST_FILE {
        return Err(ErrorKind::InvalidInput.into());
    }
    let mut text = Vec::new();
    (&mut file).take(LARGEST_FILE).read_to_end(&mut text)?;
    let text = String::from_utf8_lossy(&text);
    let known = text.lines().any(|line| {
        let line = line.split('#').next().unwrap_or_default();
        line.split_whitespace().skip(1).any(|word| word == name)
    });
    if known {
        return Ok(());
    }
    let mut added = String::new();
    if text.is_empty() {
        added.push_str("127.0.0.1 localhost\n::1 localhost\n");
    } else if !text.ends_with('\n') {
        added.push('\n');
    }
    added.extend([ADDRESS, " ", name, "\n"]);
    file.write_all(added.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_name_is_added_once_and_what_was_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hosts");
        let text = || fs::read_to_string(&file).unwrap();
        add(&file, "demo").unwrap();
        add(&file, "demo").unwrap();
        assert_eq!(
            text(),
            "127.0.0.1 localhost\n::1 localhost\n127.0.1.1 demo\n"
        );
        fs::write(&file, "10.0.0.1 mine # demo").unwrap();
        add(&file, "demo").unwrap();
        add(&file, "mine").unwrap();
        assert_eq!(text(), "10.0.0.1 mine # demo\n127.0.1.1 demo\n");
        assert!(add(folder.path(), "demo").is_err());
    }
}
