//! The operations on the trash: an extension that only the engine has.

use reqwest::Method;

use crate::error::Result;

use super::client::Client;
use super::path::{encode, query};
use super::permit::Permit;
use super::transport::Request;
use super::types::{Restore, Sandbox, TrashPage, Trashed};

impl Client {
    fn trash_url(&self, id: &str, rest: &str) -> String {
        self.url(&format!("/trash/{}{rest}", encode(id)))
    }

    /// `GET /trash`: one page, from 1, what was deleted last first.
    pub async fn list_trash(&self, page: usize, limit: usize) -> Result<TrashPage> {
        let pairs = [("page", page.to_string()), ("limit", limit.to_string())];
        let url = self.url(&format!("/trash{}", query(&pairs)));
        self.call(Request::new(Method::GET, url)).await
    }

    /// `GET /trash/{id}`: by id or name; of several with that name the one that was deleted last.
    pub async fn get_trashed(&self, id: &str) -> Result<Trashed> {
        self.call(Request::new(Method::GET, self.trash_url(id, "")))
            .await
    }

    /// `POST /trash/{id}/restore`: the sandbox, which does not run.
    pub async fn restore_trashed(&self, id: &str, name: Option<String>) -> Result<Sandbox> {
        let request = Request::new(Method::POST, self.trash_url(id, "/restore"));
        self.call(request.json(&Restore { name })?).await
    }

    /// `DELETE /trash/{id}`: by id.
    pub async fn erase_trashed(&self, id: &str, permit: &Permit) -> Result<()> {
        let url = self.trash_url(id, "");
        self.tell(Request::removal(Method::DELETE, url, permit))
            .await
    }
}
