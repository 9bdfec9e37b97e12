//! Text for a context window: whole characters, whole lines where that costs little, and the two
//! ends of what is too long.

use std::ops::Range;

/// How many bytes of text a result has, unless asked otherwise.
pub(crate) const BUDGET: usize = 8 << 10;

/// The part of a page of bytes that is whole characters, and ends after a line where one ends in
/// its second half. Never empty where the page is not.
pub(crate) fn whole(page: &[u8], first: bool, last: bool) -> Range<usize> {
    let cut = |byte: &&u8| matches!(byte, 0x80..=0xBF);
    let start = if first {
        0
    } else {
        page.iter().take(3).take_while(cut).count()
    };
    let mut end = page.len();
    if !last {
        let incomplete = match std::str::from_utf8(&page[start.min(end)..]) {
            Err(error) if error.error_len().is_none() => end - start - error.valid_up_to(),
            _ => 0,
        };
        end -= incomplete;
        let half = start + (end - start) / 2;
        if let Some(line) = page[half..end].iter().rposition(|byte| *byte == b'\n') {
            end = half + line + 1;
        }
    }
    if start < end {
        start..end
    } else {
        0..page.len()
    }
}

/// Whether these bytes are no text: they have a NUL, or are mostly not UTF-8.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    let wrong = bytes
        .utf8_chunks()
        .map(|chunk| chunk.invalid().len())
        .sum::<usize>();
    bytes.contains(&0) || wrong * 10 > bytes.len() && wrong > 3
}

/// The beginning and the end of a text that is longer than `most` bytes; how many were left out.
pub(crate) fn ends(text: &str, most: usize) -> Option<(&str, usize, &str)> {
    if text.len() <= most {
        return None;
    }
    let head = whole(&text.as_bytes()[..most / 4 * 3], true, false).end;
    let mut tail = text.len() - most / 4;
    while !text.is_char_boundary(tail) {
        tail += 1;
    }
    // Not in the middle of a line, where that costs little.
    if let Some(line) = text[tail..].find('\n').filter(|at| *at < most / 8) {
        tail += line + 1;
    }
    Some((&text[..head], tail - head, &text[tail..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_whole_characters_and_lines() {
        for (page, first, last, expected) in [
            ("abc".as_bytes(), true, true, 0..3),
            (b"ab\ncd\nef", true, false, 0..6),
            (b"ab\ncdefghijk", true, false, 0..12),
            ("aé".as_bytes(), true, false, 0..3),
            (&"aé".as_bytes()[..2], true, false, 0..1),
            (&"éa".as_bytes()[1..], false, true, 1..2),
            (&"é".as_bytes()[..1], true, false, 0..1),
            (b"", false, false, 0..0),
        ] {
            assert_eq!(whole(page, first, last), expected, "{page:?}");
        }
    }

    #[test]
    fn binary_is_told_from_text() {
        assert!(!is_binary("plain, größer".as_bytes()) && !is_binary(b""));
        assert!(!is_binary(b"caf\xe9 in an older encoding, with more text"));
        assert!(is_binary(b"a\0b") && is_binary(&[0x89, 0xff, 0xfe, 0xfa, b'a']));
    }

    #[test]
    fn both_ends_of_a_long_text_are_kept() {
        assert_eq!(ends("short", 8), None);
        let text = "0123456789\n".repeat(100);
        let (head, left_out, tail) = ends(&text, 400).expect("longer");
        assert!(head.ends_with('\n') && tail.starts_with('0'));
        assert_eq!(head.len() + left_out + tail.len(), text.len());
        let (head, _, tail) = ends(&"é".repeat(50), 40)
            .map(|(h, n, t)| (h.len(), n, t.len()))
            .unwrap();
        assert_eq!((head, tail), (30, 10));
    }
}
