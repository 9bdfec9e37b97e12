//! Previews: the addresses under which a port of a sandbox is reached. `id` is an id or a name.

use reqwest::Method;

use crate::error::Result;

use super::client::Client;
use super::path::encode;
use super::transport::Request;
use super::types::{PreviewUrl, SignedPreviewUrl};

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
}
