//! Regions, which sandboxes call targets.

use reqwest::Method;

use crate::error::Result;

use super::client::Client;
use super::transport::Request;
use super::types::Region;

impl Client {
    /// `GET /regions`: the organization's own and the shared ones.
    pub async fn regions(&self) -> Result<Vec<Region>> {
        self.call(Request::new(Method::GET, self.url("/regions")))
            .await
    }
}
