//! Folders that services expect to find made: what the host's packages ask systemd to make at each boot
//! (tmpfiles.d(5)).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where packages say so.
const LINES: &str = "/usr/lib/tmpfiles.d";
/// What is the init system's own, of which there is none in a sandbox, and what has its place already.
const NOT: &[&str] = &["/run/systemd", "/run/user", "/var/run", "/var/tmp"];

/// The folders in /run and /var.
pub(super) fn folders() -> BTreeSet<PathBuf> {
    let files = fs::read_dir(LINES).into_iter().flatten().flatten();
    let texts = files.filter_map(|file| fs::read_to_string(file.path()).ok());
    texts.flat_map(|text| of(&text)).collect()
}

fn of(text: &str) -> Vec<PathBuf> {
    let folders = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let (kind, path) = (words.next()?, words.next()?);
        // Where it is old-fashioned, /run is called /var/run.
        let path = match path.strip_prefix("/var/run/") {
            Some(rest) => Path::new("/run").join(rest),
            None => PathBuf::from(path),
        };
        let plain = kind.starts_with(['d', 'D']) && !path.to_string_lossy().contains(['%', '\\']);
        let inside = ["/run", "/var"]
            .iter()
            .any(|top| path.starts_with(top) && path != Path::new(top));
        let known = NOT.iter().any(|not| path.starts_with(not));
        let straight = path
            .components()
            .all(|part| !matches!(part, std::path::Component::ParentDir));
        (plain && inside && straight && !known).then_some(path)
    });
    folders.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_folders_are_made() {
        let text = "# d /run/no\nd /run/postgresql 2775 postgres postgres - -\nD! /var/run/x/y - - -\n\
                    L /run/link - - - - target\nd /run/user/%U\nd /run/systemd/netif\nd /var/lib/../../etc\nd /run\nd /tmp/x\n";
        let expected = ["/run/postgresql", "/run/x/y"].map(PathBuf::from);
        assert_eq!(of(text), expected);
    }
}
