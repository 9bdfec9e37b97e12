//! A request's body as a file: what is imported is read more than once.

use std::path::Path;

use axum::body::Body;
use futures_util::StreamExt as _;
use tempfile::TempPath;
use tokio::io::AsyncWriteExt as _;

use crate::error::{Context as _, Error, Kind, Result};

/// Writes the body to a file in `folder`; the file goes with the value.
pub(super) async fn to_file(folder: &Path, body: Body) -> Result<TempPath> {
    let failed = || "cannot keep what was sent".to_owned();
    std::fs::create_dir_all(folder).context(Kind::Internal, failed)?;
    let file = tempfile::NamedTempFile::new_in(folder).context(Kind::Internal, failed)?;
    let (file, path) = file.into_parts();
    let mut file = tokio::fs::File::from_std(file);
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| Error::usage("the request body broke off"))?;
        file.write_all(&piece)
            .await
            .context(Kind::Internal, failed)?;
    }
    file.flush().await.context(Kind::Internal, failed)?;
    Ok(path)
}

/// Removes what an engine left that was killed.
pub(crate) fn sweep(folder: &Path) {
    // It may never have been there.
    let _ = std::fs::remove_dir_all(folder);
}
