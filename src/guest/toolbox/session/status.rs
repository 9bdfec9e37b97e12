//! The pipe by which the shell of a session tells of its commands.

use std::fs;
use std::io::{self, Read as _};
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::path::Path;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::net::unix::pipe;
use tokio_util::codec::{FramedRead, LinesCodec, LinesCodecError};

use super::super::regular;
use super::shell::STATUS;
use super::{Session, make_pipe};

/// The longest line in which a shell tells of a command: its id and its status.
const LONGEST_WORD: usize = 128;
/// How much is read of a file that was put in the pipe's place.
const MOST_OF_A_FILE: u64 = 4096;
/// How often it is looked whether the pipe is where the shell expects it, while a command runs.
const LOOK: Duration = Duration::from_millis(500);

/// The pipe, at its place below `pipes`; it is made where there is none.
pub(super) fn open(pipes: &Path) -> io::Result<pipe::Receiver> {
    let path = pipes.join(STATUS);
    match fs::symlink_metadata(&path) {
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(&path)?,
        Ok(_) => fs::remove_file(&path)?,
        Err(_) => {}
    }
    make_pipe(&path)?.open_receiver(path)
}

/// Hears what the shell says, until there is nobody any more who could.
pub(super) async fn listen(session: &Session, mut status: pipe::Receiver) {
    loop {
        let path = session.pipes.join(STATUS);
        let own = fs::symlink_metadata(&path).map_or(0, |meta| meta.ino());
        let mut lines = FramedRead::new(status, LinesCodec::new_with_max_length(LONGEST_WORD));
        let hear = async {
            // Programs can write to the pipe too: what is no word of the shell is passed over.
            let mut passed_over = false;
            loop {
                match lines.next().await {
                    Some(Ok(line)) => session.hear(&line),
                    Some(Err(LinesCodecError::MaxLineLengthExceeded)) => passed_over = true,
                    // After a refused line the reader pauses once.
                    None if passed_over => passed_over = false,
                    Some(Err(LinesCodecError::Io(_))) | None => break,
                }
            }
        };
        tokio::select! {
            () = hear => return,
            () = lost(session, &path, own) => {}
        }
        // The shell may have made a file where the pipe was.
        if let Ok((file, _)) = regular::open(&path) {
            let mut text = String::new();
            let _ = file.take(MOST_OF_A_FILE).read_to_string(&mut text);
            text.lines().for_each(|line| session.hear(line));
        }
        status = loop {
            let made = fs::create_dir_all(&session.pipes).and_then(|()| open(&session.pipes));
            match made {
                Ok(pipe) => break pipe,
                Err(_) => tokio::time::sleep(LOOK).await,
            }
        };
    }
}

/// Waits until the pipe is not there any more: a command can remove it. Nobody looks while nothing runs.
async fn lost(session: &Session, path: &Path, own: u64) {
    loop {
        if session.is_idle() {
            session.stirred.notified().await;
        } else {
            tokio::time::sleep(LOOK).await;
        }
        let there = fs::symlink_metadata(path)
            .is_ok_and(|meta| meta.file_type().is_fifo() && meta.ino() == own);
        if !there {
            return;
        }
    }
}
