//! Settings as Debian's packages brought them: nobody has written anything of this host into them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use md5::{Digest as _, Md5};

/// What dpkg knows of the installed packages (deb-conffiles(5)).
const STATUS: &str = "/var/lib/dpkg/status";
/// What ucf knows of the files that it keeps (ucf(1)): a sum and a path in each line.
const KEPT: &str = "/var/lib/ucf/hashfile";
/// The longest file that is looked at.
const LARGEST_FILE: u64 = 4 << 20;

/// Settings in /etc that are as they came.
pub(super) fn unchanged() -> Vec<PathBuf> {
    let status = fs::read_to_string(STATUS).unwrap_or_default();
    let kept = fs::read_to_string(KEPT).unwrap_or_default();
    let mut files = listed(&status);
    files.extend(kept.lines().filter_map(|line| {
        let (sum, path) = line.split_once(' ')?;
        Some((path.trim_start(), sum))
    }));
    files
        .into_iter()
        .filter(|(path, _)| path.starts_with("/etc/"))
        .filter(|(path, sum)| sum_of(Path::new(path)).is_ok_and(|own| own == *sum))
        .map(|(path, _)| PathBuf::from(path))
        .collect()
}

/// The settings that installed packages brought, each with its sum.
fn listed(status: &str) -> Vec<(&str, &str)> {
    let mut files = Vec::new();
    let (mut installed, mut within) = (false, false);
    for line in status.lines() {
        if let Some(file) = line.strip_prefix(' ') {
            let mut words = file.split(' ');
            if within
                && installed
                && let (Some(path), Some(sum)) = (words.next(), words.next())
            {
                files.push((path, sum));
            }
            continue;
        }
        within = line == "Conffiles:";
        match line.strip_prefix("Status: ") {
            Some(state) => installed = state.ends_with(" installed"),
            // The end of a package.
            None if line.is_empty() => installed = false,
            None => {}
        }
    }
    files
}

fn sum_of(path: &Path) -> io::Result<String> {
    let meta = fs::symlink_metadata(path)?;
    if !meta.is_file() || meta.len() > LARGEST_FILE {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    Ok(format!("{:x}", Md5::digest(fs::read(path)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_installed_counts() {
        let status = "Package: a\nStatus: install ok installed\nConffiles:\n /etc/a d41d\n /etc/b 0 obsolete\nDescription: x\n /etc/not 1\n\n\
                      Package: b\nStatus: deinstall ok config-files\nConffiles:\n /etc/c 2\n";
        assert_eq!(listed(status), [("/etc/a", "d41d"), ("/etc/b", "0")]);
    }

    #[test]
    fn sums_are_as_dpkg_writes_them() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("f");
        fs::write(&file, "").unwrap();
        assert_eq!(sum_of(&file).unwrap(), "d41d8cd98f00b204e9800998ecf8427e");
        assert!(sum_of(folder.path()).is_err());
    }
}
