//! Access to a sandbox over SSH, by a token.

use reqwest::Method;

use crate::error::Result;

use super::client::Client;
use super::path::encode;
use super::transport::Request;
use super::types::SshAccess;

impl Client {
    /// `POST /sandbox/{id}/ssh-access`: a token that lasts so many minutes, and the command that uses it.
    pub async fn ssh_access(&self, id: &str, minutes: u32) -> Result<SshAccess> {
        let path = format!(
            "/sandbox/{}/ssh-access?expiresInMinutes={minutes}",
            encode(id)
        );
        self.call(Request::new(Method::POST, self.url(&path))).await
    }

    /// `DELETE /sandbox/{id}/ssh-access`: that token opens nothing from then on.
    pub async fn end_ssh_access(&self, id: &str, token: &str) -> Result<()> {
        let path = format!("/sandbox/{}/ssh-access?token={}", encode(id), encode(token));
        self.tell(Request::new(Method::DELETE, self.url(&path)))
            .await
    }
}
