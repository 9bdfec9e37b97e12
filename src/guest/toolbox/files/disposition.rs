//! Names of files in headers (RFC 6266, RFC 5987), and the types that their endings stand for.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// What RFC 5987 leaves as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// `filename="…"; filename*=utf-8''…`: in Latin-1 for old readers, then exactly.
pub(super) fn filename(name: &[u8]) -> Vec<u8> {
    let mut text = b"filename=\"".to_vec();
    for character in String::from_utf8_lossy(name).chars() {
        match u8::try_from(character) {
            Ok(byte @ (b'"' | b'\\')) => text.extend([b'\\', byte]),
            Ok(byte) if !byte.is_ascii_control() => text.push(byte),
            _ => text.push(b'?'),
        }
    }
    text.extend_from_slice(b"\"; filename*=utf-8''");
    text.extend(percent_encode(name, PLAIN).flat_map(str::bytes));
    text
}

/// The content type that the ending of a name stands for.
pub(super) fn content_type(path: &Path) -> &'static str {
    let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    match ending.as_deref().and_then(std::ffi::OsStr::to_str) {
        Some("css") => "text/css; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("gif") => "image/gif",
        Some("htm" | "html") => "text/html; charset=utf-8",
        Some("jpeg" | "jpg") => "image/jpeg",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("pdf") => "application/pdf",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("webp") => "image/webp",
        Some("xml") => "text/xml; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_given_twice() {
        let shown = |name: &[u8]| String::from_utf8_lossy(&filename(name)).into_owned();
        assert_eq!(
            shown(b"/tmp/a b.txt"),
            "filename=\"/tmp/a b.txt\"; filename*=utf-8''%2Ftmp%2Fa%20b.txt"
        );
        assert_eq!(
            shown(b"a\"\n\\"),
            "filename=\"a\\\"?\\\\\"; filename*=utf-8''a%22%0A%5C"
        );
        assert_eq!(filename("ä€".as_bytes()), {
            let mut expected = b"filename=\"\xe4?".to_vec();
            expected.extend_from_slice(b"\"; filename*=utf-8''%C3%A4%E2%82%AC");
            expected
        });
    }
}
