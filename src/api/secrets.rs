//! The operations on secrets. No reply has a value.

use reqwest::Method;

use crate::error::Result;

use super::client::Client;
use super::path::{encode, query};
use super::permit::Permit;
use super::transport::Request;
use super::types::{NewSecret, SecretPage, VaultSecret};

impl Client {
    /// `GET /secret/paginated`: one page, by name.
    pub async fn list_secrets(&self, cursor: Option<String>) -> Result<SecretPage> {
        let mut pairs = vec![
            ("limit", "200".to_owned()),
            ("sort", "name".to_owned()),
            ("order", "asc".to_owned()),
        ];
        pairs.extend(cursor.map(|cursor| ("cursor", cursor)));
        let path = format!("/secret/paginated{}", query(&pairs));
        self.call(Request::new(Method::GET, self.url(&path))).await
    }

    /// `POST /secret`.
    pub async fn create_secret(&self, new: &NewSecret) -> Result<VaultSecret> {
        self.call(Request::new(Method::POST, self.url("/secret")).json(new)?)
            .await
    }

    /// `DELETE /secret/{id}`.
    pub async fn delete_secret(&self, id: &str, permit: &Permit) -> Result<()> {
        let path = format!("/secret/{}", encode(id));
        self.tell(Request::removal(Method::DELETE, self.url(&path), permit))
            .await
    }
}
