//! Reads messages, one a line, of which none takes more memory than it may.

use std::io;

use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};

use super::scan::Scan;

/// How long a message may be, in bytes.
pub(super) const LONGEST_LINE: usize = 16 << 20;

/// One line.
#[derive(Debug)]
pub(super) enum Line {
    /// A message, without the end of its line.
    Whole(Vec<u8>),
    /// A message that was too long to be kept: what was seen of it, and its length in bytes.
    TooLong(Scan, usize),
}

/// The lines of a reader.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    longest: usize,
}

impl<R: AsyncRead + Unpin> Lines<R> {
    pub(super) fn new(reader: R, longest: usize) -> Self {
        Self {
            reader: BufReader::with_capacity(64 << 10, reader),
            longest,
        }
    }

    /// The next line; none at the end. The last one needs no end of line.
    pub(super) async fn next(&mut self) -> io::Result<Option<Line>> {
        let mut kept = Vec::new();
        let mut too_long: Option<Scan> = None;
        let mut length = 0;
        loop {
            let bytes = self.reader.fill_buf().await?;
            let end = memchr::memchr(b'\n', bytes);
            let part = &bytes[..end.unwrap_or(bytes.len())];
            length += part.len();
            match &mut too_long {
                Some(scan) => scan.feed(part),
                None if length > self.longest => {
                    let mut scan = Scan::of(&std::mem::take(&mut kept));
                    scan.feed(part);
                    too_long = Some(scan);
                }
                None => kept.extend_from_slice(part),
            }
            let ended = bytes.is_empty();
            let used = part.len() + usize::from(end.is_some());
            self.reader.consume(used);
            if ended && length == 0 {
                return Ok(None);
            }
            if ended || end.is_some() {
                return Ok(Some(match too_long {
                    Some(scan) => Line::TooLong(scan, length),
                    None => Line::Whole(kept),
                }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    async fn all(input: &[u8]) -> Vec<String> {
        let mut lines = Lines::new(input, 40);
        let mut all = Vec::new();
        while let Some(line) = lines.next().await.unwrap() {
            all.push(match line {
                Line::Whole(line) => String::from_utf8(line).unwrap(),
                Line::TooLong(scan, length) => format!("{length} {:?}", scan.id()),
            });
        }
        all
    }

    #[tokio::test]
    async fn long_lines_are_told_by_their_id_and_the_next_one_is_whole() {
        let long = format!("{{\"x\":\"{}\",\"id\":7}}", "y".repeat(60));
        let input = format!("a\n\n{long}\nb");
        let told = format!("{} {:?}", long.len(), Some(json!(7)));
        assert_eq!(all(input.as_bytes()).await, ["a", "", told.as_str(), "b"]);
        assert_eq!(all(b"").await, Vec::<String>::new());
        assert_eq!(all(b"a\n").await, ["a"]);
    }
}
