//! `POST /files/replace`: one text for another in files, read and written in pieces.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::Path;

use axum::Json;
use axum::body::Bytes;
use memchr::memmem::Finder;

use crate::api::types::{ReplaceRequest, ReplaceResult};

use super::super::failure::{Answer, Failure};
use super::super::http::decode;
use super::super::regular;
use super::super::spill::nameless;
use super::target::Place;
use super::{failure, on_disk};

/// How much is read at once.
const READ: usize = 256 << 10;

pub(super) async fn replace(body: Bytes) -> Answer<Json<Vec<ReplaceResult>>> {
    let request: ReplaceRequest = decode(&body)?;
    if request.files.is_empty() {
        return Err(Failure::bad_request("files is required"));
    }
    if request.pattern.is_empty() {
        return Err(Failure::bad_request("pattern is required"));
    }
    on_disk(move || {
        let (pattern, value) = (request.pattern.as_bytes(), request.new_value.as_bytes());
        let results = request.files.into_iter().map(|file| {
            let done = change(Path::new(&file), pattern, value);
            ReplaceResult {
                success: done.is_ok(),
                error: done
                    .err()
                    .map(|error| failure::of(Path::new(&file), &error).message().to_owned()),
                file,
            }
        });
        Ok(Json(results.collect()))
    })
    .await?
}

fn change(path: &Path, pattern: &[u8], value: &[u8]) -> io::Result<()> {
    // Looked for first: a file without it is not touched.
    if !pass(&mut regular::open(path)?.0, pattern, value, &mut io::sink())? {
        return Ok(());
    }
    let mut draft = nameless()?;
    pass(&mut regular::open(path)?.0, pattern, value, &mut draft)?;
    io::Seek::rewind(&mut draft)?;
    let mut place = Place::open(path)?;
    io::copy(&mut draft, place.file())?;
    place.keep()
}

/// Copies with every occurrence replaced; whether there was one.
fn pass(from: &mut File, pattern: &[u8], value: &[u8], to: &mut dyn io::Write) -> io::Result<bool> {
    let finder = Finder::new(pattern);
    let mut to = BufWriter::with_capacity(READ, to);
    let mut buffer = Vec::with_capacity(READ + pattern.len());
    let mut any = false;
    loop {
        let read = io::Read::take(&mut *from, READ as u64).read_to_end(&mut buffer)?;
        let mut done = 0;
        while let Some(at) = finder.find(&buffer[done..]) {
            any = true;
            to.write_all(&buffer[done..done + at])?;
            to.write_all(value)?;
            done += at + pattern.len();
        }
        // The end may be the beginning of an occurrence.
        let rest = if read == 0 { 0 } else { pattern.len() - 1 };
        let safe = buffer.len().saturating_sub(rest).max(done);
        to.write_all(&buffer[done..safe])?;
        buffer.drain(..safe);
        if read == 0 {
            to.flush()?;
            return Ok(any);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn every_occurrence_is_replaced_also_between_two_reads() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let text = format!(
            "{}needle.*{}needle.*",
            "x".repeat(READ - 3),
            "y".repeat(READ)
        );
        fs::write(&path, &text).unwrap();
        change(&path, b"needle.*", b"pin").unwrap();
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            text.replace("needle.*", "pin")
        );
        change(&path, b"pin", b"").unwrap();
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            text.replace("needle.*", "")
        );
        assert!(change(folder.path(), b"a", b"b").is_err());
        assert!(change(&folder.path().join("none"), b"a", b"b").is_err());
    }
}
