//! Where the host's programs look outside of /usr: the targets of links from it into /etc, /var and /run.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::thread;

/// Whole trees without links of programs: they hold most of the files of /usr.
const BARREN: &[&str] = &["doc", "help", "icons", "include", "locale", "man", "src"];
/// How many threads look: most of the time is the kernel's.
const THREADS: usize = 4;

/// The targets of all links below these folders that lead into one of `wanted`.
pub(super) fn targets(folders: &[String], wanted: &[&str]) -> BTreeSet<PathBuf> {
    let open = Mutex::new(folders.iter().map(PathBuf::from).collect::<Vec<_>>());
    let found = Mutex::new(BTreeSet::new());
    // Breadth first until there is enough to share out; from there on each thread goes down by itself.
    let work = |mut own: Vec<PathBuf>| {
        let mut targets = BTreeSet::new();
        while let Some(folder) = own.pop() {
            look(&folder, wanted, &mut own, &mut targets);
        }
        if let Ok(mut found) = found.lock() {
            found.extend(targets);
        }
    };
    let mut first = BTreeSet::new();
    if let Ok(mut open) = open.lock() {
        for _ in 0..2 {
            for folder in std::mem::take(&mut *open) {
                look(&folder, wanted, &mut open, &mut first);
            }
        }
    }
    let open = open.into_inner().unwrap_or_default();
    let mut shares = vec![Vec::new(); THREADS];
    for (index, folder) in open.into_iter().enumerate() {
        shares[index % THREADS].push(folder);
    }
    thread::scope(|scope| {
        for share in shares {
            scope.spawn(|| work(share));
        }
    });
    first.extend(found.into_inner().unwrap_or_default());
    first
}

/// Looks into one folder: what is below it, and what its links lead to.
fn look(folder: &Path, wanted: &[&str], below: &mut Vec<PathBuf>, targets: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() {
            let barren = entry
                .file_name()
                .to_str()
                .is_some_and(|name| BARREN.contains(&name));
            // The files of such a folder are looked at, but nothing deeper.
            if !barren || folder != Path::new("/usr/share") && folder != Path::new("/usr") {
                below.push(entry.path());
            } else {
                let mut nothing = Vec::new();
                look(&entry.path(), wanted, &mut nothing, targets);
            }
        } else if kind.is_symlink()
            && let Ok(target) = fs::read_link(entry.path())
        {
            let target = absolute(folder, &target);
            if wanted.iter().any(|top| target.starts_with(top)) {
                targets.insert(target);
            }
        }
    }
}

/// Where a link in `folder` leads, by its text alone.
pub(super) fn absolute(folder: &Path, target: &Path) -> PathBuf {
    let mut path = PathBuf::from("/");
    for part in folder.join(target).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_are_found_wherever_they_are() {
        let top = tempfile::tempdir().unwrap();
        let deep = top.path().join("a/b/c/d/e");
        fs::create_dir_all(&deep).unwrap();
        symlink("/etc/java/security", deep.join("security")).unwrap();
        symlink("/var/lib/x", top.path().join("x")).unwrap();
        symlink("/etcetera", top.path().join("not")).unwrap();
        symlink("../f", deep.join("near")).unwrap();
        let found = targets(
            &[top.path().to_string_lossy().into_owned()],
            &["/etc", "/var", "/run"],
        );
        let expected = ["/etc/java/security", "/var/lib/x"].map(PathBuf::from);
        assert_eq!(found, BTreeSet::from(expected));
    }

    #[test]
    fn links_lead_where_their_text_says() {
        let of = |target: &str| absolute(Path::new("/usr/lib/jvm"), Path::new(target));
        assert_eq!(of("../../../etc/java"), Path::new("/etc/java"));
        assert_eq!(of("../../../../../../etc/./x"), Path::new("/etc/x"));
        assert_eq!(of("/run/x"), Path::new("/run/x"));
    }
}
