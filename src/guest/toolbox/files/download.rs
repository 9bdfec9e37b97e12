//! `GET /files/download`: a file, or a range of it, streamed.

use std::fs::{self, File, Metadata};
use std::io::{ErrorKind, SeekFrom};
use std::ops::Range;
use std::path::Path;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, IF_RANGE,
    LAST_MODIFIED, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio_util::io::ReaderStream;

use super::super::failure::{Answer, Failure};
use super::super::params::Params;
use super::super::regular;
use super::{disposition, failure, on_disk};

/// How much is read at once.
pub(super) const READ: usize = 256 << 10;

/// Opens a regular file for reading.
pub(super) fn open(path: &Path) -> Answer<(File, Metadata)> {
    regular::open(path).map_err(|error| match error.kind() {
        ErrorKind::IsADirectory => failure::is_folder(path),
        // Sockets cannot be opened at all.
        _ if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) => {
            failure::invalid(format!("not a regular file: {}", path.display()))
        }
        _ => failure::of(path, &error),
    })
}

pub(super) async fn download(params: Params, headers: HeaderMap) -> Answer<Response> {
    let path = params.required_path("path")?;
    let place = path.clone();
    let (file, meta) = on_disk(move || open(&place)).await??;
    let mut file = tokio::fs::File::from_std(file);
    let mut response = HeaderMap::new();
    let name = path.file_name().unwrap_or(path.as_os_str());
    let mut shown = b"attachment; ".to_vec();
    shown.extend(disposition::filename(name.as_encoded_bytes()));
    if let Ok(shown) = HeaderValue::from_bytes(&shown) {
        response.insert(CONTENT_DISPOSITION, shown);
    }
    let octets = HeaderValue::from_static("application/octet-stream");
    response.insert(CONTENT_TYPE, octets);
    let size = meta.len();
    if size == 0 {
        // Files of /proc say so too, and have something to say all the same.
        let body = Body::from_stream(ReaderStream::with_capacity(file, READ));
        return Ok((response, body).into_response());
    }
    response.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let changed = changed(&meta);
    if let Some(changed) = changed.as_deref().and_then(|text| text.parse().ok()) {
        response.insert(LAST_MODIFIED, changed);
    }
    let unchanged = headers
        .get(IF_RANGE)
        .is_none_or(|known| changed.as_deref().is_some_and(|now| known == now));
    let asked = headers
        .get(RANGE)
        .filter(|_| unchanged)
        .and_then(|value| value.to_str().ok());
    let (status, part) = match asked.map(|asked| range(asked, size)) {
        None | Some(Asked::All) => (StatusCode::OK, 0..size),
        Some(Asked::Part(part)) => (StatusCode::PARTIAL_CONTENT, part),
        Some(Asked::Nothing) => {
            let failure = Failure::new(
                StatusCode::RANGE_NOT_SATISFIABLE,
                "BAD_REQUEST",
                "invalid range: the file ends before it",
            );
            let all = [(CONTENT_RANGE, format!("bytes */{size}"))];
            return Ok((all, failure).into_response());
        }
    };
    if status == StatusCode::PARTIAL_CONTENT {
        let shown = format!("bytes {}-{}/{size}", part.start, part.end - 1);
        response.insert(CONTENT_RANGE, shown.parse().map_err(unspeakable)?);
        file.seek(SeekFrom::Start(part.start))
            .await
            .map_err(|error| failure::of(&path, &error))?;
    }
    let length = part.end - part.start;
    response.insert(CONTENT_LENGTH, HeaderValue::from(length));
    let body = Body::from_stream(ReaderStream::with_capacity(file.take(length), READ));
    Ok((status, response, body).into_response())
}

fn unspeakable(error: axum::http::header::InvalidHeaderValue) -> Failure {
    Failure::internal("cannot make a header", error)
}

fn changed(meta: &Metadata) -> Option<String> {
    let changed = Timestamp::try_from(meta.modified().ok()?).ok()?;
    Some(changed.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())
}

#[derive(Debug, Eq, PartialEq)]
pub(super) enum Asked {
    /// Not a range that we know: the whole file.
    All,
    Part(Range<u64>),
    /// Nothing of the file lies in it.
    Nothing,
}

/// One range of bytes (RFC 9110, section 14); several are answered with the whole file.
pub(super) fn range(text: &str, size: u64) -> Asked {
    let Some((from, to)) = text
        .strip_prefix("bytes=")
        .and_then(|text| text.trim().split_once('-'))
    else {
        return Asked::All;
    };
    let part = match (from.parse::<u64>(), to.parse::<u64>()) {
        (Ok(from), Ok(to)) if from <= to => from..to.saturating_add(1).min(size),
        (Ok(from), Err(_)) if to.is_empty() => from..size,
        (Err(_), Ok(last)) if from.is_empty() => size.saturating_sub(last)..size,
        _ => return Asked::All,
    };
    if part.start < part.end {
        Asked::Part(part)
    } else {
        Asked::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_cut_from_the_file() {
        for (text, expected) in [
            ("bytes=0-3", Asked::Part(0..4)),
            ("bytes=5-", Asked::Part(5..10)),
            ("bytes=-3", Asked::Part(7..10)),
            ("bytes=-30", Asked::Part(0..10)),
            ("bytes=8-99", Asked::Part(8..10)),
            ("bytes=10-", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=3-1", Asked::All),
            ("bytes=0-1,3-4", Asked::All),
            ("lines=1-2", Asked::All),
        ] {
            assert_eq!(range(text, 10), expected, "{text}");
        }
    }
}
