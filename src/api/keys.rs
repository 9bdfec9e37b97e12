//! The operations on API keys. Daytona Cloud takes them from a login only; the local engine from its own key only.

use reqwest::Method;

use crate::error::Result;

use super::client::Client;
use super::path::encode;
use super::permit::Permit;
use super::transport::Request;
use super::types::{ApiKey, MadeApiKey, NewApiKey};

impl Client {
    /// `GET /api-keys`: all of them, masked.
    pub async fn list_api_keys(&self) -> Result<Vec<ApiKey>> {
        self.call(Request::new(Method::GET, self.url("/api-keys")))
            .await
    }

    /// `POST /api-keys`: the reply is the only place where the key stands.
    pub async fn create_api_key(&self, new: &NewApiKey) -> Result<MadeApiKey> {
        self.call(Request::new(Method::POST, self.url("/api-keys")).json(new)?)
            .await
    }

    /// `DELETE /api-keys/{name}`.
    pub async fn delete_api_key(&self, name: &str, permit: &Permit) -> Result<()> {
        let path = format!("/api-keys/{}", encode(name));
        self.tell(Request::removal(Method::DELETE, self.url(&path), permit))
            .await
    }
}
