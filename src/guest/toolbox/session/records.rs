//! A command's log to be sent as a reply: read from disk while it is sent, as often as it is needed.

use std::sync::Arc;

use bytes::Bytes;

use super::super::failure::{Answer, Failure};
use super::super::reply::Chunks;
use super::command::Command;
use super::log::{Position, Stream};

/// What a log holds.
#[derive(Clone)]
pub(super) enum Records {
    /// It stays in the command's log.
    Kept(Arc<Command>),
    /// It was taken out of a log that passes: little, for the command had to wait.
    Taken(Arc<Vec<(Stream, Bytes)>>),
}

impl Default for Records {
    fn default() -> Self {
        Self::Taken(Arc::default())
    }
}

impl Records {
    /// What is in a command's log now. One that passes is taken.
    pub(super) fn of(command: Arc<Command>) -> Answer<Self> {
        if command.log.is_kept() {
            return Ok(Self::Kept(command));
        }
        let mut taken = Vec::new();
        let mut position = Position::default();
        let broken = |error| Failure::internal("cannot read the log", error);
        while let Some(record) = command.log.take(&mut position).map_err(broken)? {
            taken.push(record);
        }
        Ok(Self::Taken(taken.into()))
    }

    /// The bytes of one stream, or of both; `marked` has the mark of a stream wherever it begins.
    pub(super) fn chunks(&self, marked: bool, only: Option<Stream>) -> Chunks {
        let records = self.clone();
        let mut position = Position::default();
        let mut index = 0;
        let mut last = None;
        Box::new(move || {
            loop {
                let next = match &records {
                    Self::Kept(command) => command.log.take(&mut position)?,
                    Self::Taken(taken) => {
                        index += 1;
                        taken.get(index - 1).cloned()
                    }
                };
                let Some((stream, chunk)) = next else {
                    return Ok(None);
                };
                if only.is_some_and(|only| only != stream) {
                    continue;
                }
                if marked && last.replace(stream) != Some(stream) {
                    return Ok(Some([&stream.mark()[..], &chunk].concat().into()));
                }
                return Ok(Some(chunk));
            }
        })
    }
}
