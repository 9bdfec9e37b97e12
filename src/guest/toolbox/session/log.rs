//! The output of one command: kept whole on disk, or handed on once to a follower that sets the pace.

use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::Notify;

use crate::api::types::{STDERR_MARK, STDOUT_MARK};

use super::super::spill::nameless;

/// How much a follower may lag before the command has to wait, in bytes.
const LAG: usize = 1 << 20;
/// The longest record of a kept log.
const CHUNK: usize = 32 << 10;
/// What a record begins with: its stream, and the length of its bytes (big endian).
const HEAD: usize = 5;

/// The stream of a chunk.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Stream {
    Stdout,
    Stderr,
}

impl Stream {
    /// The mark before its chunks.
    pub(super) fn mark(self) -> [u8; 3] {
        match self {
            Self::Stdout => STDOUT_MARK,
            Self::Stderr => STDERR_MARK,
        }
    }
}

/// A log that is written while it is read.
pub(super) struct Log {
    state: Mutex<State>,
    changed: Notify,
    room: Notify,
}

struct State {
    store: Store,
    ended: bool,
}

enum Store {
    /// Records in a file without a name: however a program alternates, none of it is in memory.
    Kept {
        file: File,
        last: Option<Record>,
        end: u64,
    },
    /// What the follower has not taken yet.
    Passing {
        queue: VecDeque<(Stream, Bytes)>,
        waiting: usize,
    },
}

/// A record of a kept log: where its head is.
#[derive(Clone, Copy)]
struct Record {
    stream: Stream,
    at: u64,
    length: usize,
}

impl Record {
    fn head(&self) -> [u8; HEAD] {
        let [one, two, three, four] = u32::try_from(self.length).unwrap_or(0).to_be_bytes();
        [
            u8::from(self.stream == Stream::Stderr),
            one,
            two,
            three,
            four,
        ]
    }

    fn read(file: &File, at: u64) -> io::Result<Self> {
        let mut head = [0; HEAD];
        file.read_exact_at(&mut head, at)?;
        let [stream, length @ ..] = head;
        Ok(Self {
            stream: if stream == 0 {
                Stream::Stdout
            } else {
                Stream::Stderr
            },
            at,
            length: usize::try_from(u32::from_be_bytes(length)).unwrap_or(0),
        })
    }

    fn end(&self) -> u64 {
        self.at + (HEAD + self.length) as u64
    }
}

/// Where a reader is in a kept log: in a record, so many of its bytes taken.
#[derive(Clone, Copy, Default)]
pub(super) struct Position {
    record: u64,
    taken: usize,
}

impl Log {
    /// A log that is kept whole.
    pub(super) fn kept() -> io::Result<Self> {
        Ok(Self::new(Store::Kept {
            file: nameless()?,
            last: None,
            end: 0,
        }))
    }

    /// A log that passes to one follower.
    pub(super) fn passing() -> Self {
        Self::new(Store::Passing {
            queue: VecDeque::new(),
            waiting: 0,
        })
    }

    fn new(store: Store) -> Self {
        let state = Mutex::new(State {
            store,
            ended: false,
        });
        Self {
            state,
            changed: Notify::new(),
            room: Notify::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a chunk.
    pub(super) fn push(&self, stream: Stream, chunk: Bytes) -> io::Result<()> {
        let mut state = self.state();
        match &mut state.store {
            Store::Kept { file, last, end } => {
                for part in chunk.chunks(CHUNK) {
                    let record = match *last {
                        // The last record grows, bytes first: until its head says so, they are not there.
                        Some(grown)
                            if grown.stream == stream && grown.length + part.len() <= CHUNK =>
                        {
                            file.write_all_at(part, *end)?;
                            let length = grown.length + part.len();
                            Record { length, ..grown }
                        }
                        _ => {
                            let record = Record {
                                stream,
                                at: *end,
                                length: part.len(),
                            };
                            file.write_all_at(part, *end + HEAD as u64)?;
                            record
                        }
                    };
                    file.write_all_at(&record.head(), record.at)?;
                    *end = record.end();
                    *last = Some(record);
                }
            }
            Store::Passing { queue, waiting } => {
                *waiting += chunk.len();
                queue.push_back((stream, chunk));
            }
        }
        drop(state);
        self.changed.notify_waiters();
        Ok(())
    }

    /// Waits until the follower has caught up enough for more; at once where there is none to wait for.
    pub(super) async fn room(&self) {
        loop {
            let notified = self.room.notified();
            {
                let state = self.state();
                match &state.store {
                    Store::Passing { waiting, .. } if *waiting > LAG && !state.ended => {}
                    _ => return,
                }
            }
            notified.await;
        }
    }

    /// No more will come that anybody waits for.
    pub(super) fn end(&self) {
        self.state().ended = true;
        self.changed.notify_waiters();
        self.room.notify_waiters();
    }

    /// Whether it can be read more than once.
    pub(super) fn is_kept(&self) -> bool {
        matches!(self.state().store, Store::Kept { .. })
    }

    /// The next chunk from `position` on, which it moves, if there is one now.
    pub(super) fn take(&self, position: &mut Position) -> io::Result<Option<(Stream, Bytes)>> {
        let chunk = self.state().store.take(position)?;
        if chunk.is_some() {
            self.room.notify_waiters();
        }
        Ok(chunk)
    }

    /// The next chunk from `position` on, which it moves; none at the end. With `follow`, waits for more.
    pub(super) async fn next(
        &self,
        position: &mut Position,
        follow: bool,
    ) -> io::Result<Option<(Stream, Bytes)>> {
        loop {
            let notified = self.changed.notified();
            {
                if let Some(chunk) = self.take(position)? {
                    return Ok(Some(chunk));
                }
                if !follow || self.state().ended {
                    return Ok(None);
                }
            }
            notified.await;
        }
    }
}

impl Store {
    fn take(&mut self, position: &mut Position) -> io::Result<Option<(Stream, Bytes)>> {
        match self {
            Self::Passing { queue, waiting } => Ok(queue
                .pop_front()
                .inspect(|(_, chunk)| *waiting -= chunk.len())),
            Self::Kept { file, end, .. } => {
                while position.record < *end {
                    let record = Record::read(file, position.record)?;
                    let left = record.length.saturating_sub(position.taken);
                    if left > 0 {
                        let mut chunk = vec![0; left];
                        file.read_exact_at(&mut chunk, record.end() - left as u64)?;
                        position.taken = record.length;
                        return Ok(Some((record.stream, chunk.into())));
                    }
                    // The last record may grow yet.
                    if record.end() >= *end {
                        break;
                    }
                    *position = Position {
                        record: record.end(),
                        taken: 0,
                    };
                }
                Ok(None)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_kept_log_is_read_from_its_beginning_any_number_of_times() {
        let log = Log::kept().unwrap();
        log.push(Stream::Stdout, Bytes::from_static(b"a")).unwrap();
        log.push(Stream::Stdout, Bytes::from_static(b"b")).unwrap();
        log.push(Stream::Stderr, Bytes::from_static(b"c")).unwrap();
        for _ in 0..2 {
            let mut position = Position::default();
            assert_eq!(
                log.next(&mut position, false).await.unwrap(),
                Some((Stream::Stdout, "ab".into()))
            );
            assert_eq!(
                log.next(&mut position, false).await.unwrap(),
                Some((Stream::Stderr, "c".into()))
            );
            assert_eq!(log.next(&mut position, false).await.unwrap(), None);
        }
    }

    #[tokio::test]
    async fn a_passing_log_holds_the_command_back() {
        let log = Log::passing();
        log.push(Stream::Stdout, vec![0; LAG + 1].into()).unwrap();
        assert!(
            tokio::time::timeout(std::time::Duration::from_millis(20), log.room())
                .await
                .is_err()
        );
        let mut position = Position::default();
        assert!(log.next(&mut position, true).await.unwrap().is_some());
        log.room().await;
        log.end();
        assert_eq!(log.next(&mut position, true).await.unwrap(), None);
    }

    #[tokio::test]
    async fn streams_that_alternate_are_read_as_they_came() {
        let log = Log::kept().unwrap();
        let mut position = Position::default();
        let mut read = Vec::new();
        let mut written = Vec::new();
        for turn in 0..200_usize {
            let stream = if turn % 3 == 0 {
                Stream::Stderr
            } else {
                Stream::Stdout
            };
            let chunk = vec![u8::try_from(turn).unwrap(); turn * 400];
            log.push(stream, chunk.clone().into()).unwrap();
            written.extend(chunk.iter().map(|byte| (stream == Stream::Stderr, *byte)));
            // The reader is sometimes in the middle of a record that grows.
            if turn % 7 == 0 {
                while let Some((stream, chunk)) = log.take(&mut position).unwrap() {
                    read.extend(chunk.iter().map(|byte| (stream == Stream::Stderr, *byte)));
                }
            }
        }
        while let Some((stream, chunk)) = log.take(&mut position).unwrap() {
            read.extend(chunk.iter().map(|byte| (stream == Stream::Stderr, *byte)));
        }
        assert!(read == written);
    }
}
