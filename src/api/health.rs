//! The server about itself: health, configuration, the key in use.

use reqwest::Method;

use crate::error::Result;

use super::client::Client;
use super::transport::Request;
use super::types::{About, ApiKey, Health, ServerConfig};

impl Client {
    /// `GET /health`, which needs no credential.
    pub async fn health(&self) -> Result<Health> {
        self.call(Request::new(Method::GET, self.url("/health")))
            .await
    }

    /// `GET /config`, which needs no credential.
    pub async fn server_config(&self) -> Result<ServerConfig> {
        self.call(Request::new(Method::GET, self.url("/config")))
            .await
    }

    /// `GET /engine` of our engine.
    pub async fn about_engine(&self) -> Result<About> {
        self.call(Request::new(Method::GET, self.url("/engine")))
            .await
    }

    /// `GET /api-keys/current`; 401 with a JWT.
    pub async fn current_api_key(&self) -> Result<ApiKey> {
        self.call(Request::new(Method::GET, self.url("/api-keys/current")))
            .await
    }
}
