//! `POST /files/upload-v2` and its older `/files/upload`: one file, as a form's `file` or as the body.

use std::io;
use std::path::PathBuf;

use axum::Json;
use axum::body::Body;
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};

use crate::api::types::UploadedFile;

use super::super::failure::{Answer, Failure};
use super::super::params::Params;
use super::failure;
use super::target::Target;

pub(super) async fn upload(params: Params, request: Request) -> Answer<Json<UploadedFile>> {
    let path = store(params, request).await?;
    Ok(Json(UploadedFile {
        name: path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        path: path.to_string_lossy().into_owned(),
        r#type: "file".to_owned(),
    }))
}

pub(super) async fn legacy(params: Params, request: Request) -> Answer<StatusCode> {
    store(params, request).await.map(|_| StatusCode::OK)
}

async fn store(params: Params, request: Request) -> Answer<PathBuf> {
    let path = match params.required_path("path") {
        Ok(path) => path,
        Err(failure) => {
            drain(request.into_body()).await;
            return Err(failure);
        }
    };
    let form = request
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    if form {
        from_form(&path, request).await?;
    } else {
        let chunks = request.into_body().into_data_stream();
        receive(path.clone(), chunks)
            .await
            .map_err(|broken| broken.failure(&path))?;
    }
    Ok(path)
}

pub(super) async fn from_form(path: &std::path::Path, request: Request) -> Answer<()> {
    let malformed = || Failure::bad_request("invalid multipart form");
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| malformed())?;
    let mut stored = None;
    while let Some(field) = form.next_field().await.map_err(|_| malformed())? {
        if stored.is_none() && field.name() == Some("file") {
            let done = receive(path.to_owned(), Box::pin(field)).await;
            if let Err(Broken::Body) = done {
                return Err(Broken::Body.failure(path));
            }
            // Parts that are left are read and thrown away: their sender waits to write them.
            stored = Some(done);
        }
    }
    match stored {
        Some(done) => done.map(drop).map_err(|broken| broken.failure(path)),
        None => Err(Failure::bad_request("the form has no part `file`")),
    }
}

/// Why a file did not arrive whole.
pub(super) enum Broken {
    /// Its sender went away, or sent nonsense.
    Body,
    Create(io::Error),
    Write(io::Error),
}

impl Broken {
    fn failure(self, path: &std::path::Path) -> Failure {
        match self {
            Self::Body => Failure::bad_request("the body broke off"),
            Self::Create(error) | Self::Write(error) => failure::of(path, &error),
        }
    }
}

/// Writes a stream to a file; reads it to its end in any case. How many bytes it had.
pub(super) async fn receive<E>(
    path: PathBuf,
    chunks: impl Stream<Item = Result<Bytes, E>>,
) -> Result<u64, Broken> {
    let mut chunks = std::pin::pin!(chunks);
    let mut target = Target::open(path).await.map_err(Broken::Create);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Broken::Body)?;
        if let Ok(open) = &mut target
            && let Err(error) = open.write(&chunk).await
        {
            target = Err(Broken::Write(error));
        }
    }
    target?.keep().await.map_err(Broken::Write)
}

async fn drain(body: Body) {
    let mut chunks = body.into_data_stream();
    while let Some(Ok(_)) = chunks.next().await {}
}

#[cfg(test)]
mod tests {
    use futures_util::stream;

    use super::*;

    #[tokio::test]
    async fn a_sender_that_goes_away_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let chunks = stream::iter([Ok(Bytes::from_static(b"half")), Err(())]);
        assert!(receive(path, chunks).await.is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
