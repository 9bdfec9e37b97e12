//! The volume operations of the control plane.

use reqwest::Method;

use crate::error::Result;

use super::client::Client;
use super::path::encode;
use super::permit::Permit;
use super::transport::Request;
use super::types::{NewVolume, Volume};

impl Client {
    /// `GET /volumes`: all of them.
    pub async fn list_volumes(&self) -> Result<Vec<Volume>> {
        self.call(Request::new(Method::GET, self.url("/volumes")))
            .await
    }

    /// `GET /volumes/{id}`: an id, no name.
    pub async fn get_volume(&self, id: &str) -> Result<Volume> {
        let path = format!("/volumes/{}", encode(id));
        self.call(Request::new(Method::GET, self.url(&path))).await
    }

    /// `POST /volumes`. It may not be ready yet: see [`Self::get_volume`].
    pub async fn create_volume(&self, name: &str) -> Result<Volume> {
        let body = NewVolume {
            name: name.to_owned(),
        };
        self.call(Request::new(Method::POST, self.url("/volumes")).json(&body)?)
            .await
    }

    /// `DELETE /volumes/{id}`: an id, no name.
    pub async fn delete_volume(&self, id: &str, permit: &Permit) -> Result<()> {
        let path = format!("/volumes/{}", encode(id));
        self.tell(Request::removal(Method::DELETE, self.url(&path), permit))
            .await
    }
}
