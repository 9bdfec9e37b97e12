//! A command's log while it runs, over a WebSocket, its two streams told apart by their marks.

use bytes::{Buf as _, Bytes, BytesMut};
use futures_util::StreamExt as _;
use reqwest::Upgraded;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use crate::error::{Command, Error, Kind, Result};

use super::client::Client;
use super::path::encode;
use super::reply::{LONGEST_REASON, said};
use super::types::{STDERR_MARK, STDOUT_MARK};

/// Which of a command's two outputs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// The chunks of a command's output, in the order in which they were written.
pub struct LogStream {
    socket: WebSocketStream<Upgraded>,
    marks: Marks,
    ended: bool,
    exit_code: Option<i32>,
}

/// The reason with which our engine closes a log.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reason {
    exit_code: i32,
}

impl Client {
    /// `GET …/command/{cmd}/logs` as a WebSocket: from the first byte to the command's end, or to what
    /// there is by now where that is not followed.
    pub async fn log_stream(
        &self,
        toolbox: &str,
        session: &str,
        command: &str,
        follow: bool,
    ) -> Result<LogStream> {
        let url = format!(
            "{toolbox}/process/session/{}/command/{}/logs?follow={follow}",
            encode(session),
            encode(command)
        );
        let opened = self.socket(&url, None).await?;
        Ok(LogStream {
            socket: opened.socket,
            marks: Marks::new(opened.engine),
            ended: false,
            exit_code: None,
        })
    }
}

impl LogStream {
    /// The exit code, if the server told it at the end: our engine does, and has deleted a transient
    /// session then.
    pub fn exit_code(&self) -> Option<i32> {
        self.exit_code
    }

    /// The next chunk, or none at the end of the command.
    pub async fn next(&mut self) -> Result<Option<(Stream, Bytes)>> {
        loop {
            if let Some(chunk) = self.marks.take() {
                return Ok(Some(chunk));
            }
            if self.ended {
                return Ok(self.marks.finish());
            }
            match self.socket.next().await {
                Some(Ok(Message::Binary(data))) => self.marks.push(&data),
                Some(Ok(Message::Text(text))) => self.marks.push(text.as_bytes()),
                Some(Ok(Message::Close(frame))) => {
                    self.ended = true;
                    let Some(frame) = frame else { continue };
                    if u16::from(frame.code) == 1011 {
                        return Err(Error::new(
                            Kind::Unavailable,
                            format!(
                                "the command's output broke off: {}",
                                said(&frame.reason, LONGEST_REASON)
                            ),
                        ));
                    }
                    let reason = serde_json::from_str::<Reason>(&frame.reason).ok();
                    self.exit_code = reason.map(|reason| reason.exit_code);
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => {
                    return Err(
                        Error::new(Kind::Unavailable, "the command's output broke off")
                            .because(error),
                    );
                }
                None => {
                    return match self.marks.finish() {
                        None => Err(Error::new(
                            Kind::Unavailable,
                            "the connection to the command was lost",
                        )
                        .hint(
                            Command::new("info")
                                .example("SANDBOX")
                                .to("the sandbox may have been stopped"),
                        )),
                        chunk => Ok(chunk),
                    };
                }
            }
        }
    }
}

/// Tells the streams apart.
///
/// Our engine sends one stream per frame, with the mark in front: bytes pass whatever they are.
/// Elsewhere marks stand anywhere in the bytes, and may be cut by a frame's end.
struct Marks {
    framed: bool,
    current: Stream,
    pending: BytesMut,
}

impl Marks {
    fn new(framed: bool) -> Self {
        Self {
            framed,
            current: Stream::Stdout,
            pending: BytesMut::new(),
        }
    }

    fn push(&mut self, data: &[u8]) {
        self.pending.extend_from_slice(data);
    }

    fn take(&mut self) -> Option<(Stream, Bytes)> {
        if self.framed {
            return self.take_frame();
        }
        loop {
            if self.take_mark() {
                continue;
            }
            // Keep what may be the beginning of a mark until the next frame.
            let end = (1..=self.pending.len())
                .find(|&at| is_mark_start(&self.pending[at..]))
                .unwrap_or(self.pending.len());
            if self.pending.is_empty() || (is_mark_start(&self.pending) && self.pending.len() < 3) {
                return None;
            }
            return Some((self.current, self.pending.split_to(end).freeze()));
        }
    }

    fn take_frame(&mut self) -> Option<(Stream, Bytes)> {
        if !self.take_mark() && self.pending.is_empty() {
            return None;
        }
        let chunk = self.pending.split().freeze();
        (!chunk.is_empty()).then_some((self.current, chunk))
    }

    fn take_mark(&mut self) -> bool {
        for (mark, stream) in [(STDOUT_MARK, Stream::Stdout), (STDERR_MARK, Stream::Stderr)] {
            if self.pending.starts_with(&mark) {
                self.pending.advance(mark.len());
                self.current = stream;
                return true;
            }
        }
        false
    }

    fn finish(&mut self) -> Option<(Stream, Bytes)> {
        let rest = self.pending.split().freeze();
        (!rest.is_empty()).then_some((self.current, rest))
    }
}

/// Whether the bytes begin with a mark, or end within one.
fn is_mark_start(bytes: &[u8]) -> bool {
    let seen = &bytes[..bytes.len().min(3)];
    !seen.is_empty() && (STDOUT_MARK.starts_with(seen) || STDERR_MARK.starts_with(seen))
}

/// What fuzz targets call: the frames of a log. No byte is lost but those of marks.
#[cfg(fuzzing)]
pub fn fuzz(data: &[u8]) {
    for framed in [true, false] {
        let mut marks = Marks::new(framed);
        let mut taken = 0;
        for frame in data.chunks(5) {
            marks.push(frame);
            while let Some((_, chunk)) = marks.take() {
                taken += chunk.len();
            }
        }
        taken += marks.finish().map_or(0, |(_, chunk)| chunk.len());
        assert!(taken <= data.len() && (data.len() - taken) % 3 == 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(marks: &mut Marks) -> Vec<(Stream, String)> {
        let mut chunks = Vec::new();
        while let Some((stream, chunk)) = marks.take() {
            chunks.push((stream, String::from_utf8_lossy(&chunk).into_owned()));
        }
        chunks
    }

    #[test]
    fn marks_anywhere_in_the_bytes_switch_the_stream() {
        let mut marks = Marks::new(false);
        marks.push(b"\x01\x01\x01a\n\x02\x02\x02b\n\x01");
        assert_eq!(
            all(&mut marks),
            [
                (Stream::Stdout, "a\n".into()),
                (Stream::Stderr, "b\n".into())
            ]
        );
        marks.push(b"\x01\x01c");
        assert_eq!(all(&mut marks), [(Stream::Stdout, "c".into())]);
        assert!(marks.finish().is_none());
    }

    #[test]
    fn a_frame_of_our_engine_passes_whatever_its_bytes() {
        let mut marks = Marks::new(true);
        marks.push(b"\x01\x01\x01a\x02\x02\x02b");
        assert_eq!(
            all(&mut marks),
            [(Stream::Stdout, "a\u{2}\u{2}\u{2}b".into())]
        );
    }

    #[test]
    fn an_unfinished_mark_at_the_end_is_output() {
        let mut marks = Marks::new(false);
        marks.push(b"\x01\x01\x01a\x01\x01");
        assert_eq!(all(&mut marks), [(Stream::Stdout, "a".into())]);
        assert_eq!(
            marks.finish(),
            Some((Stream::Stdout, Bytes::from_static(b"\x01\x01")))
        );
    }
}
