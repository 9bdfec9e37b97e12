//! The output of a program that is kept until it ends: in memory while it is short, then in a file
//! without a name; of a very long one the beginning and the end.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;

use bytes::Bytes;
use tokio::io::AsyncReadExt as _;
use tokio::net::unix::pipe;

use super::reply::Chunks;

/// What is held in memory.
const HELD: usize = 1 << 20;
/// What is kept of the beginning, and of the end.
const KEPT: u64 = 16 << 20;
/// How much is read at once.
const READ: usize = 64 << 10;

/// What was written so far, or what is kept of it.
#[derive(Default)]
pub(super) struct Spill {
    held: Vec<u8>,
    file: Option<File>,
    /// All that was written, kept or not.
    total: u64,
    /// From here on nothing could be kept: the disk is full, or there is none.
    lost: Option<u64>,
}

impl From<Vec<u8>> for Spill {
    fn from(held: Vec<u8>) -> Self {
        Self {
            total: held.len() as u64,
            held,
            ..Self::default()
        }
    }
}

/// Where a byte is kept that was written as the so-maniest.
fn place(position: u64) -> u64 {
    match position.checked_sub(KEPT) {
        Some(beyond) => KEPT + beyond % KEPT,
        None => position,
    }
}

impl Spill {
    /// What was written, where it is short enough to be in memory.
    pub(super) fn held(&self) -> &[u8] {
        &self.held
    }

    pub(super) fn push(&mut self, mut chunk: &[u8]) {
        if self.file.is_none() && self.lost.is_none() {
            if self.held.len() + chunk.len() <= HELD {
                self.held.extend_from_slice(chunk);
                self.total += chunk.len() as u64;
                return;
            }
            let moved = nameless().and_then(|file| {
                file.write_all_at(&self.held, 0)?;
                Ok(file)
            });
            match moved {
                Ok(file) => {
                    self.file = Some(file);
                    self.held = Vec::new();
                }
                Err(_) => self.lost = Some(self.total),
            }
        }
        while let Some(file) = &self.file
            && self.lost.is_none()
            && !chunk.is_empty()
        {
            let at = place(self.total);
            let room = if self.total < KEPT { KEPT } else { 2 * KEPT } - at;
            let length = chunk.len().min(usize::try_from(room).unwrap_or(usize::MAX));
            if file.write_all_at(&chunk[..length], at).is_err() {
                self.lost = Some(self.total);
                break;
            }
            self.total += length as u64;
            chunk = &chunk[length..];
        }
        self.total += chunk.len() as u64;
    }

    /// Takes all that comes through a pipe, to its end.
    pub(super) async fn fill(&mut self, from: &mut pipe::Receiver) -> io::Result<()> {
        let mut buffer = vec![0; READ];
        loop {
            match from.read(&mut buffer).await? {
                0 => return Ok(()),
                read => self.push(&buffer[..read]),
            }
        }
    }

    /// What is kept, in order, with a line in the place of what is not.
    pub(super) fn into_chunks(self) -> Chunks {
        let kept = self.lost.unwrap_or(self.total);
        let head = kept.min(KEPT);
        // What was lost is at the end; what was left out is in the middle.
        let tail = match self.lost {
            Some(_) => kept..kept,
            None => kept.saturating_sub(KEPT).max(head)..kept,
        };
        let left_out = self.total - head - (tail.end - tail.start);
        let note = (left_out > 0).then(|| self.note(left_out));
        let mut note = note.map(Bytes::from);
        let mut position = 0;
        Box::new(move || {
            if position == head {
                position = tail.start.max(head);
                if let Some(note) = note.take() {
                    return Ok(Some(note));
                }
            }
            let end = if position < head { head } else { tail.end };
            let at = place(position);
            let run = (end - position).min(2 * KEPT - at).min(READ as u64);
            let length = usize::try_from(run).unwrap_or(0);
            if length == 0 {
                return Ok(None);
            }
            let mut chunk = vec![0; length];
            if let Some(file) = &self.file {
                file.read_exact_at(&mut chunk, at)?;
            } else {
                let from = usize::try_from(at).unwrap_or(0);
                chunk.copy_from_slice(&self.held[from..from + length]);
            }
            position += run;
            Ok(Some(chunk.into()))
        })
    }

    fn note(&self, left_out: u64) -> String {
        let why = match self.lost {
            Some(_) => "the sandbox's disk could not hold them".to_owned(),
            None => format!(
                "of {} bytes the first and the last {} MiB are kept",
                self.total,
                KEPT >> 20
            ),
        };
        format!(
            "\n[{left_out} bytes of the output are left out here: {why}. To have all, write it to a file, or run the command in a session.]\n"
        )
    }
}

/// A file that is gone with its descriptor.
pub(super) fn nameless() -> io::Result<File> {
    tempfile::tempfile_in("/var/tmp").or_else(|_| tempfile::tempfile())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(spill: Spill) -> Vec<u8> {
        let mut chunks = spill.into_chunks();
        let mut all = Vec::new();
        while let Some(chunk) = chunks().unwrap() {
            all.extend_from_slice(&chunk);
        }
        all
    }

    /// Bytes of which each says where it was.
    fn numbered(from: u64, to: u64) -> Vec<u8> {
        (from / 8..to / 8).flat_map(u64::to_be_bytes).collect()
    }

    #[test]
    fn what_is_short_is_kept_whole() {
        for length in [0, 8, HELD as u64, HELD as u64 + 8, KEPT, KEPT + 8, 2 * KEPT] {
            let mut spill = Spill::default();
            let text = numbered(0, length);
            for chunk in text.chunks(100_000) {
                spill.push(chunk);
            }
            assert_eq!(
                spill.held().len() as u64,
                if length <= HELD as u64 { length } else { 0 }
            );
            assert!(all(spill) == text, "{length}");
        }
    }

    #[test]
    fn of_what_is_long_the_beginning_and_the_end_are_kept() {
        for beyond in [8, 1000, KEPT, 2 * KEPT + 800] {
            let total = 2 * KEPT + beyond;
            let mut spill = Spill::default();
            for from in (0..total).step_by(1 << 20) {
                spill.push(&numbered(from, (from + (1 << 20)).min(total)));
            }
            let kept = all(spill);
            let size = usize::try_from(KEPT).unwrap();
            assert!(kept[..size] == numbered(0, KEPT), "{beyond}");
            assert!(
                kept[kept.len() - size..] == numbered(total - KEPT, total),
                "{beyond}"
            );
            let note = String::from_utf8_lossy(&kept[size..kept.len() - size]).into_owned();
            assert!(
                note.starts_with(&format!(
                    "\n[{beyond} bytes of the output are left out here"
                )),
                "{note}"
            );
        }
    }
}
