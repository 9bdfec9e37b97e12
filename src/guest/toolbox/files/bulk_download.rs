//! `POST /files/bulk-download`: many files as the parts of one reply, each streamed in turn.

use std::path::Path;

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use bytes::BytesMut;
use tokio::io::AsyncReadExt as _;
use tokio::sync::mpsc;

use crate::api::types::BulkDownload;

use super::super::failure::{Answer, Failure};
use super::super::http::decode;
use super::download::{READ, open};
use super::{disposition, failure, on_disk};

/// Clients know it (toolbox API, files).
const BOUNDARY: &str = "DAYTONA-FILE-BOUNDARY";
/// The most of a file without a length, as /proc has them.
const UNMEASURED: u64 = 4 << 20;

pub(super) async fn download(body: Bytes) -> Answer<Response> {
    let request: BulkDownload = decode(&body)?;
    if request.paths.is_empty() {
        return Err(Failure::bad_request("paths cannot be empty"));
    }
    let (out, chunks) = mpsc::channel(2);
    tokio::spawn(async move {
        let mut parts = Parts { out };
        if let Err(Some(error)) = parts.send_all(&request.paths).await {
            // The reply breaks off: its reader misses the end.
            let _ = parts.out.send(Err(error)).await;
        }
    });
    let chunks = futures_util::stream::unfold(chunks, |mut chunks| async {
        chunks.recv().await.map(|chunk| (chunk, chunks))
    });
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    Ok(([(CONTENT_TYPE, kind)], Body::from_stream(chunks)).into_response())
}

struct Parts {
    out: mpsc::Sender<std::io::Result<Bytes>>,
}

/// Why the parts end too early: the disk, or nobody listens.
type Broken = Option<std::io::Error>;

impl Parts {
    async fn send_all(&mut self, paths: &[String]) -> Result<(), Broken> {
        for path in paths {
            self.send_part(path).await?;
        }
        self.send(format!("--{BOUNDARY}--\r\n").into()).await
    }

    async fn send_part(&mut self, path: &str) -> Result<(), Broken> {
        let opened = if path.is_empty() {
            Err(failure::invalid("the path is empty"))
        } else {
            let place = path.to_owned();
            on_disk(move || open(Path::new(&place)))
                .await
                .and_then(|opened| opened)
        };
        let (file, meta) = match opened {
            Ok(opened) => opened,
            Err(failure) => return self.send_failure(path, failure).await,
        };
        let mut file = tokio::fs::File::from_std(file);
        let kind = disposition::content_type(Path::new(path));
        if meta.len() == 0 {
            let mut content = Vec::new();
            let read = (&mut file).take(UNMEASURED).read_to_end(&mut content).await;
            if let Err(error) = read {
                let failure = failure::of(Path::new(path), &error);
                return self.send_failure(path, failure).await;
            }
            self.send(head("file", path, kind, content.len() as u64))
                .await?;
            self.send(content.into()).await?;
        } else {
            let mut left = meta.len();
            self.send(head("file", path, kind, left)).await?;
            while left > 0 {
                let mut chunk = BytesMut::with_capacity(READ);
                let read = (&mut file).take(left).read_buf(&mut chunk).await?;
                if read == 0 {
                    return Err(Some(std::io::ErrorKind::UnexpectedEof.into()));
                }
                left -= read as u64;
                self.send(chunk.freeze()).await?;
            }
        }
        self.send("\r\n".into()).await
    }

    async fn send_failure(&mut self, path: &str, failure: Failure) -> Result<(), Broken> {
        let mut body = failure.into_body();
        body.path = Some("/files/bulk-download".to_owned());
        body.method = Some("POST".to_owned());
        let body = serde_json::to_vec(&body).unwrap_or_default();
        let kind = "application/json; charset=utf-8";
        self.send(head("error", path, kind, body.len() as u64))
            .await?;
        self.send(body.into()).await?;
        self.send("\r\n".into()).await
    }

    async fn send(&mut self, chunk: Bytes) -> Result<(), Broken> {
        self.out.send(Ok(chunk)).await.map_err(|_| None)
    }
}

fn head(name: &str, path: &str, kind: &str, length: u64) -> Bytes {
    let mut head =
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; ").into_bytes();
    head.extend(disposition::filename(path.as_bytes()));
    head.extend_from_slice(
        format!("\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n").as_bytes(),
    );
    head.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn parts_come_in_order_with_their_lengths_and_an_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "abc").unwrap();
        let request = BulkDownload {
            paths: vec![
                path.display().to_string(),
                folder.path().join("none").display().to_string(),
            ],
        };
        let reply = download(serde_json::to_vec(&request).unwrap().into())
            .await
            .unwrap();
        let body = axum::body::to_bytes(reply.into_body(), 1 << 20).await;
        let text = String::from_utf8(body.unwrap().to_vec()).unwrap();
        let parts: Vec<_> = text.split("--DAYTONA-FILE-BOUNDARY").collect();
        assert_eq!(parts.len(), 4, "{text}");
        assert!(
            parts[1].ends_with("Content-Length: 3\r\n\r\nabc\r\n"),
            "{text}"
        );
        assert!(parts[2].contains("name=\"error\"") && parts[2].contains("FILE_NOT_FOUND"));
        assert_eq!(parts[3], "--\r\n");
    }
}
