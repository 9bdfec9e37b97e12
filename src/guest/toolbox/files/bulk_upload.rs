//! `POST /files/bulk-upload`: many files in one form, each written while it arrives.

use std::collections::HashMap;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::path::PathBuf;

use axum::Json;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use crate::api::types::{BulkUploaded, UploadedSize};

use super::super::http::Complete;
use super::upload::{Broken, receive};

/// The longest path, and the most paths that may wait for their files.
const LONGEST_PATH: usize = 16 << 10;
const MOST_PATHS: usize = 1 << 20;

pub(super) async fn upload(form: Result<Multipart, MultipartRejection>) -> Response {
    let mut uploaded = BulkUploaded::default();
    match form {
        Ok(form) => take(form, &mut uploaded, to_file).await,
        Err(_) => uploaded.errors.push(malformed()),
    }
    if uploaded.errors.is_empty() {
        return Json(uploaded).into_response();
    }
    let mut response = (StatusCode::BAD_REQUEST, Json(uploaded)).into_response();
    response.extensions_mut().insert(Complete);
    response
}

fn malformed() -> String {
    "invalid multipart form".to_owned()
}

async fn to_file(path: PathBuf, field: Field<'_>) -> Result<u64, Broken> {
    receive(path, Box::pin(field)).await
}

/// Reads the form to its end, whatever goes wrong: its sender reads the reply only then. `store` writes a
/// file to its path, and says how many bytes it had.
pub(super) async fn take(
    mut form: Multipart,
    uploaded: &mut BulkUploaded,
    store: impl AsyncFn(PathBuf, Field<'_>) -> Result<u64, Broken>,
) {
    let mut paths = HashMap::new();
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return,
            Err(_) => return uploaded.errors.push(malformed()),
        };
        let Some((index, is_path)) = field.name().and_then(part) else {
            continue;
        };
        if is_path {
            match path(field).await {
                Ok(path) if path.as_os_str().is_empty() => {
                    uploaded.errors.push(format!("path[{index}]: empty path"));
                }
                Ok(path) if paths.len() < MOST_PATHS => {
                    paths.insert(index, path);
                }
                Ok(_) => uploaded.errors.push(format!("path[{index}]: too many")),
                Err(error) => uploaded.errors.push(format!("path[{index}]: {error}")),
            }
            continue;
        }
        let Some(path) = paths.remove(&index) else {
            uploaded
                .errors
                .push(format!("file[{index}]: missing .path metadata"));
            continue;
        };
        let shown = path.to_string_lossy().into_owned();
        match store(path, field).await {
            Ok(bytes) => uploaded.files.push(UploadedSize { path: shown, bytes }),
            Err(Broken::Create(error)) => uploaded.errors.push(format!("{shown}: create: {error}")),
            Err(Broken::Write(error)) => uploaded.errors.push(format!("{shown}: write: {error}")),
            Err(Broken::Body) => return uploaded.errors.push(malformed()),
        }
    }
}

/// The index of a part, and whether it is a path: `files[3].path`, `files[3].file`.
fn part(name: &str) -> Option<(u64, bool)> {
    let (index, what) = name.strip_prefix("files[")?.split_once("].")?;
    let index = index.parse().ok()?;
    match what {
        "path" => Some((index, true)),
        "file" => Some((index, false)),
        _ => None,
    }
}

async fn path(mut field: Field<'_>) -> Result<PathBuf, String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| malformed())? {
        if bytes.len() + chunk.len() > LONGEST_PATH {
            return Err("the path is too long".to_owned());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(OsString::from_vec(bytes).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_linked_by_their_index() {
        assert_eq!(part("files[0].path"), Some((0, true)));
        assert_eq!(part("files[12].file"), Some((12, false)));
        for other in ["file", "files[].path", "files[a].file", "files[1].x"] {
            assert_eq!(part(other), None, "{other}");
        }
    }
}
