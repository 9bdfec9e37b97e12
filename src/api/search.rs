//! What is found in a sandbox: only so much of the reply is read as is wanted.

use futures_util::StreamExt as _;
use reqwest::Method;
use serde::de::DeserializeOwned;

use crate::error::{Context as _, Kind, Result};

use super::client::Client;
use super::elements::Elements;
use super::path::query;
use super::reply::{LARGEST, too_large};
use super::types::{GitCommitInfo, Match};

impl Client {
    /// `GET /files/find`: the first lines that hold a text, of the files in a folder.
    pub async fn find_in_files(
        &self,
        toolbox: &str,
        path: &str,
        text: &str,
        most: usize,
    ) -> Result<Vec<Match>> {
        let pairs = query(&[("path", path.to_owned()), ("pattern", text.to_owned())]);
        self.first(&format!("{toolbox}/files/find{pairs}"), most)
            .await
    }

    /// `GET /files/search`: the first paths whose base name matches, below a folder.
    pub async fn search_files(
        &self,
        toolbox: &str,
        path: &str,
        glob: &str,
        most: usize,
    ) -> Result<Vec<String>> {
        let pairs = query(&[("path", path.to_owned()), ("pattern", glob.to_owned())]);
        self.first(&format!("{toolbox}/files/search{pairs}"), most)
            .await
    }

    /// `GET /git/history`: the last commits, of a history of any length.
    pub async fn git_history(
        &self,
        toolbox: &str,
        path: &str,
        most: usize,
    ) -> Result<Vec<GitCommitInfo>> {
        let pairs = query(&[("path", path.to_owned())]);
        self.first(&format!("{toolbox}/git/history{pairs}"), most)
            .await
    }

    /// The first elements of the array that is the reply; what comes after is not waited for.
    async fn first<T: DeserializeOwned>(&self, url: &str, most: usize) -> Result<Vec<T>> {
        let mut chunks = self.stream(Method::GET, url, None).await?.bytes_stream();
        let (mut elements, mut found) = (Elements::default(), Vec::new());
        let mut length = 0;
        while found.len() < most
            && let Some(chunk) = chunks.next().await
        {
            let chunk = chunk.map_err(reqwest::Error::without_url);
            let chunk = chunk.context(Kind::Unavailable, || "the reply broke off".to_owned())?;
            length += chunk.len();
            if length > LARGEST {
                return Err(too_large(url));
            }
            for element in elements.push(&chunk).iter().take(most - found.len()) {
                found.push(
                    serde_json::from_slice(element).context(Kind::Unavailable, || {
                        "the server answered with something unexpected".to_owned()
                    })?,
                );
            }
        }
        Ok(found)
    }
}
