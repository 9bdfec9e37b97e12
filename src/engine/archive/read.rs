//! Reads a tar stream entry by entry, with bounded memory: ustar, GNU long names, pax records.
//!
//! Not `tar` 0.4: it reads a pax record or a long name into memory whatever its length (one of 512 MiB took
//! 788 MB), so that an archive of a few compressed bytes could end the engine.

use std::io::{self, Read, Seek, SeekFrom};

use anyhow::{Context as _, Result, bail};

use super::LONGEST_PATH;
use super::header::{BLOCK, Entry, Extended, What, checksum, number};

/// The longest header that describes another entry.
pub(super) const LONGEST_EXTENDED: u64 = 1 << 20;

/// The most that may follow the mark of the end: programs fill their blocks up, and no block is so large.
const LONGEST_END: u64 = 64 << 20;

/// A tar stream. Between two entries it reads as the content of the first.
pub(crate) struct Reader<R> {
    inner: R,
    left: u64,
    padding: u64,
    ended: bool,
}

impl<R: Read> Reader<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self {
            inner,
            left: 0,
            padding: 0,
            ended: false,
        }
    }

    /// The next entry; passes over what is unread of the last.
    pub(crate) fn next(&mut self) -> Result<Option<Entry>> {
        let mut extended = Extended::default();
        let mut block = [0; BLOCK];
        loop {
            let rest = self.left.saturating_add(self.padding);
            self.left = 0;
            self.padding = 0;
            self.pass(rest)?;
            if self.ended || !self.block(&mut block)? {
                self.ended = true;
                return Ok(None);
            }
            let size = number(&block[124..136])
                .and_then(|size| u64::try_from(size).ok())
                .context("an entry's size is no number")?;
            match block[156] {
                b'L' => extended.path = Some(self.name(size)?),
                b'K' => extended.link = Some(self.name(size)?),
                b'x' | b'X' => {
                    let text = self.text(size)?;
                    extended.parse(&text)?;
                }
                // What holds for all entries is of no use to us: comments, mostly; nor is a label.
                b'g' | b'V' => self.follow(size),
                flag => return self.entry(flag, &block, size, extended).map(Some),
            }
        }
    }

    /// Reads to the end of the stream: a digest counts what follows the last entry as well.
    pub(crate) fn drain(&mut self) -> Result<()> {
        let count = io::copy(
            &mut (&mut self.inner).take(LONGEST_END + 1),
            &mut io::sink(),
        )?;
        if count > LONGEST_END {
            bail!("more than {} MiB follow its end", LONGEST_END >> 20);
        }
        Ok(())
    }

    fn entry(
        &mut self,
        flag: u8,
        block: &[u8; BLOCK],
        size: u64,
        extended: Extended,
    ) -> Result<Entry> {
        let path = extended.path.unwrap_or_else(|| {
            let name = text(&block[..100]);
            // The prefix is there in the standard's own form only; GNU keeps other things in its place.
            let prefix = if &block[257..263] == b"ustar\0" {
                text(&block[345..500])
            } else {
                b""
            };
            if prefix.is_empty() {
                name.to_vec()
            } else {
                [prefix, b"/", name].concat()
            }
        });
        let shown = String::from_utf8_lossy(&path).into_owned();
        if path.len() > LONGEST_PATH {
            bail!(
                "a name is longer than {LONGEST_PATH} bytes: {}…",
                shown.chars().take(80).collect::<String>()
            );
        }
        let what = match flag {
            b'0' | 0 if path.ends_with(b"/") => What::Folder,
            b'0' | b'7' | 0 => What::File,
            b'1' => What::Hardlink,
            b'2' => What::Symlink,
            b'3' | b'4' => What::Device,
            b'5' | b'D' => What::Folder,
            b'6' => What::Fifo,
            b'S' => {
                bail!("{shown} is a sparse file; write the archive again without `tar --sparse`")
            }
            other => bail!(
                "{shown} is of a kind that is not known ({:?})",
                char::from(other)
            ),
        };
        let size = extended.size.unwrap_or(size);
        // Of the others only the header is there, whatever size it gives.
        if matches!(what, What::File) || flag == b'D' {
            self.follow(size);
        }
        Ok(Entry {
            link: extended
                .link
                .unwrap_or_else(|| text(&block[157..257]).to_vec()),
            what,
            mode: number(&block[100..108])
                .and_then(|mode| u32::try_from(mode).ok())
                .unwrap_or(0o644)
                & 0o7777,
            mtime: extended
                .mtime
                .or_else(|| Some((number(&block[136..148])?, 0)))
                .unwrap_or_default(),
            size: if what == What::File { size } else { 0 },
            literal: extended.literal,
            attributes: extended.attributes,
            path,
        })
    }

    /// Reads a header; whether there is one more.
    fn block(&mut self, block: &mut [u8; BLOCK]) -> Result<bool> {
        let mut filled = 0;
        while filled < BLOCK {
            match self.inner.read(&mut block[filled..]) {
                Ok(0) if filled == 0 => return Ok(false),
                Ok(0) => bail!("it ends in the middle of a header"),
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        if block.iter().all(|byte| *byte == 0) {
            return Ok(false);
        }
        if number(&block[148..156]) != Some(i64::from(checksum(block))) {
            bail!("it is no tar archive, or damaged: a header's checksum is wrong");
        }
        Ok(true)
    }

    fn follow(&mut self, size: u64) {
        let block = BLOCK as u64;
        self.left = size;
        self.padding = (block - size % block) % block;
    }

    fn pass(&mut self, count: u64) -> Result<()> {
        let passed = io::copy(&mut (&mut self.inner).take(count), &mut io::sink())?;
        if passed < count {
            bail!("it ends in the middle of a file");
        }
        Ok(())
    }

    fn text(&mut self, size: u64) -> Result<Vec<u8>> {
        if size > LONGEST_EXTENDED {
            bail!("a header has {size} bytes: more than any real one");
        }
        self.follow(size);
        let mut text = Vec::new();
        self.read_to_end(&mut text)?;
        Ok(text)
    }

    fn name(&mut self, size: u64) -> Result<Vec<u8>> {
        Ok(text(&self.text(size)?).to_vec())
    }
}

impl<R: Read + Seek> Reader<R> {
    /// Leaps over the content of the present entry; returns where it begins.
    pub(crate) fn leap(&mut self) -> Result<u64> {
        let begin = self.inner.stream_position()?;
        self.inner.seek(SeekFrom::Start(
            begin.saturating_add(self.left).saturating_add(self.padding),
        ))?;
        self.left = 0;
        self.padding = 0;
        Ok(begin)
    }
}

impl<R: Read> Read for Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        if most == 0 {
            return Ok(0);
        }
        let count = self.inner.read(&mut buffer[..most])?;
        if count == 0 {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "it ends in the middle of a file",
            ));
        }
        self.left -= count as u64;
        Ok(count)
    }
}

/// A field up to its first zero.
fn text(field: &[u8]) -> &[u8] {
    let end = field
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(field.len());
    &field[..end]
}
