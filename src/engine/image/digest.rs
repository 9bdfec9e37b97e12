//! SHA-256 digests as registries write them, and streams that count theirs.

use std::fmt;
use std::io::{self, Read};

use ring::digest::{Context, SHA256};

/// `sha256:` and 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) struct Digest(String);

impl Digest {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix("sha256:")?;
        let good = hex.len() == 64
            && hex
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        good.then(|| Self(hex.to_owned()))
    }

    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut sum = Sum::default();
        sum.add(bytes);
        sum.end()
    }

    pub(super) fn hex(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{}", self.0)
    }
}

/// A digest that is being counted.
pub(super) struct Sum(Context);

impl Default for Sum {
    fn default() -> Self {
        Self(Context::new(&SHA256))
    }
}

impl Sum {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub(super) fn end(self) -> Digest {
        use fmt::Write as _;
        let mut hex = String::with_capacity(64);
        for byte in self.0.finish().as_ref() {
            let _ = write!(hex, "{byte:02x}");
        }
        Digest(hex)
    }
}

/// A stream that sums up the digest of the bytes that are read from it.
pub(super) struct Counted<R> {
    inner: R,
    sum: Sum,
}

impl<R: Read> Counted<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            sum: Sum::default(),
        }
    }

    /// The digest of the whole stream; reads what is left of it.
    pub(super) fn end(mut self) -> io::Result<Digest> {
        io::copy(&mut self, &mut io::sink())?;
        Ok(self.sum.end())
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.sum.add(&buffer[..count]);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn digests_are_those_of_everybody_else() {
        assert_eq!(Digest::of(b"").to_string(), EMPTY);
        assert_eq!(Digest::parse(EMPTY), Some(Digest::of(b"")));
        let mut counted = Counted::new(&b"some text"[..]);
        counted.read_exact(&mut [0; 4]).unwrap();
        assert_eq!(counted.end().unwrap(), Digest::of(b"some text"));
    }

    #[test]
    fn a_digest_is_of_one_form() {
        for text in [
            "",
            "sha256:",
            &EMPTY[..70],
            &EMPTY.to_uppercase(),
            &EMPTY.replace("sha256", "sha512"),
            &EMPTY.replace('e', "/"),
        ] {
            assert_eq!(Digest::parse(text), None, "{text}");
        }
    }
}
