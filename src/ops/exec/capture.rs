//! Output that is kept up to a budget: its beginning and its end.

use std::collections::VecDeque;

/// How much of one stream is kept.
const HALF: usize = 512 * 1024;

/// One stream of a command.
#[derive(Debug, Default)]
pub struct Capture {
    head: Vec<u8>,
    tail: VecDeque<u8>,
    count: u64,
}

impl Capture {
    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.count += bytes.len() as u64;
        let (head, tail) = bytes.split_at(bytes.len().min(HALF - self.head.len()));
        self.head.extend_from_slice(head);
        let tail = &tail[tail.len().saturating_sub(HALF)..];
        let excess = (self.tail.len() + tail.len()).saturating_sub(HALF);
        self.tail.drain(..excess);
        self.tail.extend(tail);
    }

    /// How many bytes there were.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many of them were not kept.
    pub fn lost(&self) -> u64 {
        self.count - (self.head.len() + self.tail.len()) as u64
    }

    /// What was kept, with a line that says what is missing.
    pub fn text(mut self) -> String {
        let lost = self.lost();
        let tail = self.tail.make_contiguous();
        if lost == 0 {
            self.head.extend_from_slice(tail);
            return String::from_utf8_lossy(&self.head).into_owned();
        }
        format!(
            "{}\n[… {lost} bytes left out …]\n{}",
            String::from_utf8_lossy(&self.head),
            String::from_utf8_lossy(tail)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_output_is_whole() {
        let mut capture = Capture::default();
        capture.push(b"a\xc3");
        capture.push(b"\xbcb");
        assert_eq!((capture.count(), capture.lost()), (4, 0));
        assert_eq!(capture.text(), "aüb");
    }

    #[test]
    fn long_output_keeps_both_ends() {
        let mut capture = Capture::default();
        capture.push(b"begin");
        for _ in 0..300 {
            capture.push(&[b'x'; 10_000]);
        }
        capture.push(b"end");
        assert_eq!(capture.count(), 3_000_008);
        assert_eq!(capture.lost(), 3_000_008 - 2 * HALF as u64);
        let text = capture.text();
        assert!(
            text.starts_with("begin") && text.ends_with("end") && text.contains("bytes left out")
        );
    }
}
