//! The files of one sandbox: looked at as JSON, moved as streams of any length.

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, stream};
use http_body_util::BodyExt as _;
use reqwest::header::CONTENT_RANGE;
use reqwest::{Body, Method, Response, StatusCode};

use crate::error::{Error, Kind, Result};

use super::client::Client;
use super::path::{encode, query};
use super::permit::Permit;
use super::transport::Request;
use super::types::{FileInfo, ReplaceRequest, ReplaceResult};

/// The type of a body that is just bytes.
pub(super) const BYTES: &str = "application/octet-stream";

/// Some of a file's bytes.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct FilePart {
    /// The bytes: fewer than were asked for where the file ends.
    pub bytes: Vec<u8>,
    /// How many the file has; unknown of files that are made while they are read.
    pub total: Option<u64>,
    /// Whether the file goes on after them.
    pub more: bool,
}

/// What to change about a file: what is not there stays.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Permissions {
    /// The nine permission bits in octal.
    pub mode: Option<String>,
    /// Name or number of a user.
    pub owner: Option<String>,
    /// Name or number of a group.
    pub group: Option<String>,
}

impl Client {
    /// `GET /files/info`: what is at a path; links are followed.
    pub async fn file_info(&self, toolbox: &str, path: &str) -> Result<FileInfo> {
        let url = format!("{toolbox}/files/info{}", at(path));
        self.call(Request::new(Method::GET, url)).await
    }

    /// `DELETE /files`: deletes a file.
    pub async fn delete_file(&self, toolbox: &str, path: &str, permit: &Permit) -> Result<()> {
        let url = format!("{toolbox}/files{}", at(path));
        self.tell(Request::removal(Method::DELETE, url, permit))
            .await
    }

    /// `DELETE /files` of a file, or of a folder with all in it.
    pub async fn delete_tree(&self, toolbox: &str, path: &str, permit: &Permit) -> Result<()> {
        let url = format!("{toolbox}/files{}&recursive=true", at(path));
        self.tell(Request::removal(Method::DELETE, url, permit))
            .await
    }

    /// `POST /files/move`: to a name that is free.
    pub async fn move_file(&self, toolbox: &str, from: &str, to: &str) -> Result<()> {
        let pairs = query(&[("source", from.to_owned()), ("destination", to.to_owned())]);
        let url = format!("{toolbox}/files/move{pairs}");
        self.tell(Request::new(Method::POST, url)).await
    }

    /// `POST /files/replace`: a text for another, in each of the files.
    pub async fn replace_in_files(
        &self,
        toolbox: &str,
        replace: &ReplaceRequest,
    ) -> Result<Vec<ReplaceResult>> {
        let url = format!("{toolbox}/files/replace");
        self.call(Request::new(Method::POST, url).json(replace)?)
            .await
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
        self.tell(Request::new(Method::POST, url)).await
    }

    /// `POST /files/permissions`: sets the nine permission bits; `mode` is octal.
    pub async fn set_permissions(&self, toolbox: &str, path: &str, mode: &str) -> Result<()> {
        let permissions = Permissions {
            mode: Some(mode.to_owned()),
            ..Permissions::default()
        };
        self.change_permissions(toolbox, path, permissions).await
    }

    /// `POST /files/permissions`.
    pub async fn change_permissions(
        &self,
        toolbox: &str,
        path: &str,
        to: Permissions,
    ) -> Result<()> {
        let mut pairs = vec![("path", path.to_owned())];
        pairs.extend(to.mode.map(|mode| ("mode", mode)));
        pairs.extend(to.owner.map(|owner| ("owner", owner)));
        pairs.extend(to.group.map(|group| ("group", group)));
        let pairs = query(&pairs);
        let url = format!("{toolbox}/files/permissions{pairs}");
        self.tell(Request::new(Method::POST, url)).await
    }

    /// Writes a file's bytes, as they come; folders above it are made.
    pub async fn upload_file(&self, toolbox: &str, path: &str, content: Body) -> Result<()> {
        if !self.is_engine() {
            return self.upload_form(toolbox, path, content).await;
        }
        let url = format!("{toolbox}/files/upload-v2{}", at(path));
        self.stream(Method::POST, &url, Some((content, BYTES)))
            .await
            .map(drop)
    }

    /// The same by `POST /files/bulk-upload`, a form: every server has it, `upload-v2` only those after 0.190.
    async fn upload_form(&self, toolbox: &str, path: &str, content: Body) -> Result<()> {
        let boundary = uuid::Uuid::new_v4().simple().to_string();
        let part = |name: &str, more: &str| {
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"files[0].{name}\"{more}\r\n\r\n"
            )
        };
        let file = format!("; filename=\"file\"\r\nContent-Type: {BYTES}");
        let head = format!("{}{path}\r\n{}", part("path", ""), part("file", &file));
        let tail = format!("\r\n--{boundary}--\r\n");
        let ends =
            |text: String| stream::once(async { Ok::<_, reqwest::Error>(Bytes::from(text)) });
        let form = ends(head)
            .chain(content.into_data_stream())
            .chain(ends(tail));
        let url = format!("{toolbox}/files/bulk-upload");
        let kind = format!("multipart/form-data; boundary={boundary}");
        self.stream(
            Method::POST,
            &url,
            Some((Body::wrap_stream(form), kind.as_str())),
        )
        .await
        .map(drop)
    }

    /// `GET /files/download` of `length` bytes from `start` on: neither more are kept, nor fetched
    /// where the server knows ranges.
    pub async fn download_part(
        &self,
        toolbox: &str,
        path: &str,
        start: u64,
        length: u64,
    ) -> Result<FilePart> {
        if length == 0 {
            return Ok(FilePart::default());
        }
        let url = format!("{toolbox}/files/download{}", at(path));
        let last = start.saturating_add(length - 1);
        let response = self.part(&url, start, last).await?;
        let (mut skip, total) = match response.status() {
            StatusCode::PARTIAL_CONTENT => (0, whole_length(&response)),
            _ => (start, response.content_length()),
        };
        let wanted = usize::try_from(length).unwrap_or(usize::MAX);
        let (mut bytes, mut more) = (Vec::new(), false);
        let mut chunks = response.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|error| broke_off(path, error))?;
            let passed = usize::try_from(skip).unwrap_or(usize::MAX).min(chunk.len());
            skip -= passed as u64;
            let rest = &chunk[passed..];
            let taken = rest.len().min(wanted - bytes.len());
            bytes.extend_from_slice(&rest[..taken]);
            if taken < rest.len() {
                more = true;
                break;
            }
        }
        let end = start.saturating_add(bytes.len() as u64);
        more |= total.is_some_and(|total| end < total) && !bytes.is_empty();
        Ok(FilePart { bytes, total, more })
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
        let chunks = response.bytes_stream();
        Ok(chunks.map(move |chunk| chunk.map_err(|error| broke_off(&path, error))))
    }
}

fn broke_off(path: &str, error: reqwest::Error) -> Error {
    let message = format!("the download of {path} broke off");
    Error::new(Kind::Unavailable, message).because(error.without_url())
}

/// The length of the whole behind a part: the end of `bytes 0-9/100`.
fn whole_length(response: &Response) -> Option<u64> {
    let range = response.headers().get(CONTENT_RANGE)?.to_str().ok()?;
    range.rsplit_once('/')?.1.trim().parse().ok()
}

fn at(path: &str) -> String {
    format!("?path={}", encode(path))
}
