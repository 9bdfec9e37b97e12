//! The new lines of a job's output, as they come.

use crate::document::clip;

use super::place::JobPlace;

/// How many bytes of one stream are fetched at a time; of what comes faster the newest.
const MOST_BYTES_AT_ONCE: u64 = 8 << 10;
/// So many looks a line may wait for its end.
const LOOKS_FOR_A_LINE: u32 = 4;

/// Both streams, from some point on.
pub(super) struct Tail {
    streams: [Stream; 2],
}

/// One stream: how far it was read.
#[derive(Default)]
struct Stream {
    name: &'static str,
    at: u64,
    /// A line that has no end yet, and how many looks it has waited for it.
    begun: Vec<u8>,
    waited: u32,
}

impl Tail {
    /// All of it.
    pub(super) fn from_start() -> Self {
        let stream = |name| Stream {
            name,
            ..Stream::default()
        };
        Self {
            streams: [stream("stdout"), stream("stderr")],
        }
    }

    /// What comes from now on: what was written before is in results.
    pub(super) async fn from_now(place: &JobPlace) -> Self {
        let mut tail = Self::from_start();
        for stream in &mut tail.streams {
            let path = place.file(stream.name);
            let info = place.client.file_info(&place.toolbox, &path).await;
            stream.at = info.map_or(0, |info| info.size);
        }
        tail
    }

    /// The lines that have come since the last look; nothing where they cannot be had now.
    pub(super) async fn look(&mut self, place: &JobPlace) -> String {
        let mut lines = String::new();
        for stream in &mut self.streams {
            let path = place.file(stream.name);
            let part = |from| {
                place
                    .client
                    .download_part(&place.toolbox, &path, from, MOST_BYTES_AT_ONCE)
            };
            let Ok(mut part_read) = part(stream.at).await else {
                // A part from the end on is refused; so is that of a file that is not there.
                lines.push_str(&stream.take(&[], 0));
                continue;
            };
            let mut left_out = 0;
            if let Some(total) = part_read.total
                && total > stream.at.saturating_add(2 * MOST_BYTES_AT_ONCE)
                && let Ok(newest) = part(total - MOST_BYTES_AT_ONCE).await
            {
                left_out = total - MOST_BYTES_AT_ONCE - stream.at;
                stream.at = total - MOST_BYTES_AT_ONCE;
                part_read = newest;
            }
            lines.push_str(&stream.take(&part_read.bytes, left_out));
        }
        lines
    }
}

impl Stream {
    /// The whole lines among what was begun and what has come.
    fn take(&mut self, bytes: &[u8], left_out: u64) -> String {
        self.at += bytes.len() as u64;
        let mut text = String::new();
        if left_out > 0 {
            self.begun.clear();
            text = format!("[… {left_out} bytes left out …]\n");
        }
        self.begun.extend_from_slice(bytes);
        self.waited = if bytes.is_empty() { self.waited + 1 } else { 0 };
        let end = match self
            .begun
            .iter()
            .rposition(|byte| matches!(byte, b'\n' | b'\r'))
        {
            Some(end) => end + 1,
            // What has no end for long is shown as far as it is: a question, a bar.
            None if self.waited >= LOOKS_FOR_A_LINE
                || self.begun.len() as u64 >= MOST_BYTES_AT_ONCE =>
            {
                clip::whole(&self.begun, true, false).end
            }
            None => 0,
        };
        let lines: Vec<u8> = self.begun.drain(..end).collect();
        if clip::is_binary(&lines) {
            return format!("{text}[{} bytes that are not text]\n", lines.len());
        }
        text.push_str(&plain(&String::from_utf8_lossy(&lines)));
        text
    }
}

/// Lines without what drives a terminal: of a line that was written over again only its last form.
fn plain(text: &str) -> String {
    let text = anstream::adapter::strip_str(text).to_string();
    let mut lines = String::new();
    for line in text.lines() {
        let line = line
            .trim_end_matches('\r')
            .rsplit('\r')
            .next()
            .unwrap_or_default();
        let harmless = line.chars().filter(|c| !c.is_control() || *c == '\t');
        lines.extend(harmless);
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream() -> Stream {
        Stream::default()
    }

    #[test]
    fn lines_come_whole_and_once() {
        let mut stream = stream();
        assert_eq!(stream.take(b"one\ntw", 0), "one\n");
        assert_eq!(stream.take(b"", 0), "");
        assert_eq!(stream.take(b"o\n", 0), "two\n");
        assert_eq!(stream.at, 8);
        assert_eq!(stream.take("grö".as_bytes(), 0), "");
        for _ in 1..LOOKS_FOR_A_LINE {
            assert_eq!(stream.take(b"", 0), "");
        }
        assert_eq!(stream.take(b"", 0), "grö\n");
        assert_eq!(stream.take(b"", 0), "");
    }

    #[test]
    fn nothing_in_them_drives_a_terminal() {
        assert_eq!(
            plain("\u{1b}[31mred\u{1b}[0m \u{1b}]0;title\u{7}x\n"),
            "red x\n"
        );
        assert_eq!(plain(" 10 %\r 20 %\r100 %\r\n"), "100 %\n");
        assert_eq!(plain("a\u{8}\tb\u{0}\n"), "a\tb\n");
    }

    #[test]
    fn what_comes_too_fast_is_left_out_and_told() {
        let mut stream = stream();
        stream.take(b"begun", 0);
        let text = stream.take(b"rest\nnew\n", 100);
        assert_eq!(text, "[… 100 bytes left out …]\nrest\nnew\n");
        let text = stream.take(&[0, 1, 2, b'\n'], 0);
        assert_eq!(text, "[4 bytes that are not text]\n");
    }
}
