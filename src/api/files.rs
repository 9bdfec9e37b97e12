//! The files of one sandbox: looked at as JSON, moved as streams of any length.

use bytes::{Buf as _, Bytes, BytesMut};
use futures_util::{Stream, StreamExt as _};
use reqwest::header::CONTENT_RANGE;
use reqwest::{Body, Method};

use crate::error::{Error, Kind, Result};

use super::client::Client;
use super::path::{encode, query};
use super::transport::Request;
use super::types::FileInfo;

impl Client {
    /// `GET /files/info`: what is at a path; links are followed.
    pub async fn file_info(&self, toolbox: &str, path: &str) -> Result<FileInfo> {
        let url = format!("{toolbox}/files/info{}", at(path));
        self.call(Request::new(Method::GET, url)).await
    }

    /// `DELETE /files`: deletes a file.
    pub async fn delete_file(&self, toolbox: &str, path: &str) -> Result<()> {
        let url = format!("{toolbox}/files{}", at(path));
        self.tell(Request::new(Method::DELETE, url)).await
    }

    /// `DELETE /files` with `recursive`: deletes a folder with all that is in it.
    pub async fn delete_folder(&self, toolbox: &str, path: &str) -> Result<()> {
        let url = format!("{toolbox}/files{}&recursive=true", at(path));
        self.tell(Request::new(Method::DELETE, url)).await
    }

    /// `GET /files`: what is in a folder, by name.
    pub async fn list_files(&self, toolbox: &str, path: &str) -> Result<Vec<FileInfo>> {
        let url = format!("{toolbox}/files{}", at(path));
        self.call(Request::new(Method::GET, url)).await
    }

    /// `POST /files/folder`: makes it with all above it; ok where it is there. `mode` is octal.
    pub async fn create_folder(&self, toolbox: &str, path: &str, mode: &str) -> Result<()> {
        let pairs = query(&[("path", path.to_owned()), ("mode", mode.to_owned())]);
        let url = format!("{toolbox}/files/folder{pairs}");
        self.tell(Request::new(Method::POST, url).repeatable())
            .await
    }

    /// `POST /files/permissions`: sets the nine permission bits; `mode` is octal.
    pub async fn set_permissions(&self, toolbox: &str, path: &str, mode: &str) -> Result<()> {
        let pairs = query(&[("path", path.to_owned()), ("mode", mode.to_owned())]);
        let url = format!("{toolbox}/files/permissions{pairs}");
        self.tell(Request::new(Method::POST, url).repeatable())
            .await
    }

    /// `POST /files/upload-v2`: a file's bytes, as they come; folders above it are made.
    pub async fn upload_file(&self, toolbox: &str, path: &str, content: Body) -> Result<()> {
        let url = format!("{toolbox}/files/upload-v2{}", at(path));
        self.stream(Method::POST, &url, Some(content))
            .await
            .map(drop)
    }

    /// `GET /files/download` with a range (RFC 9110, section 14): up to `count` bytes from `first` on, or
    /// the last `count` without it, and how long the file is.
    pub async fn read_part(
        &self,
        toolbox: &str,
        path: &str,
        first: Option<u64>,
        count: u64,
    ) -> Result<(Bytes, u64)> {
        let url = format!("{toolbox}/files/download{}", at(path));
        let range = match first {
            Some(first) => format!("bytes={first}-{}", first + count.max(1) - 1),
            None => format!("bytes=-{count}"),
        };
        let request = Request::new(Method::GET, url).range(range);
        let response = self.send(request).await?;
        let whole = response
            .headers()
            .get(CONTENT_RANGE)
            .and_then(|range| range.to_str().ok()?.rsplit('/').next()?.parse().ok());
        let broken = |error: reqwest::Error| {
            Error::new(
                Kind::Unavailable,
                format!("the download of {path} broke off"),
            )
            .because(error.without_url())
        };
        if let Some(whole) = whole {
            return Ok((response.bytes().await.map_err(broken)?, whole));
        }
        // A server without ranges sends everything, and what is empty has none.
        let (mut body, mut part, mut length) = (response.bytes_stream(), BytesMut::new(), 0);
        while let Some(chunk) = body.next().await {
            let chunk = chunk.map_err(broken)?;
            let begin = first.map_or(0, |first| first.saturating_sub(length));
            let begin = usize::try_from(begin)
                .unwrap_or(usize::MAX)
                .min(chunk.len());
            length += chunk.len() as u64;
            part.extend_from_slice(&chunk[begin..]);
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            match first {
                Some(_) => part.truncate(count),
                None => part.advance(part.len().saturating_sub(count)),
            }
        }
        Ok((part.freeze(), length))
    }

    /// `GET /files/download`: a file's bytes, as they come.
    pub async fn download_file(
        &self,
        toolbox: &str,
        path: &str,
    ) -> Result<impl Stream<Item = Result<Bytes>> + use<>> {
        let url = format!("{toolbox}/files/download{}", at(path));
        let response = self.stream(Method::GET, &url, None).await?;
        let path = path.to_owned();
        Ok(response.bytes_stream().map(move |chunk| {
            chunk.map_err(|error| {
                Error::new(
                    Kind::Unavailable,
                    format!("the download of {path} broke off"),
                )
                .because(error.without_url())
            })
        }))
    }
}

fn at(path: &str) -> String {
    format!("?path={}", encode(path))
}
