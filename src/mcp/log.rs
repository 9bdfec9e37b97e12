//! The MCP server's log file: readable by its owner only, and kept from growing without end.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::{Context as _, Kind, Result};

/// When a log is put aside as `<name>.1`, in bytes.
const LARGEST: u64 = 5 << 20;

/// A log file that several processes may append to.
#[derive(Clone, Debug)]
pub struct LogFile {
    path: PathBuf,
    file: Arc<Mutex<File>>,
}

impl LogFile {
    /// Opens the log, and makes it and its folder where they are missing.
    pub fn open(path: &Path) -> Result<Self> {
        let failed = || format!("cannot open the log {}", path.display());
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).context(Kind::Other, failed)?;
        }
        let file = append(path).context(Kind::Other, failed)?;
        Ok(Self {
            path: path.to_owned(),
            file: Arc::new(Mutex::new(file)),
        })
    }
}

impl Write for LogFile {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        // Another process may have put the file aside: then this one goes on in the old one until here.
        if fs::metadata(&self.path).map_or(LARGEST, |meta| meta.len()) >= LARGEST {
            let mut aside = self.path.clone().into_os_string();
            aside.push(".1");
            let _ = fs::rename(&self.path, aside);
            *file = append(&self.path)?;
        }
        file.write_all(line)?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn append(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
        let file = options.mode(0o600).open(path)?;
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
        Ok(file)
    }
    #[cfg(not(unix))]
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_log_is_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/daytona-mcp.log");
        let mut log = LogFile::open(&path).unwrap();
        log.write_all(&vec![b'x'; usize::try_from(LARGEST).unwrap()])
            .unwrap();
        log.write_all(b"next\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "next\n");
        assert_eq!(
            fs::metadata(folder.path().join("a/daytona-mcp.log.1"))
                .unwrap()
                .len(),
            LARGEST
        );
    }
}
