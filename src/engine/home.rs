//! The engine's folder: the lock that makes it single, its key, and the address that it wrote down.

use std::fs::{self, File, Permissions, TryLockError};
use std::io::Write as _;
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::engine::random;
use crate::engine::store::Room;
use crate::error::{Context, Error, Kind, Result};
use crate::secret::Secret;

/// The name of a detached engine's log.
pub const LOG: &str = "engine.log";

/// The engine's folder. Everything in it is for its owner only.
#[derive(Clone, Debug)]
pub(super) struct Home {
    dir: PathBuf,
}

/// What a running engine says of itself, for those who look for it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Notice {
    /// The base URL, ending in `/api`.
    pub(super) url: String,
    pub(super) pid: u32,
    pub(super) version: String,
    /// Whether a command started it in the background: then a newer one may replace it.
    #[serde(default)]
    pub(super) detached: bool,
}

impl Home {
    pub(super) fn new(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// The database.
    pub(super) fn database(&self) -> PathBuf {
        self.path("engine.db")
    }

    /// What was sent to be imported, until it is.
    pub(super) fn spool(&self) -> PathBuf {
        self.path("spool")
    }

    /// Where this user's own programs connect to the engine.
    pub(super) fn socket(&self) -> PathBuf {
        self.path("engine.sock")
    }

    /// Where a detached engine writes.
    pub(super) fn log(&self) -> PathBuf {
        self.path(LOG)
    }

    /// Makes the folder where there is none, and closes it to others.
    pub(super) fn make(&self) -> Result<()> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.dir)
            .and_then(|()| fs::set_permissions(&self.dir, Permissions::from_mode(0o700)))
            .context(Kind::Other, || {
                format!("cannot make the engine's folder {}", self.dir.display())
            })
    }

    fn open_lock(&self) -> std::io::Result<File> {
        fs::OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(self.path("engine.lock"))
    }

    /// Takes the lock, which lasts as long as the file; none where another engine has it.
    pub(super) fn lock(&self) -> Result<Option<File>> {
        let failed = || format!("cannot lock the engine's folder {}", self.dir.display());
        let file = self.open_lock().context(Kind::Other, failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error).context(Kind::Other, failed),
        }
    }

    /// Whether that is still the file whose lock makes the engine single.
    pub(super) fn is(&self, lock: &File) -> bool {
        let there = fs::metadata(self.path("engine.lock"));
        let same = |there: fs::Metadata, own: fs::Metadata| {
            (there.dev(), there.ino()) == (own.dev(), own.ino())
        };
        there.is_ok_and(|there| lock.metadata().is_ok_and(|own| same(there, own)))
    }

    /// Whether an engine has the lock.
    pub(super) fn is_locked(&self) -> bool {
        // Without a folder or a lock file there is no engine, and looking must not make one.
        let Ok(file) = File::open(self.path("engine.lock")) else {
            return false;
        };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }

    /// What the running engine wrote; what one that was killed left behind is told apart by the lock.
    pub(super) fn notice(&self) -> Option<Notice> {
        let text = fs::read(self.path("engine.json")).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Whether the folder is there.
    pub(super) fn exists(&self) -> bool {
        self.dir.is_dir()
    }

    /// Writes down where the engine is, in one step.
    pub(super) fn announce(&self, notice: &Notice) -> Result<()> {
        let text = serde_json::to_vec(notice).context(Kind::Internal, || "no notice".to_owned())?;
        // On a full disk there is room in the file that is there.
        self.put("engine.json", &text)
            .or_else(|error| self.overwrite("engine.json", &text).map_err(|_| error))
    }

    /// Takes the notice away, and the socket.
    pub(super) fn retract(&self) {
        // On a full disk the file's room is kept for the next notice.
        let kept =
            Room::at(&self.dir).check().is_err() && self.overwrite("engine.json", b"{}").is_ok();
        if !kept {
            // It may never have been there.
            let _ = fs::remove_file(self.path("engine.json"));
        }
        let _ = fs::remove_file(self.socket());
    }

    /// Writes over a file that is there, within the room that it has: the rest is blank.
    fn overwrite(&self, name: &str, text: &[u8]) -> std::io::Result<()> {
        let mut file = fs::OpenOptions::new().write(true).open(self.path(name))?;
        let length = usize::try_from(file.metadata()?.len()).unwrap_or_default();
        let mut text = text.to_vec();
        text.resize(text.len().max(length), b' ');
        file.write_all(&text)
    }

    /// The key, where there is one.
    pub(super) fn key(&self) -> Option<Secret> {
        let text = fs::read_to_string(self.path("engine.key")).ok()?;
        let key = Secret::new(&text);
        (!key.expose().is_empty()).then_some(key)
    }

    /// The key, made once; and when, in milliseconds since 1970.
    pub(super) fn make_key(&self) -> Result<(Secret, i64)> {
        let path = self.path("engine.key");
        let key = if let Some(key) = self.key() {
            fs::set_permissions(&path, Permissions::from_mode(0o600))
                .context(Kind::Other, || {
                    format!("cannot close {} to others", path.display())
                })?;
            key
        } else {
            let key = Secret::new(&format!("dtn_{}", random::hex(32)?));
            self.put("engine.key", key.expose().as_bytes())?;
            key
        };
        let since = fs::metadata(&path)
            .and_then(|file| file.modified())
            .unwrap_or_else(|_| SystemTime::now());
        let since = since.duration_since(UNIX_EPOCH).unwrap_or_default();
        Ok((key, i64::try_from(since.as_millis()).unwrap_or_default()))
    }

    /// Replaces a file in one step; only its owner can read it.
    fn put(&self, name: &str, text: &[u8]) -> Result<()> {
        let path = self.path(name);
        let failed = || format!("cannot write {}", path.display());
        let mut file = tempfile::NamedTempFile::new_in(&self.dir).context(Kind::Other, failed)?;
        file.write_all(text).context(Kind::Other, failed)?;
        file.persist(&path).context(Kind::Other, failed)?;
        Ok(())
    }
}

impl Notice {
    /// That an engine is there already, and which.
    pub(super) fn conflict(notice: Option<Self>) -> Error {
        let which = notice
            .map(|notice| format!(": process {}, {}", notice.pid, notice.url))
            .unwrap_or_default();
        Error::new(
            Kind::Conflict,
            format!("the engine is running already{which}"),
        )
        .hint("stop it first: `daytona serve --stop`")
    }
}
