//! In which encoding a file's text is: by its mark, or where its bytes leave no doubt.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::clip;

/// Fewer bytes than these tell nothing of UTF-16 without a mark.
const TELLING: usize = 8;

/// An encoding of text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// Latin-1, as programs have it.
    Windows1252,
}

impl Encoding {
    /// The encoding of a file that begins so; none where it is not text.
    pub(crate) fn of(first: &[u8]) -> Option<Self> {
        let marked = match first {
            // The mark of UTF-32, which nobody writes.
            [0xff, 0xfe, 0, 0, ..] => return None,
            [0xff, 0xfe, rest @ ..] => Some((Self::Utf16Le, rest)),
            [0xfe, 0xff, rest @ ..] => Some((Self::Utf16Be, rest)),
            _ => None,
        };
        if let Some((encoding, rest)) = marked {
            return encoding.is_possible(rest).then_some(encoding);
        }
        if first.contains(&0) {
            let certain = |encoding: Self| encoding.is_certain(first).then_some(encoding);
            return certain(Self::Utf16Le).or_else(|| certain(Self::Utf16Be));
        }
        if !is_broken(first) {
            return Some(Self::Utf8);
        }
        if is_latin(first) {
            return Some(Self::Windows1252);
        }
        (!clip::is_binary(first)).then_some(Self::Utf8)
    }

    /// The name of the encoding, as results tell it; none for UTF-8.
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Self::Utf8 => None,
            Self::Utf16Le => Some("UTF-16LE"),
            Self::Utf16Be => Some("UTF-16BE"),
            Self::Windows1252 => Some("windows-1252 (Latin-1)"),
        }
    }

    /// The text of whole characters.
    pub(crate) fn text(self, bytes: &[u8]) -> Cow<'_, str> {
        let encoding = match self {
            Self::Utf8 => return String::from_utf8_lossy(bytes),
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::Windows1252 => WINDOWS_1252,
        };
        encoding.decode_with_bom_removal(bytes).0
    }

    /// The part of a page that is whole characters, as [`clip::whole`] has it; `offset` is where the page
    /// begins in the file.
    pub(crate) fn whole(self, page: &[u8], offset: u64, last: bool) -> Range<usize> {
        match self {
            Self::Utf8 => clip::whole(page, offset == 0, last),
            Self::Windows1252 => {
                let end = if last { page.len() } else { line_end(page) };
                0..end
            }
            Self::Utf16Le | Self::Utf16Be => self.whole_units(page, offset, last),
        }
    }

    fn whole_units(self, page: &[u8], offset: u64, last: bool) -> Range<usize> {
        let mut start = usize::from(offset % 2 == 1);
        if self
            .unit(page, start)
            .is_some_and(|unit| matches!(unit, 0xdc00..=0xdfff))
        {
            start += 2;
        }
        if start >= page.len() {
            return 0..page.len();
        }
        let mut end = start + (page.len() - start) / 2 * 2;
        if last {
            return start..page.len();
        }
        if end >= start + 2
            && self
                .unit(page, end - 2)
                .is_some_and(|unit| matches!(unit, 0xd800..=0xdbff))
        {
            end -= 2;
        }
        let half = start + (end - start) / 4 * 2;
        let line = (half..end).step_by(2).rev();
        let mut line = line.filter(|at| self.unit(page, *at) == Some(u16::from(b'\n')));
        if let Some(line) = line.next() {
            end = line + 2;
        }
        if start < end {
            start..end
        } else {
            0..page.len()
        }
    }

    fn unit(self, bytes: &[u8], at: usize) -> Option<u16> {
        let unit = [*bytes.get(at)?, *bytes.get(at + 1)?];
        Some(if self == Self::Utf16Be {
            u16::from_be_bytes(unit)
        } else {
            u16::from_le_bytes(unit)
        })
    }

    /// The units of UTF-16; without half a character that was cut in two at the end.
    fn units(self, bytes: &[u8]) -> Vec<u16> {
        let whole = bytes.len() / 2 * 2;
        let units = (0..whole).step_by(2).filter_map(|at| self.unit(bytes, at));
        let mut units: Vec<u16> = units.collect();
        let cut = |unit: &u16| matches!(unit, 0xd800..=0xdbff);
        if units.last().is_some_and(cut) {
            units.pop();
        }
        units
    }

    /// Whether what a mark calls UTF-16 may be that: few bytes may begin so by chance.
    fn is_possible(self, rest: &[u8]) -> bool {
        let units = self.units(rest);
        are_text(&units) && (rest.len() >= TELLING || units.iter().all(|unit| *unit < 0x250))
    }

    /// Whether bytes are UTF-16 though no mark says so: every unit is text, and most are of ASCII.
    fn is_certain(self, bytes: &[u8]) -> bool {
        let units = self.units(bytes);
        let ascii = |unit: &&u16| matches!(**unit, 0x09 | 0x0a | 0x0d | 0x20..0x7f);
        let ascii = units.iter().filter(ascii).count();
        bytes.len() >= TELLING && are_text(&units) && ascii * 10 >= units.len() * 7
    }
}

/// Whether units of UTF-16 are characters of text.
fn are_text(units: &[u16]) -> bool {
    char::decode_utf16(units.iter().copied())
        .all(|c| c.is_ok_and(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')))
}

/// Whether bytes are not UTF-8, other than by a character that is cut in two at the end.
fn is_broken(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_some())
}

/// Whether bytes are text of one byte a character: no control characters, few of what Latin-1 has no
/// characters for, and mostly ASCII.
fn is_latin(bytes: &[u8]) -> bool {
    let control = |byte: &u8| matches!(byte, 0..=0x08 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    if bytes.iter().any(control) {
        return false;
    }
    let seldom = bytes
        .iter()
        .filter(|byte| matches!(byte, 0x80..=0x9f))
        .count();
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    high * 10 <= bytes.len() * 4 && seldom * 4 <= high
}

/// After the last line that ends in the second half, or else the whole page.
fn line_end(page: &[u8]) -> usize {
    let half = page.len() / 2;
    let line = page[half..].iter().rposition(|byte| *byte == b'\n');
    line.map_or(page.len(), |line| half + line + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, little: bool) -> Vec<u8> {
        let bytes = |unit: u16| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        let with_mark = |little| wide("\u{feff}grün 漢 😀\n", little);
        assert_eq!(Encoding::of(&with_mark(true)), Some(Encoding::Utf16Le));
        assert_eq!(Encoding::of(&with_mark(false)), Some(Encoding::Utf16Be));
        assert_eq!(
            Encoding::of(&wide("name;größe\r\nx;1\r\n", true)),
            Some(Encoding::Utf16Le)
        );
        assert_eq!(
            Encoding::of(&wide("name;größe\r\nx;1\r\n", false)),
            Some(Encoding::Utf16Be)
        );
        assert_eq!(Encoding::of("grün, 漢 😀".as_bytes()), Some(Encoding::Utf8));
        assert_eq!(Encoding::of(&"aé".as_bytes()[..2]), Some(Encoding::Utf8));
        assert_eq!(Encoding::of(b""), Some(Encoding::Utf8));
        assert_eq!(
            Encoding::of(b"caf\xe9 cr\xe8me, gr\xfcn\n"),
            Some(Encoding::Windows1252)
        );
        assert_eq!(
            Encoding::of(b"\x93quoted\x94 and \x80 5\n"),
            Some(Encoding::Utf8),
            "in doubt"
        );
        for binary in [
            b"a\0b".as_slice(),
            b"\x7fELF\x02\x01\x01\0\0\0\0\0",
            b"\x01\0\x02\0\x03\0\x04\0\x05\0",
            b"\xff\xfe\0\0a\0\0\0",
            b"\xff\xfe\xfd\xfc",
            b"\xff\xfe\x01\0\x02\0\x03\0\x04\0",
            &[0x89, 0xff, 0xfe, 0xfa, b'a'],
        ] {
            assert_eq!(Encoding::of(binary), None, "{binary:?}");
        }
    }

    #[test]
    fn the_mark_is_no_text() {
        let text = wide("\u{feff}grün", true);
        assert_eq!(Encoding::Utf16Le.text(&text), "grün");
        assert_eq!(Encoding::Windows1252.text(b"caf\xe9 \x80"), "café €");
    }

    #[test]
    fn pages_of_wide_text_are_whole_characters_and_lines() {
        let file = wide("one\ntwo 😀\nthree 😀😀\nfour\n", true);
        let mut all = String::new();
        for limit in [7, 8, 9, 10, 11, 15, 30] {
            let (mut offset, mut text) = (0, String::new());
            while offset < file.len() {
                let page = &file[offset..file.len().min(offset + limit)];
                let last = offset + limit >= file.len();
                let kept = Encoding::Utf16Le.whole(page, offset as u64, last);
                text += &Encoding::Utf16Le.text(&page[kept.clone()]);
                assert_eq!(kept.start, 0);
                offset += kept.end;
            }
            assert!(!text.contains('\u{fffd}'), "{limit}: {text}");
            all = text;
        }
        assert_eq!(all, "one\ntwo 😀\nthree 😀😀\nfour\n");
        let odd = Encoding::Utf16Le.whole(&file[1..], 1, true);
        assert_eq!(
            Encoding::Utf16Le.text(&file[1..][odd]),
            "ne\ntwo 😀\nthree 😀😀\nfour\n"
        );
    }
}
