//! Secrets from the system's random numbers.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;

use crate::error::{Context, Kind, Result};

/// So many random bytes, as hexadecimal digits.
pub(crate) fn hex(bytes: usize) -> Result<String> {
    let mut random = vec![0; bytes];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut random))
        .context(Kind::Internal, || "there are no random numbers".to_owned())?;
    Ok(random.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}
