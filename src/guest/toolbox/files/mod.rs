//! Files: the routes `/files…`, each streamed from and to the disk (toolbox API, files).

mod bulk_download;
mod bulk_upload;
mod change;
mod disposition;
mod download;
mod failure;
mod glob;
mod info;
mod list;
mod relocate;
mod replace;
mod search;
mod target;
mod upload;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::failure::{Answer, Failure};
use super::http::Toolbox;

pub(super) fn routes() -> Router<Arc<Toolbox>> {
    Router::new()
        .route("/files", get(list::list).delete(change::delete))
        .route("/files/info", get(list::info))
        .route("/files/folder", post(change::folder))
        .route("/files/move", post(change::relocate))
        .route("/files/permissions", post(change::permissions))
        .route("/files/replace", post(replace::replace))
        .route("/files/find", get(search::find))
        .route("/files/search", get(search::search))
        .route("/files/download", get(download::download))
        .route("/files/bulk-download", post(bulk_download::download))
        .merge(
            Router::new()
                .route("/files/upload", post(upload::legacy))
                .route("/files/upload-v2", post(upload::upload))
                .route("/files/bulk-upload", post(bulk_upload::upload))
                // A disk has an end, a body need not.
                .layer(DefaultBodyLimit::disable()),
        )
}

/// A name in a folder, without a dot before it.
fn inside(folder: &Path, name: &OsStr) -> PathBuf {
    if folder == Path::new(".") {
        PathBuf::from(name)
    } else {
        folder.join(name)
    }
}

/// Runs what waits for the disk where it holds up nobody else.
async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Failure::internal("the work on the disk broke off", error))
}

/// What fuzz targets call: a form, as each route of uploads reads it. Files go to `folder` or nowhere.
#[cfg(any(test, fuzzing))]
pub(super) async fn fuzzed_form(data: &[u8], folder: &std::path::Path) {
    use axum::body::Body;
    use axum::extract::{FromRequest as _, Multipart, Request};
    use futures_util::StreamExt as _;

    use crate::api::types::BulkUploaded;

    let request = || {
        // Boundaries are looked for across the ends of pieces.
        let pieces: Vec<_> = (data.chunks(7).chain([&b""[..]]))
            .map(|piece| Ok::<_, std::io::Error>(bytes::Bytes::copy_from_slice(piece)))
            .collect();
        let body = Body::from_stream(futures_util::stream::iter(pieces));
        Request::post("/")
            .header("content-type", "multipart/form-data; boundary=b")
            .body(body)
            .expect("a request")
    };
    let answer = upload::from_form(&folder.join("file"), request()).await;
    let left = std::fs::read_dir(folder).expect("a folder").flatten();
    let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
    assert!(left.iter().all(|name| name == "file"), "{left:?}");
    assert!(answer.is_err() || left.len() == 1, "stored, and not there");
    let mut uploaded = BulkUploaded::default();
    if let Ok(form) = Multipart::from_request(request(), &()).await {
        let count = async |_, mut field: axum::extract::multipart::Field<'_>| {
            let mut count = 0;
            while let Some(piece) = field.next().await {
                count += piece.map_err(|_| upload::Broken::Body)?.len() as u64;
            }
            Ok(count)
        };
        bulk_upload::take(form, &mut uploaded, count).await;
    }
    let bytes: u64 = uploaded.files.iter().map(|file| file.bytes).sum();
    assert!(
        bytes <= data.len() as u64,
        "{bytes} bytes of {}",
        data.len()
    );
}

/// What fuzz targets call: patterns, ranges, modes and names.
#[cfg(any(test, fuzzing))]
pub(super) fn fuzzed(text: &str) {
    let (pattern, name) = text.split_once('\n').unwrap_or((text, text));
    if let Some(pattern) = glob::Glob::parse(pattern) {
        let _ = pattern.matches(name.as_bytes());
    }
    let _ = (info::parse_mode(text), download::range(text, 1000));
    let shown = disposition::filename(text.as_bytes());
    assert!(
        axum::http::HeaderValue::from_bytes(&shown).is_ok(),
        "{text:?}"
    );
}
