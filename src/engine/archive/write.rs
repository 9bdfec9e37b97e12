//! Writes a tar stream: ustar, with pax records for what does not fit.

use std::io::{self, Read, Write};

use super::header::{
    ATTRIBUTE, BLOCK, Entry, LARGEST_OCTAL, LITERAL, What, checksum, decimal_time, record,
};
use super::read::LONGEST_EXTENDED;
use crate::guest_boot::USER;

/// A tar stream that is being written.
pub(crate) struct Writer<W> {
    inner: W,
}

impl<W: Write> Writer<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self { inner }
    }

    /// Writes an entry and, of a file, as much content as the entry says.
    pub(crate) fn append(&mut self, entry: &Entry, content: &mut dyn Read) -> io::Result<()> {
        let mut records = Vec::new();
        if entry.path.len() > 100 {
            records.extend(record(b"path", &entry.path));
        }
        if entry.link.len() > 100 {
            records.extend(record(b"linkpath", &entry.link));
        }
        if entry.size > LARGEST_OCTAL {
            records.extend(record(b"size", entry.size.to_string().as_bytes()));
        }
        let (seconds, nanos) = entry.mtime;
        if nanos > 0 || seconds < 0 || seconds.unsigned_abs() > LARGEST_OCTAL {
            records.extend(record(b"mtime", decimal_time(entry.mtime).as_bytes()));
        }
        if entry.literal {
            records.extend(record(LITERAL, b"1"));
        }
        for (name, value) in &entry.attributes {
            records.extend(record(&[ATTRIBUTE, name].concat(), value));
        }
        if records.len() as u64 > LONGEST_EXTENDED {
            let why = "its extended attributes are larger than can be written down";
            return Err(io::Error::other(why));
        }
        if !records.is_empty() {
            let described = Entry {
                path: b"PaxHeaders/entry".to_vec(),
                mode: 0o644,
                size: records.len() as u64,
                ..Entry::default()
            };
            self.header(&described, b'x')?;
            self.content(described.size, &mut &records[..])?;
        }
        let flag = match entry.what {
            What::File => b'0',
            What::Hardlink => b'1',
            What::Symlink => b'2',
            What::Device => b'3',
            What::Folder => b'5',
            What::Fifo => b'6',
        };
        self.header(entry, flag)?;
        self.content(entry.size, content)
    }

    /// Writes the mark of the end; gives the output back.
    pub(crate) fn end(mut self) -> io::Result<W> {
        self.inner.write_all(&[0; 2 * BLOCK])?;
        Ok(self.inner)
    }

    fn header(&mut self, entry: &Entry, flag: u8) -> io::Result<()> {
        let mut block = [0; BLOCK];
        fill(&mut block[..100], &entry.path);
        octal(&mut block[100..108], u64::from(entry.mode));
        octal(&mut block[108..116], u64::from(USER));
        octal(&mut block[116..124], u64::from(USER));
        octal(&mut block[124..136], entry.size.min(LARGEST_OCTAL));
        let seconds = u64::try_from(entry.mtime.0).unwrap_or(0);
        octal(&mut block[136..148], seconds.min(LARGEST_OCTAL));
        block[156] = flag;
        fill(&mut block[157..257], &entry.link);
        fill(&mut block[257..265], b"ustar\x0000");
        let sum = format!("{:06o}\0 ", checksum(&block));
        fill(&mut block[148..156], sum.as_bytes());
        self.inner.write_all(&block)
    }

    fn content(&mut self, size: u64, content: &mut dyn Read) -> io::Result<()> {
        if io::copy(&mut content.take(size), &mut self.inner)? < size {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "it became shorter while it was read",
            ));
        }
        let padding = size.next_multiple_of(BLOCK as u64) - size;
        io::copy(&mut io::repeat(0).take(padding), &mut self.inner)?;
        Ok(())
    }
}

fn fill(field: &mut [u8], value: &[u8]) {
    let length = value.len().min(field.len());
    field[..length].copy_from_slice(&value[..length]);
}

fn octal(field: &mut [u8], value: u64) {
    let digits = field.len() - 1;
    fill(field, format!("{value:0digits$o}").as_bytes());
}
