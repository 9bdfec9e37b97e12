//! What kind of file this is: by its first bytes, and by its name where these do not tell.

use super::encoding::Encoding;

/// How many of a file's first bytes tell its kind.
pub(crate) const SNIFFED: u64 = 4096;

/// The media type of a file, and what can be made of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Media {
    /// E.g. `image/png`.
    pub(crate) name: &'static str,
    /// What a model can be shown of it.
    pub(crate) kind: Kind,
}

/// What a model can be shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// The picture.
    Image,
    /// Its bytes as text.
    Text,
    /// The text in it, which must be extracted: by this name.
    Document(&'static str),
    /// Nothing.
    Binary,
}

/// First bytes, and what begins so.
const MAGIC: &[(&[u8], &str, Kind)] = &[
    (b"\x89PNG\r\n\x1a\n", "image/png", Kind::Image),
    (b"\xff\xd8\xff", "image/jpeg", Kind::Image),
    (b"GIF87a", "image/gif", Kind::Image),
    (b"GIF89a", "image/gif", Kind::Image),
    (b"%PDF-", "application/pdf", Kind::Document("pdf")),
    (b"\x1f\x8b", "application/gzip", Kind::Binary),
    (b"\x28\xb5\x2f\xfd", "application/zstd", Kind::Binary),
    (b"BZh", "application/x-bzip2", Kind::Binary),
    (b"\xfd7zXZ\0", "application/x-xz", Kind::Binary),
    (
        b"7z\xbc\xaf\x27\x1c",
        "application/x-7z-compressed",
        Kind::Binary,
    ),
    (b"\x7fELF", "application/x-executable", Kind::Binary),
    (b"\0asm", "application/wasm", Kind::Binary),
    (
        b"SQLite format 3\0",
        "application/vnd.sqlite3",
        Kind::Binary,
    ),
    (b"OggS", "audio/ogg", Kind::Binary),
    (b"ID3", "audio/mpeg", Kind::Binary),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "application/x-ole-storage",
        Kind::Binary,
    ),
];

/// Office files are archives: their name tells which.
const OFFICE: &[(&str, &str)] = &[
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
];

/// Text that has a name of its own.
const TEXT: &[(&str, &str)] = &[
    ("json", "application/json"),
    ("html", "text/html"),
    ("htm", "text/html"),
    ("xml", "application/xml"),
    ("csv", "text/csv"),
    ("md", "text/markdown"),
    ("js", "text/javascript"),
    ("css", "text/css"),
    ("yaml", "application/yaml"),
    ("yml", "application/yaml"),
];

/// What the file of that name is that begins with these bytes.
pub(crate) fn of(path: &str, first: &[u8]) -> Media {
    let name = path.rsplit('/').next().unwrap_or(path);
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    let end = end.to_ascii_lowercase();
    let named = |table: &'static [(&'static str, &'static str)]| {
        table.iter().find(|(one, _)| *one == end).copied()
    };
    if let Some((_, name, kind)) = MAGIC.iter().find(|(magic, ..)| first.starts_with(magic)) {
        return Media { name, kind: *kind };
    }
    if first.starts_with(b"RIFF") && first.get(8..12) == Some(b"WEBP") {
        return Media {
            name: "image/webp",
            kind: Kind::Image,
        };
    }
    if first.starts_with(b"PK\x03\x04") {
        return match named(OFFICE) {
            Some((end, name)) => Media {
                name,
                kind: Kind::Document(end),
            },
            None => Media {
                name: "application/zip",
                kind: Kind::Binary,
            },
        };
    }
    if Encoding::of(first).is_none() {
        return Media {
            name: "application/octet-stream",
            kind: Kind::Binary,
        };
    }
    // No model is shown this one as a picture.
    if end == "svg" && first.windows(4).any(|part| part == b"<svg") {
        return Media {
            name: "image/svg+xml",
            kind: Kind::Text,
        };
    }
    Media {
        name: named(TEXT).map_or("text/plain", |(_, name)| name),
        kind: Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_and_names_help() {
        for (path, first, name, kind) in [
            (
                "a.txt",
                b"\x89PNG\r\n\x1a\nrest".as_slice(),
                "image/png",
                Kind::Image,
            ),
            ("a", b"RIFF\x01\0\0\0WEBPVP8 ", "image/webp", Kind::Image),
            (
                "a.svg",
                b"<?xml?><svg xmlns='x'/>",
                "image/svg+xml",
                Kind::Text,
            ),
            ("a.svg", b"no picture", "text/plain", Kind::Text),
            (
                "A.PDF",
                b"%PDF-1.7\n\0",
                "application/pdf",
                Kind::Document("pdf"),
            ),
            (
                "a.docx",
                b"PK\x03\x04\0",
                OFFICE[0].1,
                Kind::Document("docx"),
            ),
            ("a.jar", b"PK\x03\x04\0", "application/zip", Kind::Binary),
            ("a.csv", b"a,b\n", "text/csv", Kind::Text),
            ("noend", b"plain", "text/plain", Kind::Text),
            ("/d.png/empty", b"", "text/plain", Kind::Text),
            ("a.txt", b"a\0b", "application/octet-stream", Kind::Binary),
        ] {
            assert_eq!(of(path, first), Media { name, kind }, "{path}");
        }
    }
}
