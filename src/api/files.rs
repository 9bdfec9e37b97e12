//! The files of one sandbox: looked at as JSON, moved as streams of any length.

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
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
