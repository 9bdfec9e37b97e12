//! A file being written: whole at its end, or as it was before.
//!
//! A new file, and one that only its owner's name leads to, is written beside its place and put there
//! when it is whole. What cannot be replaced without being changed (hard links, devices, another's
//! file) is written in place.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use tempfile::TempPath;
use tokio::io::{AsyncWriteExt as _, BufWriter};

use super::super::regular::{not_regular, opened_at_once};

/// How much is handed to the disk at once.
const WRITE: usize = 256 << 10;
/// How many links may lead to one another.
const LINKS: usize = 40;

/// The place of a file, opened.
pub(super) struct Place {
    file: File,
    draft: Option<(TempPath, PathBuf)>,
}

impl Place {
    /// Makes the folders above where they are missing.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let path = follow(path)?;
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let meta = match fs::metadata(&path) {
            Ok(meta) => meta,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(folder)?;
                return Self::beside(path.clone(), folder, 0o644);
            }
            Err(error) => return Err(error),
        };
        let kind = meta.file_type();
        if kind.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        if kind.is_fifo() || kind.is_socket() {
            return Err(not_regular());
        }
        // Whoever may not write to it may not replace it either.
        let file = opened_at_once(OpenOptions::new().write(true), &path)?;
        let own = meta.uid() == rustix::process::geteuid().as_raw()
            && meta.gid() == rustix::process::getegid().as_raw();
        if kind.is_file()
            && own
            && meta.nlink() == 1
            && let Ok(place) = Self::beside(path.clone(), folder, 0o600)
        {
            place
                .file
                .set_permissions(Permissions::from_mode(meta.mode() & 0o7777))?;
            return Ok(place);
        }
        // Another may be in its place by now.
        if file.metadata()?.file_type().is_fifo() {
            return Err(not_regular());
        }
        if kind.is_file() {
            file.set_len(0)?;
        }
        Ok(Self { file, draft: None })
    }

    fn beside(path: PathBuf, folder: &Path, mode: u32) -> io::Result<Self> {
        let (file, draft) = tempfile::Builder::new()
            .prefix(".daytona-")
            .permissions(Permissions::from_mode(mode))
            .tempfile_in(folder)?
            .into_parts();
        Ok(Self {
            file,
            draft: Some((draft, path)),
        })
    }

    /// The file to write to.
    pub(super) fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Puts what was written in its place.
    pub(super) fn keep(self) -> io::Result<()> {
        match self.draft {
            Some((draft, path)) => draft.persist(path).map_err(|error| error.error),
            None => Ok(()),
        }
    }
}

/// Where the links at the end of a path lead, whether something is there or not.
fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(target) = fs::read_link(&path) else {
            return Ok(path);
        };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    Err(rustix::io::Errno::LOOP.into())
}

/// A place that is written to from the network. Dropped before its end, it leaves nothing behind.
pub(super) struct Target {
    file: BufWriter<tokio::fs::File>,
    draft: Option<(TempPath, PathBuf)>,
    written: u64,
}

impl Target {
    pub(super) async fn open(path: PathBuf) -> io::Result<Self> {
        let place = tokio::task::spawn_blocking(move || Place::open(&path))
            .await
            .map_err(io::Error::other)??;
        Ok(Self {
            file: BufWriter::with_capacity(WRITE, tokio::fs::File::from_std(place.file)),
            draft: place.draft,
            written: 0,
        })
    }

    pub(super) async fn write(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.written += chunk.len() as u64;
        self.file.write_all(chunk).await
    }

    /// Puts the file in its place; how many bytes it has.
    pub(super) async fn keep(mut self) -> io::Result<u64> {
        self.file.flush().await?;
        let place = Place {
            file: self.file.into_inner().into_std().await,
            draft: self.draft,
        };
        tokio::task::spawn_blocking(move || place.keep())
            .await
            .map_err(io::Error::other)??;
        Ok(self.written)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::os::unix::fs::symlink;

    use super::*;

    fn write(path: &Path, text: &str) -> io::Result<()> {
        let mut place = Place::open(path)?;
        place.file().write_all(text.as_bytes())?;
        place.keep()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn modes_links_and_folders_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        write(&at("deep/er/new"), "1").unwrap();
        assert_eq!(fs::metadata(at("deep/er/new")).unwrap().mode() & 0o133, 0);
        fs::write(at("run"), "old").unwrap();
        fs::set_permissions(at("run"), Permissions::from_mode(0o755)).unwrap();
        write(&at("run"), "new").unwrap();
        assert_eq!(fs::metadata(at("run")).unwrap().mode() & 0o777, 0o755);
        symlink("run", at("link")).unwrap();
        write(&at("link"), "linked").unwrap();
        assert!(at("link").is_symlink());
        assert_eq!(fs::read(at("run")).unwrap(), b"linked");
        symlink("made", at("dangling")).unwrap();
        write(&at("dangling"), "x").unwrap();
        assert_eq!(fs::read(at("made")).unwrap(), b"x");
        fs::hard_link(at("run"), at("twin")).unwrap();
        write(&at("run"), "both").unwrap();
        assert_eq!(fs::read(at("twin")).unwrap(), b"both");
        assert_eq!(
            write(&at("deep"), "x").unwrap_err().kind(),
            ErrorKind::IsADirectory
        );
        symlink("loop", at("loop")).unwrap();
        assert!(write(&at("loop"), "x").is_err());
        assert_eq!(
            names(folder.path()),
            ["dangling", "deep", "link", "loop", "made", "run", "twin"]
        );
    }

    #[test]
    fn what_is_broken_off_never_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "whole").unwrap();
        let mut place = Place::open(&path).unwrap();
        place.file().write_all(b"ha").unwrap();
        drop(place);
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(names(folder.path()), ["file"]);
    }
}
