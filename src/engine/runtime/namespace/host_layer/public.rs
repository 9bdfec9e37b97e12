//! Copies of the host's settings: of what everybody on the host may read, and nothing else.

use std::collections::HashSet;
use std::fs::{self, Metadata, Permissions};
use std::io::{ErrorKind, Result};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use super::reference::absolute;

/// Below these all is copied that is referred to; of the last one only folders: the rest is of this boot.
pub(super) const TOPS: [&str; 3] = ["/etc", "/var", STATE];
const STATE: &str = "/run";
/// Files that are ours to write, that tell of this host and its people, or that may hold logins although
/// everybody may read them.
const NEVER: &[&str] = &[
    "/etc/apt",
    "/etc/environment",
    "/etc/fstab",
    "/etc/group",
    "/etc/gshadow",
    "/etc/hostname",
    "/etc/hosts",
    "/etc/krb5.keytab",
    "/etc/machine-id",
    "/etc/mtab",
    "/etc/netrc",
    "/etc/npmrc",
    "/etc/nsswitch.conf",
    "/etc/passwd",
    "/etc/pip.conf",
    "/etc/profile",
    "/etc/resolv.conf",
    "/etc/shadow",
    "/etc/ssh",
    "/etc/sudoers",
    "/etc/sudoers.d",
    "/etc/wgetrc",
];
/// Folders that hold the host's own data beside what programs need: never copied whole.
const BROAD: &[&str] = &[
    "/var/backups",
    "/var/cache",
    "/var/lib",
    "/var/local",
    "/var/log",
    "/var/mail",
    "/var/spool",
    "/var/tmp",
    "/var/www",
];
/// What is mere data of services below one of these, at any depth.
const DATA: &[&str] = &[
    "/var/backups",
    "/var/log",
    "/var/mail",
    "/var/spool",
    "/var/tmp",
    "/var/www",
];
/// The most that is copied: settings are small.
const MOST_FILES: usize = 20_000;
const MOST_BYTES: u64 = 64 << 20;

/// Copies into a root.
pub(super) struct Copies<'a> {
    root: &'a Path,
    done: HashSet<PathBuf>,
    left: Vec<PathBuf>,
    files: usize,
    bytes: u64,
}

impl<'a> Copies<'a> {
    pub(super) fn into(root: &'a Path) -> Self {
        Self {
            root,
            done: HashSet::new(),
            left: Vec::new(),
            files: 0,
            bytes: 0,
        }
    }

    /// Copies a file or folder of the host with all that its links lead to; what is not for everybody is
    /// left out, as is what is not there.
    pub(super) fn take(&mut self, path: &Path) -> Result<()> {
        self.left.push(path.to_owned());
        while let Some(path) = self.left.pop() {
            let taken = self.one(&path);
            Self::unless_private(taken)?;
        }
        Ok(())
    }

    /// What is not there, vanished meanwhile, or cannot be read by this user, is not for everybody.
    fn unless_private(taken: Result<()>) -> Result<()> {
        match taken {
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::PermissionDenied
                ) =>
            {
                Ok(())
            }
            taken => taken,
        }
    }

    /// As settings that packages brought unchanged: no login can be in them.
    pub(super) fn take_unchanged(&mut self, path: &Path) -> Result<()> {
        let taken = self.way(path).and_then(|there| {
            let meta = fs::symlink_metadata(path)?;
            if there && meta.is_file() {
                self.file(path, &meta)?;
            }
            Ok(())
        });
        Self::unless_private(taken)
    }

    /// Makes a folder without content, where it can be.
    pub(super) fn empty(&mut self, folder: &Path) -> Result<()> {
        let mut above: Vec<&Path> = folder.ancestors().collect();
        above.pop();
        for folder in above.into_iter().rev() {
            match self.make(folder) {
                Err(error) if error.kind() == ErrorKind::NotADirectory => return Ok(()),
                made => made?,
            }
        }
        Ok(())
    }

    fn one(&mut self, path: &Path) -> Result<()> {
        let inside = TOPS
            .iter()
            .any(|top| path.starts_with(top) && path != Path::new(top));
        if !inside || NEVER.iter().any(|never| path.starts_with(never)) || !self.way(path)? {
            return Ok(());
        }
        let meta = fs::symlink_metadata(path)?;
        let folder = path.parent().unwrap_or(path);
        if meta.is_symlink() {
            if self.done.insert(path.to_owned()) {
                let target = fs::read_link(path)?;
                self.link(path, &target)?;
                self.left.push(absolute(folder, &target));
            }
        } else if meta.is_dir() {
            self.folder(path, &meta)?;
        } else if meta.is_file() && !path.starts_with(STATE) {
            self.file(path, &meta)?;
        }
        Ok(())
    }

    /// Makes the folders above a path, and says whether everybody can get there. Where one of them is a link,
    /// the rest of the path goes on from where it leads.
    fn way(&mut self, path: &Path) -> Result<bool> {
        let above: Vec<&Path> = path.ancestors().skip(1).collect();
        for folder in above
            .into_iter()
            .rev()
            .filter(|folder| folder.parent().is_some())
        {
            let meta = fs::symlink_metadata(folder)?;
            if meta.is_symlink() {
                let target = absolute(folder.parent().unwrap_or(folder), &fs::read_link(folder)?);
                self.left.push(folder.to_owned());
                if let Ok(rest) = path.strip_prefix(folder) {
                    self.left.push(target.join(rest));
                }
                return Ok(false);
            }
            if !meta.is_dir() || meta.permissions().mode() & 0o001 == 0 {
                return Ok(false);
            }
            self.make(folder)?;
        }
        Ok(true)
    }

    fn folder(&mut self, path: &Path, meta: &Metadata) -> Result<()> {
        self.make(path)?;
        let public = meta.permissions().mode() & 0o005 == 0o005;
        let whole = public
            && !path.starts_with(STATE)
            && !BROAD.iter().any(|broad| path == Path::new(broad))
            && !DATA.iter().any(|data| path.starts_with(data));
        if whole && self.done.insert(path.to_owned()) {
            for entry in fs::read_dir(path)? {
                self.left.push(entry?.path());
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, meta: &Metadata) -> Result<()> {
        let mode = meta.permissions().mode();
        let there = self.place(path);
        if mode & 0o004 == 0
            || fs::symlink_metadata(&there).is_ok()
            || self.files >= MOST_FILES
            || self.bytes + meta.len() > MOST_BYTES
        {
            return Ok(());
        }
        self.files += 1;
        self.bytes += meta.len();
        fs::copy(path, &there)?;
        fs::set_permissions(&there, Permissions::from_mode(mode & 0o755 | 0o600))
    }

    fn link(&self, path: &Path, target: &Path) -> Result<()> {
        let there = self.place(path);
        if fs::symlink_metadata(&there).is_ok() {
            return Ok(());
        }
        symlink(target, there)
    }

    /// Makes one folder. A link that is there already, as /var/run is, leads out of the root: nothing is
    /// put into it.
    fn make(&self, folder: &Path) -> Result<()> {
        let place = self.place(folder);
        match fs::create_dir(&place) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if fs::symlink_metadata(&place)?.is_dir() {
                    Ok(())
                } else {
                    Err(ErrorKind::NotADirectory.into())
                }
            }
            Err(error) => Err(error),
            Ok(()) => fs::set_permissions(&place, Permissions::from_mode(0o755)),
        }
    }

    fn place(&self, path: &Path) -> PathBuf {
        self.root.join(path.strip_prefix("/").unwrap_or(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is in a folder, deep, without its own name.
    fn tree(folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        let mut left = vec![folder.to_owned()];
        while let Some(path) = left.pop() {
            for entry in fs::read_dir(&path).into_iter().flatten().flatten() {
                let kind = entry.file_type().unwrap();
                if kind.is_dir() {
                    left.push(entry.path());
                }
                let name = entry.path();
                let name = name.strip_prefix(folder).unwrap().display().to_string();
                found.push(name);
            }
        }
        found.sort();
        found
    }

    #[test]
    fn what_is_not_for_everybody_stays_outside() {
        let root = tempfile::tempdir().unwrap();
        let mut copies = Copies::into(root.path());
        for path in [
            "/etc/shadow",
            "/etc/passwd",
            "/etc/sudoers",
            "/etc/ssl/private",
            "/etc/no-such-thing",
            "/home",
            "/root/.bashrc",
            "/etc",
            "/",
            "/proc/self/environ",
        ] {
            copies.take(Path::new(path)).unwrap();
            copies.take_unchanged(Path::new("/etc/shadow")).unwrap();
        }
        let found = tree(root.path());
        let allowed = ["etc", "etc/ssl", "etc/ssl/private"];
        assert!(
            found.iter().all(|path| allowed.contains(&path.as_str())),
            "{found:?}"
        );
    }

    #[test]
    fn nothing_is_put_where_a_link_of_the_root_leads() {
        let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::create_dir(root.path().join("var")).unwrap();
        symlink(outside.path(), root.path().join("var/run")).unwrap();
        let mut copies = Copies::into(root.path());
        copies.empty(Path::new("/var/run/x")).unwrap();
        copies.empty(Path::new("/var/lib/y")).unwrap();
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
        assert!(root.path().join("var/lib/y").is_dir());
    }
}
