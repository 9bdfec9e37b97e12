//! What of a job's output goes into a result: all of it, or its head and tail, or what it is instead.

use crate::document::clip;
use crate::document::media;
use crate::error::{Kind, Result};

use super::place::JobPlace;

/// A part of one stream.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// How long the stream is.
    pub(super) bytes: u64,
    /// Whether anything was left out.
    pub(super) cut: bool,
}

impl JobPlace {
    /// A stream within the budget. Of a job that has `ended` it is there, or somebody has deleted it.
    pub(super) async fn excerpt(&self, name: &str, budget: u64, ended: bool) -> Result<Excerpt> {
        let path = self.file(name);
        let part = |start, length| {
            self.client
                .download_part(&self.toolbox, &path, start, length)
        };
        let head = match part(0, budget).await {
            Ok(head) => head,
            Err(error) if error.kind() == Kind::NotFound && ended => {
                return Ok(Excerpt {
                    text: format!("[lost: {path} was deleted, by the command itself or meanwhile]"),
                    bytes: 0,
                    cut: true,
                });
            }
            // Its shell has not come that far, or never will.
            Err(error) if error.kind() == Kind::NotFound => return Ok(Excerpt::default()),
            Err(error) => return Err(error),
        };
        let bytes = head.total.unwrap_or(head.bytes.len() as u64);
        if clip::is_binary(&head.bytes) {
            let kind = media::of(&path, &head.bytes).name;
            return Ok(Excerpt {
                text: format!("[{bytes} bytes that are not text ({kind}), in {path}]"),
                bytes,
                cut: true,
            });
        }
        if !head.more {
            return Ok(Excerpt {
                text: String::from_utf8_lossy(&head.bytes).into_owned(),
                bytes,
                cut: false,
            });
        }
        let half = budget / 2;
        let begin = bytes.saturating_sub(half).max(half);
        let tail = part(begin, half).await?.bytes;
        let head = &head.bytes[..head.bytes.len().min(usize::try_from(half).unwrap_or(0))];
        let head = &head[clip::whole(head, true, false)];
        let tail = &tail[lines(&tail)..];
        let next = head.len() as u64;
        let left = bytes.saturating_sub(next + tail.len() as u64);
        Ok(Excerpt {
            text: format!(
                "{}\n[… {left} of {bytes} bytes left out; all of it is in {path}: read_file with offset {next}, or grep it …]\n{}",
                String::from_utf8_lossy(head).trim_end_matches('\n'),
                String::from_utf8_lossy(tail)
            ),
            bytes,
            cut: true,
        })
    }
}

/// Where the first whole line begins, if that is in the first half; else the first whole character.
fn lines(bytes: &[u8]) -> usize {
    let line = bytes.iter().position(|byte| *byte == b'\n');
    match line {
        Some(at) if at < bytes.len() / 2 => at + 1,
        _ => clip::whole(bytes, false, true).start,
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn a_tail_begins_with_a_line_or_else_a_character() {
        assert_eq!(lines(b"ne\ntwo\nthree"), 3);
        assert_eq!(lines(&"üaa".as_bytes()[1..]), 1);
        assert_eq!(lines(b"no line here\n"), 0);
    }
}
