//! An agent's file: read and replaced whole, its mode and links kept, the first version put aside.

use std::fs::{self, Permissions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};

use crate::error::{Error, Kind, Result};

/// A file that is about to be edited.
pub(super) struct Target {
    /// Where it really is, links followed.
    real: PathBuf,
    permissions: Option<Permissions>,
}

impl Target {
    /// Finds the file behind links; refuses what must not be edited.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let mut real = path.to_owned();
        for _ in 0..40 {
            match fs::read_link(&real) {
                Ok(target) => real = real.parent().unwrap_or(Path::new("/")).join(target),
                Err(_) => break,
            }
        }
        let permissions = match fs::metadata(&real) {
            Ok(meta) if meta.is_file() => Some(meta.permissions()),
            Ok(_) => {
                return Err(Error::new(
                    Kind::Conflict,
                    format!("{} is not a file", real.display()),
                ));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => {
                return Err(
                    Error::new(Kind::Other, format!("cannot look at {}", real.display()))
                        .because(error),
                );
            }
        };
        if permissions.as_ref().is_some_and(Permissions::readonly) {
            return Err(Error::new(
                Kind::Conflict,
                format!("{} is read-only; it is left as it was", real.display()),
            )
            .hint(format!("allow the change: `chmod u+w {}`", real.display())));
        }
        Ok(Self { real, permissions })
    }

    /// The text of a file that is only read.
    pub(super) fn look(path: &Path) -> Result<String> {
        match fs::read_to_string(path) {
            Ok(text) => Ok(text),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
            Err(error) => Err(
                Error::new(Kind::Other, format!("cannot read {}", path.display())).because(error),
            ),
        }
    }

    pub(super) fn exists(&self) -> bool {
        self.permissions.is_some()
    }

    /// The text, empty where there is no file.
    pub(super) fn text(&self) -> Result<String> {
        if !self.exists() {
            return Ok(String::new());
        }
        fs::read_to_string(&self.real).map_err(|error| {
            Error::new(Kind::Other, format!("cannot read {}", self.real.display())).because(error)
        })
    }

    /// Puts `after` in the place of `before`, in one step; returns the backup if it was made now.
    pub(super) fn replace(&self, before: &str, after: &str) -> anyhow::Result<Option<PathBuf>> {
        let folder = self.real.parent().context("it is in no folder")?;
        fs::create_dir_all(folder)?;
        let mut draft = tempfile::Builder::new()
            .prefix(".daytona-")
            .tempfile_in(folder)?;
        draft.write_all(after.as_bytes())?;
        if let Some(permissions) = &self.permissions {
            draft.as_file().set_permissions(permissions.clone())?;
        }
        draft.as_file().sync_all()?;
        let mut backup = None;
        if self.exists() {
            // An agent may have written while we did: its change must not be lost.
            ensure!(
                fs::read_to_string(&self.real)? == before,
                "it was changed by another program meanwhile; run it again"
            );
            backup = self.put_aside(before)?;
        }
        draft.persist(&self.real)?;
        Ok(backup)
    }

    /// Takes the file away.
    pub(super) fn delete(&self) -> anyhow::Result<()> {
        Ok(fs::remove_file(&self.real)?)
    }

    fn aside(&self) -> PathBuf {
        let mut aside = self.real.clone().into_os_string();
        aside.push(".before-daytona");
        PathBuf::from(aside)
    }

    /// The text as it was before we touched it the first time, where that was kept.
    pub(super) fn first(&self) -> Option<String> {
        fs::read_to_string(self.aside()).ok()
    }

    /// Keeps the file as it was before we touched it the first time.
    fn put_aside(&self, text: &str) -> std::io::Result<Option<PathBuf>> {
        let aside = self.aside();
        match fs::File::create_new(&aside) {
            Ok(mut file) => {
                if let Some(permissions) = &self.permissions {
                    file.set_permissions(permissions.clone())?;
                }
                file.write_all(text.as_bytes())?;
                Ok(Some(aside))
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
            Err(error) => Err(error),
        }
    }
}
