//! Compressed streams, told by how they begin.

use std::io::{BufReader, Read};

use anyhow::{Context as _, Result, bail};
use flate2::read::MultiGzDecoder;

/// The plain content of a stream; whether it was compressed.
pub(super) fn plain<'a>(mut stream: impl Read + 'a) -> Result<(Box<dyn Read + 'a>, bool)> {
    let mut begin = Vec::new();
    stream
        .by_ref()
        .take(6)
        .read_to_end(&mut begin)
        .context("cannot read it")?;
    let whole = std::io::Cursor::new(begin.clone()).chain(stream);
    Ok(match &begin[..] {
        [0x1f, 0x8b, ..] => (
            Box::new(MultiGzDecoder::new(BufReader::with_capacity(
                1 << 16,
                whole,
            ))),
            true,
        ),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => (Box::new(zstd::stream::read::Decoder::new(whole)?), true),
        [0xfd, b'7', b'z', b'X', b'Z', ..] => {
            bail!("it is compressed with xz; unpack it first: `xz -d FILE`")
        }
        [b'B', b'Z', b'h', ..] => {
            bail!("it is compressed with bzip2; unpack it first: `bzip2 -d FILE`")
        }
        [b'P', b'K', 3, 4, ..] => bail!("it is a zip archive; a tar archive is needed"),
        _ => (Box::new(BufReader::with_capacity(1 << 16, whole)), false),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn streams_are_told_by_how_they_begin() {
        let text = b"some text that is longer than a few bytes";
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text).unwrap();
        let gzip = gzip.finish().unwrap();
        let twice = [&gzip[..], &gzip[..]].concat();
        let zstd = zstd::encode_all(&text[..], 1).unwrap();
        for (stream, times, compressed) in [
            (&text[..], 1, false),
            (&gzip, 1, true),
            (&twice, 2, true),
            (&zstd, 1, true),
            (b"x", 0, false),
        ] {
            let (mut content, was) = plain(stream).unwrap();
            let mut read = Vec::new();
            content.read_to_end(&mut read).unwrap();
            assert_eq!(was, compressed);
            if times > 0 {
                assert_eq!(read, text.repeat(times));
            }
        }
        for other in [&b"\xfd7zXZ\0"[..], b"BZh91AY", b"PK\x03\x04.."] {
            assert!(plain(other).is_err());
        }
    }
}
