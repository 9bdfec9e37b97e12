//! What the system says of a file, as the API says it.

use std::io::{self, ErrorKind};
use std::path::Path;

use axum::http::StatusCode;
use rustix::io::Errno;

use super::super::failure::Failure;

/// The failure of an operation on a path.
pub(super) fn of(path: &Path, error: &io::Error) -> Failure {
    let shown = path.display();
    match error.kind() {
        ErrorKind::NotFound => not_found(path),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Failure::new(
            StatusCode::FORBIDDEN,
            "FILE_ACCESS_DENIED",
            format!("permission denied: {shown}"),
        ),
        ErrorKind::NotADirectory => invalid(format!("not a directory: {shown}")),
        ErrorKind::IsADirectory => invalid(format!("is a directory: {shown}")),
        ErrorKind::DirectoryNotEmpty => invalid(format!("directory not empty: {shown}")),
        ErrorKind::InvalidInput | ErrorKind::InvalidFilename => {
            invalid(format!("invalid path: {shown}: {error}"))
        }
        _ if error.raw_os_error() == Some(Errno::LOOP.raw_os_error()) => {
            invalid(format!("invalid path: {shown}: {error}"))
        }
        ErrorKind::AlreadyExists => Failure::conflict(format!("already exists: {shown}")),
        _ => Failure::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "FILE_READ_FAILED",
            format!("{shown}: {error}"),
        ),
    }
}

pub(super) fn not_found(path: &Path) -> Failure {
    Failure::new(
        StatusCode::NOT_FOUND,
        "FILE_NOT_FOUND",
        format!("file not found: {}", path.display()),
    )
}

pub(super) fn invalid(message: impl Into<String>) -> Failure {
    Failure::new(StatusCode::BAD_REQUEST, "INVALID_FILE_PATH", message)
}

pub(super) fn is_folder(path: &Path) -> Failure {
    invalid(format!("is a directory: {}", path.display()))
}
