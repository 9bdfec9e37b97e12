//! Secrets from the system's random numbers.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;

use crate::error::{Context, Kind, Result};

/// So many random bytes, as hexadecimal digits.
pub(crate) fn hex(bytes: usize) -> Result<String> {
    let mut random = vec![0; bytes];
    fill(&mut random)?;
    Ok(random.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

/// So many random bytes.
pub(crate) fn bytes<const COUNT: usize>() -> Result<[u8; COUNT]> {
    let mut random = [0; COUNT];
    fill(&mut random)?;
    Ok(random)
}

/// So many random digits and lower-case letters, each as likely as the others.
pub(crate) fn alphanumeric(length: usize) -> Result<String> {
    const ALPHABET: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut text = String::new();
    while text.len() < length {
        let mut random = [0; 32];
        fill(&mut random)?;
        // 252 is a multiple of 36: beyond it, the first letters would be likelier.
        let letters = random.iter().filter(|byte| **byte < 252);
        let letters = letters.map(|byte| char::from(ALPHABET[usize::from(byte % 36)]));
        text.extend(letters.take(length - text.len()));
    }
    Ok(text)
}

fn fill(random: &mut [u8]) -> Result<()> {
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(random))
        .context(Kind::Internal, || "there are no random numbers".to_owned())
}
