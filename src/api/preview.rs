//! Previews: the addresses under which a port of a sandbox is reached. `id` is an id or a name.

use std::time::Duration;

use reqwest::header::HOST;
use reqwest::{Method, Url};

use crate::error::{Context as _, Kind, Result};

use super::client::Client;
use super::path::encode;
use super::transport::Request;
use super::types::{PreviewUrl, SignedPreviewUrl};

/// How long a server behind a preview may take to be seen.
const SEEN: Duration = Duration::from_secs(5);

impl Client {
    /// `GET /sandbox/{id}/ports/{port}/preview-url`.
    pub async fn preview_url(&self, id: &str, port: u16) -> Result<PreviewUrl> {
        let path = format!("/sandbox/{}/ports/{port}/preview-url", encode(id));
        self.call(Request::new(Method::GET, self.url(&path))).await
    }

    /// `GET /sandbox/{id}/ports/{port}/signed-preview-url`: open to whoever has it, for so many seconds.
    pub async fn signed_preview_url(
        &self,
        id: &str,
        port: u16,
        seconds: u32,
    ) -> Result<SignedPreviewUrl> {
        let path = format!(
            "/sandbox/{}/ports/{port}/signed-preview-url?expiresInSeconds={seconds}",
            encode(id)
        );
        self.call(Request::new(Method::GET, self.url(&path))).await
    }
    /// The status that an address answers to a stranger: no credential is sent.
    pub async fn seen_from_outside(&self, url: &str) -> Result<u16> {
        let parsed: Url = url
            .parse()
            .context(Kind::Other, || "the server's address is none".to_owned())?;
        let host = parsed.host_str().unwrap_or_default();
        let mut request = self.http()?.get(parsed.clone());
        // Names below localhost are this machine (RFC 6761), but not every system knows that.
        if host.ends_with(".localhost") && parsed.scheme() == "http" {
            let mut here = parsed.clone();
            let name = format!("{host}:{}", parsed.port_or_known_default().unwrap_or(80));
            if here.set_host(Some("127.0.0.1")).is_ok() {
                request = self.http()?.get(here).header(HOST, name);
            }
        }
        let answer = request.timeout(SEEN).send().await;
        let answer = answer.map_err(reqwest::Error::without_url);
        let answer = answer.context(Kind::Unavailable, || "no answer".to_owned())?;
        Ok(answer.status().as_u16())
    }
}
