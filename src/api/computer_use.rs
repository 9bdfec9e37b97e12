//! A sandbox's desktop, through the toolbox: what is asked and answered differs by route only.

use reqwest::Method;
use serde_json::Value;

use crate::error::Result;

use super::client::Client;
use super::path::query;
use super::permit::Permit;
use super::transport::Request;

impl Client {
    /// `GET /computeruse/…`; a route that answers nothing is null.
    pub async fn desktop_get(
        &self,
        toolbox: &str,
        route: &str,
        pairs: &[(&str, String)],
    ) -> Result<Value> {
        let url = format!("{toolbox}/computeruse/{route}{}", query(pairs));
        self.call_or_nothing(Request::new(Method::GET, url)).await
    }

    /// `POST /computeruse/…`.
    pub async fn desktop_post(&self, toolbox: &str, route: &str, body: &Value) -> Result<Value> {
        let url = format!("{toolbox}/computeruse/{route}");
        self.call_or_nothing(Request::new(Method::POST, url).json(body)?)
            .await
    }

    /// `POST /computeruse/…` that changes nothing.
    pub async fn desktop_search(&self, toolbox: &str, route: &str, body: &Value) -> Result<Value> {
        let url = format!("{toolbox}/computeruse/{route}");
        self.call_or_nothing(Request::new(Method::POST, url).json(body)?.looks())
            .await
    }

    /// `DELETE /computeruse/…`.
    pub async fn desktop_delete(
        &self,
        toolbox: &str,
        route: &str,
        permit: &Permit,
    ) -> Result<Value> {
        let url = format!("{toolbox}/computeruse/{route}");
        self.call_or_nothing(Request::removal(Method::DELETE, url, permit))
            .await
    }
}
