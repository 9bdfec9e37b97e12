//! Opens regular files only: what a program puts in their place is neither waited for nor taken for one.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

/// The largest table of users, groups or shells that is read.
const LONGEST_TABLE: u64 = 1 << 20;

/// Opens a file for reading. A pipe without a writer would be waited for, and may appear between a look
/// and the opening.
pub(super) fn open(path: &Path) -> io::Result<(File, Metadata)> {
    open_with(OpenOptions::new().read(true), path)
}

/// As [`open`], as the options say.
pub(super) fn open_with(options: &mut OpenOptions, path: &Path) -> io::Result<(File, Metadata)> {
    let file = opened_at_once(options, path)?;
    let meta = file.metadata()?;
    if meta.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if !meta.is_file() {
        return Err(not_regular());
    }
    Ok((file, meta))
}

/// Opens whatever it is, without waiting for another side.
pub(super) fn opened_at_once(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let flags = libc::O_NONBLOCK | libc::O_NOCTTY;
    options.custom_flags(flags).open(path)
}

pub(super) fn not_regular() -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, "not a regular file")
}

/// The text of a table of the sandbox, such as `/etc/passwd`; none where it is not there, or no table.
pub(super) fn table(path: &str) -> String {
    let mut text = String::new();
    let read = open(Path::new(path))
        .and_then(|(file, _)| file.take(LONGEST_TABLE).read_to_string(&mut text));
    if read.is_err() {
        text.clear();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, mode, 0).unwrap();
        assert_eq!(open(&pipe).unwrap_err().kind(), ErrorKind::InvalidInput);
        assert!(open_with(OpenOptions::new().write(true), &pipe).is_err());
        assert_eq!(table(pipe.to_str().unwrap()), "");
        assert_eq!(
            open(folder.path()).unwrap_err().kind(),
            ErrorKind::IsADirectory
        );
        assert_eq!(
            open(Path::new("/dev/null")).unwrap_err().kind(),
            ErrorKind::InvalidInput
        );
    }
}
