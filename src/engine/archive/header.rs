//! One entry of a tar stream, and how numbers, names and extended records are written in it.

use anyhow::{Context as _, Result, bail};

/// Everything in a tar stream takes whole blocks.
pub(super) const BLOCK: usize = 512;
/// The largest size that fits into the fixed field.
pub(super) const LARGEST_OCTAL: u64 = 0o777_7777_7777;
/// Our own extended record: the name is meant as it is, though it looks like a whiteout.
pub(super) const LITERAL: &[u8] = b"DAYTONA.literal";
/// What stands before an attribute's name in its record, as with GNU tar and libarchive.
pub(super) const ATTRIBUTE: &[u8] = b"SCHILY.xattr.";

/// What an entry is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum What {
    #[default]
    File,
    Folder,
    Symlink,
    Hardlink,
    Fifo,
    /// A device: nothing that a sandbox may have.
    Device,
}

/// What a tar stream says of one file; its content follows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Entry {
    /// As it was written: it may be absolute, or lead anywhere.
    pub(crate) path: Vec<u8>,
    pub(crate) what: What,
    pub(crate) mode: u32,
    /// Seconds since 1970, and nanoseconds.
    pub(crate) mtime: (i64, u32),
    /// The length of the content of a file.
    pub(crate) size: u64,
    /// Where a link leads.
    pub(crate) link: Vec<u8>,
    /// A name that begins like a whiteout's, but is a file's own.
    pub(crate) literal: bool,
    /// Extended attributes of users, by name.
    pub(crate) attributes: Attributes,
}

/// Extended attributes: names and values.
pub(crate) type Attributes = Vec<(Vec<u8>, Vec<u8>)>;

/// Whether an attribute is one that users set, and no overlay's note: those must not be brought in.
pub(super) fn is_users(attribute: &[u8]) -> bool {
    attribute.starts_with(b"user.") && !attribute.starts_with(b"user.overlay.")
}

/// The extended records that apply to one entry.
#[derive(Debug, Default)]
pub(super) struct Extended {
    pub(super) path: Option<Vec<u8>>,
    pub(super) link: Option<Vec<u8>>,
    pub(super) size: Option<u64>,
    pub(super) mtime: Option<(i64, u32)>,
    pub(super) literal: bool,
    pub(super) attributes: Attributes,
}

impl Extended {
    /// Reads `LENGTH KEY=VALUE\n` records.
    pub(super) fn parse(&mut self, mut text: &[u8]) -> Result<()> {
        // Some writers fill the rest of the block with zeros and count them.
        while text.first().is_some_and(|byte| *byte != 0) {
            let blank = text
                .iter()
                .position(|byte| *byte == b' ')
                .context("an extended record has no length")?;
            let length = decimal(&text[..blank])
                .and_then(|length| usize::try_from(length).ok())
                .filter(|length| *length > blank + 1 && *length <= text.len())
                .context("an extended record has a wrong length")?;
            let record = &text[blank + 1..length];
            let record = record.strip_suffix(b"\n").unwrap_or(record);
            let equals = record
                .iter()
                .position(|byte| *byte == b'=')
                .context("an extended record has no value")?;
            self.take(&record[..equals], &record[equals + 1..])?;
            text = &text[length..];
        }
        Ok(())
    }

    fn take(&mut self, key: &[u8], value: &[u8]) -> Result<()> {
        match key {
            b"path" => self.path = Some(value.to_vec()),
            b"linkpath" => self.link = Some(value.to_vec()),
            b"size" => self.size = Some(decimal(value).context("a size is no number")?),
            b"mtime" => self.mtime = Some(time(value).context("a time is no number")?),
            LITERAL => self.literal = true,
            _ if key.strip_prefix(ATTRIBUTE).is_some_and(is_users) => {
                let name = key[ATTRIBUTE.len()..].to_vec();
                self.attributes.push((name, value.to_vec()));
            }
            _ if key.starts_with(b"GNU.sparse.") => {
                bail!("it holds a sparse file; write it again without `tar --sparse`")
            }
            _ => {}
        }
        Ok(())
    }
}

/// One extended record; its length counts itself.
pub(super) fn record(key: &[u8], value: &[u8]) -> Vec<u8> {
    let rest = key.len() + value.len() + 3;
    let mut length = rest + 1;
    while length != rest + length.to_string().len() {
        length = rest + length.to_string().len();
    }
    let mut record = length.to_string().into_bytes();
    record.push(b' ');
    record.extend_from_slice(key);
    record.push(b'=');
    record.extend_from_slice(value);
    record.push(b'\n');
    record
}

/// A number of a fixed field: octal digits, or big-endian bytes where the first bit is set.
pub(super) fn number(field: &[u8]) -> Option<i64> {
    let first = *field.first()?;
    if first & 0x80 != 0 {
        let mut value: i64 = if first & 0x40 == 0 { 0 } else { -1 };
        for (at, byte) in field.iter().enumerate() {
            // The first bit only marks the form.
            let byte = if at == 0 && value == 0 {
                byte & 0x7f
            } else {
                *byte
            };
            value = value.checked_mul(256)?.checked_add(i64::from(byte))?;
        }
        return Some(value);
    }
    let end = field
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(field.len());
    let digits = field[..end].trim_ascii();
    digits.iter().try_fold(0_i64, |value, byte| match byte {
        b'0'..=b'7' => value.checked_mul(8)?.checked_add(i64::from(byte - b'0')),
        _ => None,
    })
}

/// The sum that a header carries: of all its bytes, with its own field as blanks.
pub(super) fn checksum(block: &[u8; BLOCK]) -> u32 {
    block
        .iter()
        .enumerate()
        .map(|(at, byte)| {
            u32::from(if (148..156).contains(&at) {
                b' '
            } else {
                *byte
            })
        })
        .sum()
}

fn decimal(text: &[u8]) -> Option<u64> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// Seconds with a fraction, before 1970 too.
fn time(text: &[u8]) -> Option<(i64, u32)> {
    let text = std::str::from_utf8(text).ok()?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let seconds: i64 = whole.parse().ok()?;
    let mut digits: String = fraction.chars().take(9).collect();
    while digits.len() < 9 {
        digits.push('0');
    }
    let nanos: u32 = digits.parse().ok()?;
    if text.starts_with('-') && nanos > 0 {
        Some((seconds.checked_sub(1)?, 1_000_000_000 - nanos))
    } else {
        Some((seconds, nanos))
    }
}

/// The form that [`time`] reads.
pub(super) fn decimal_time((seconds, nanos): (i64, u32)) -> String {
    if seconds < 0 && nanos > 0 {
        format!("-{}.{:09}", -(seconds + 1), 1_000_000_000 - nanos)
    } else if nanos > 0 {
        format!("{seconds}.{nanos:09}")
    } else {
        seconds.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_counts_its_own_length() {
        assert_eq!(record(b"path", b"a"), b"9 path=a\n");
        for length in [1, 80, 90, 91, 92, 93, 980, 990, 991, 992] {
            let value = vec![b'x'; length];
            let text = record(b"path", &value);
            let mut read = Extended::default();
            read.parse(&text).unwrap();
            assert_eq!(read.path.unwrap(), value);
        }
    }

    #[test]
    fn records_that_lie_about_their_length_are_refused() {
        for text in [
            "99 path=a\n",
            "0 path=a\n",
            "3 path=a\n",
            "x path=a\n",
            "10 patha\n\n",
        ] {
            assert!(
                Extended::default().parse(text.as_bytes()).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn times_keep_their_nanoseconds() {
        for when in [
            (0, 0),
            (1_700_000_000, 123_456_789),
            (5, 7),
            (-1, 999_999_999),
            (-5, 1),
            (-7, 0),
        ] {
            assert_eq!(time(decimal_time(when).as_bytes()), Some(when));
        }
        assert_eq!(time(b"12.5"), Some((12, 500_000_000)));
        assert_eq!(time(b"12.1234567891"), Some((12, 123_456_789)));
    }

    #[test]
    fn numbers_are_octal_or_binary() {
        assert_eq!(number(b"0000755\0"), Some(0o755));
        assert_eq!(number(b"   644 \0"), Some(0o644));
        assert_eq!(number(b"\0\0\0\0"), Some(0));
        assert_eq!(number(b"98\0"), None);
        assert_eq!(number(&[0x80, 0, 0, 2, 0, 0, 0, 0]), Some(2 << 32));
        assert_eq!(number(&[0xff; 12]), Some(-1));
        assert_eq!(
            number(&[0x80, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            None
        );
    }
}
