//! What of a job's output goes into a result: all of it, or its head and tail, or what it is instead.

use crate::error::{Kind, Result};

use super::place::Place;

/// How much of what is not text is too much for text, in parts of the whole.
const BROKEN: usize = 10;

/// A part of one stream.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// How long the stream is.
    pub(super) bytes: u64,
    /// Whether anything was left out.
    pub(super) cut: bool,
}

impl Place {
    /// A stream within the budget.
    pub(super) async fn excerpt(&self, name: &str, budget: u64) -> Result<Excerpt> {
        let path = self.file(name);
        let part = |first, count| self.client.read_part(&self.toolbox, &path, first, count);
        let (head, bytes) = match part(Some(0), budget).await {
            Ok(read) => read,
            // Its shell has not come that far, or never will.
            Err(error) if error.kind() == Kind::NotFound => return Ok(Excerpt::default()),
            Err(error) => return Err(error),
        };
        let whole = bytes <= head.len() as u64;
        if is_binary(&head) {
            let kind = infer(&head);
            return Ok(Excerpt {
                text: format!("[{bytes} bytes that are not text{kind}, in {path}]"),
                bytes,
                cut: true,
            });
        }
        if whole {
            return Ok(Excerpt {
                text: String::from_utf8_lossy(&head).into_owned(),
                bytes,
                cut: false,
            });
        }
        let half = budget / 2;
        let (tail, bytes) = part(None, half).await?;
        let head = head_of(&head[..usize::try_from(half).unwrap_or(0).min(head.len())]);
        let tail = tail_of(&tail);
        let next = head.len() as u64;
        let left = bytes.saturating_sub(next + tail.len() as u64);
        Ok(Excerpt {
            text: format!(
                "{head}\n[… {left} of {bytes} bytes left out; all of it is in {path}: read_file with offset {next}, or grep it …]\n{tail}"
            ),
            bytes,
            cut: true,
        })
    }
}

/// As much as ends with a line, or else with a character.
fn head_of(bytes: &[u8]) -> String {
    let line = bytes
        .iter()
        .rposition(|byte| *byte == b'\n')
        .filter(|at| *at > bytes.len() / 2);
    let end = line.unwrap_or_else(|| {
        let split = bytes
            .iter()
            .rposition(|byte| byte & 0xC0 != 0x80)
            .unwrap_or(0);
        if std::str::from_utf8(&bytes[split..]).is_ok() {
            bytes.len()
        } else {
            split
        }
    });
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

/// As much as begins with a line, or else with a character.
fn tail_of(bytes: &[u8]) -> String {
    let line = bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .map(|at| at + 1);
    let begin = line
        .filter(|at| *at < bytes.len() / 2)
        .or_else(|| bytes.iter().position(|byte| byte & 0xC0 != 0x80))
        .unwrap_or(0);
    String::from_utf8_lossy(&bytes[begin..]).into_owned()
}

/// Whether bytes are something other than text.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    if bytes.contains(&0) {
        return true;
    }
    let broken: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    // A character may be cut in two at the end.
    broken > 3 && broken > bytes.len() / BROKEN
}

/// What they may be, by how they begin.
fn infer(bytes: &[u8]) -> &'static str {
    const KINDS: [(&[u8], &str); 7] = [
        (b"\x89PNG", " (a PNG image)"),
        (b"\xFF\xD8\xFF", " (a JPEG image)"),
        (b"GIF8", " (a GIF image)"),
        (b"\x7FELF", " (an ELF program)"),
        (b"\x1F\x8B", " (gzip)"),
        (b"PK\x03\x04", " (zip)"),
        (b"%PDF", " (PDF)"),
    ];
    let found = KINDS.iter().find(|(begin, _)| bytes.starts_with(begin));
    found.map_or("", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_any_script_is_text() {
        assert!(!is_binary("grüße 日本\n".as_bytes()));
        assert!(!is_binary(&"日本".as_bytes()[..5]));
        assert!(is_binary(b"a\0b"));
        assert!(is_binary(&[0xFF; 100]));
    }

    #[test]
    fn both_ends_are_cut_at_lines_or_characters() {
        assert_eq!(head_of(b"one\ntwo\nthr"), "one\ntwo");
        assert_eq!(head_of(&"aaü".as_bytes()[..3]), "aa");
        assert_eq!(head_of("aaü".as_bytes()), "aaü");
        assert_eq!(tail_of(b"ne\ntwo\nthree"), "two\nthree");
        assert_eq!(tail_of(&"üaa".as_bytes()[1..]), "aa");
    }
}
