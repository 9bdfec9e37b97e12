//! What is in files of anybody: their kind and encoding, the text of documents, the pixels of pictures. What
//! decodes runs in a process of its own, which may be killed at any time.

mod archive;
pub(crate) mod clip;
pub(crate) mod encoding;
mod markup;
pub(crate) mod media;
mod office;
mod pdf;
pub mod pixels;
mod sheet;
pub(crate) mod worker;

use std::fmt;

/// The word by which this program is told to extract text.
pub const ROLE: &str = "__text";
/// How much text a document may have, in bytes; the rest is left out.
pub const TEXT_MOST: usize = 4 << 20;

/// Memory that the process may have, in bytes, and seconds of a processor.
#[cfg(unix)]
const LIMITS: (u64, u64) = (1 << 30, 18);

/// Why there is no text, or no picture.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NoText(String);

impl NoText {
    pub(super) fn new(why: impl fmt::Display) -> Self {
        Self(why.to_string())
    }
}

impl fmt::Display for NoText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text of a document in that format.
pub fn extract(format: &str, bytes: &[u8]) -> Result<String, NoText> {
    let mut text = match format {
        "pdf" => pdf::text(bytes)?,
        "docx" => office::docx(bytes)?,
        "pptx" => office::pptx(bytes)?,
        "xlsx" => sheet::xlsx(bytes)?,
        "odt" | "ods" | "odp" => office::open_document(bytes)?,
        other => return Err(NoText::new(format_args!("its format, {other}, is unknown"))),
    };
    if text.trim().is_empty() {
        return Err(NoText::new(match format {
            "pdf" => "it has no text; it may be scanned",
            _ => "it has no text",
        }));
    }
    if text.len() > TEXT_MOST {
        let mut end = TEXT_MOST;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
    Ok(text)
}

/// Bounds what this process may use from now on. Where it cannot be bounded, it must not go on.
#[cfg(unix)]
pub fn confine() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let (memory, seconds) = LIMITS;
    for (resource, most) in [
        (Resource::As, memory),
        (Resource::Cpu, seconds),
        (Resource::Core, 0),
        (Resource::Fsize, 0),
    ] {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_document_is_refused_in_words() {
        for format in ["pdf", "docx", "pptx", "xlsx", "odt"] {
            let error = extract(format, b"not at all").unwrap_err().to_string();
            assert!(error.contains("damaged"), "{format}: {error}");
        }
        let error = extract("doc", b"").unwrap_err().to_string();
        assert_eq!(error, "its format, doc, is unknown");
    }
}
