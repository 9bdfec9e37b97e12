//! The output of one command: kept whole on disk, or handed on once to a follower that sets the pace.

use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::Notify;

use crate::api::types::{STDERR_MARK, STDOUT_MARK};

/// How much a follower may lag before the command has to wait, in bytes.
const LAG: usize = 1 << 20;
/// The longest chunk that is read back from disk.
const CHUNK: u64 = 32 << 10;

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
    /// The bytes in a file without a name; the end of each run of one stream.
    Kept {
        file: File,
        runs: Vec<(Stream, u64)>,
    },
    /// What the follower has not taken yet.
    Passing {
        queue: VecDeque<(Stream, Bytes)>,
        waiting: usize,
    },
}

/// Where a reader is in a kept log.
#[derive(Clone, Copy, Default)]
pub(super) struct Position {
    run: usize,
    offset: u64,
}

impl Log {
    /// A log that is kept whole.
    pub(super) fn kept() -> io::Result<Self> {
        let file = tempfile::tempfile_in("/var/tmp").or_else(|_| tempfile::tempfile())?;
        Ok(Self::new(Store::Kept {
            file,
            runs: Vec::new(),
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
            Store::Kept { file, runs } => {
                let begin = runs.last().map_or(0, |(_, end)| *end);
                file.write_all_at(&chunk, begin)?;
                let end = begin + chunk.len() as u64;
                match runs.last_mut() {
                    Some((last, last_end)) if *last == stream => *last_end = end,
                    _ => runs.push((stream, end)),
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

    /// The next chunk from `position` on, which it moves; none at the end. With `follow`, waits for more.
    pub(super) async fn next(
        &self,
        position: &mut Position,
        follow: bool,
    ) -> io::Result<Option<(Stream, Bytes)>> {
        loop {
            let notified = self.changed.notified();
            {
                let mut state = self.state();
                if let Some(chunk) = state.store.take(position)? {
                    drop(state);
                    self.room.notify_waiters();
                    return Ok(Some(chunk));
                }
                if state.ended || !follow {
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
            Self::Kept { file, runs } => {
                while let Some(&(stream, end)) = runs.get(position.run) {
                    let length = (end - position.offset).min(CHUNK);
                    if length == 0 {
                        // The last run may grow yet.
                        if position.run + 1 == runs.len() {
                            return Ok(None);
                        }
                        position.run += 1;
                        continue;
                    }
                    let mut chunk = vec![0; usize::try_from(length).unwrap_or(0)];
                    file.read_exact_at(&mut chunk, position.offset)?;
                    position.offset += length;
                    return Ok(Some((stream, chunk.into())));
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
}
