//! The snapshot operations of the control plane.

use reqwest::Method;

use crate::error::Result;

use super::client::Client;
use super::path::{encode, query};
use super::permit::Permit;
use super::reply::decode;
use super::transport::Request;
use super::types::{CreateSnapshot, Snapshot, SnapshotPage};

impl Client {
    fn snapshot_url(&self, id: &str, rest: &str) -> String {
        self.url(&format!("/snapshots/{}{rest}", encode(id)))
    }

    /// `GET /snapshots`: one page, from 1; `name` is a part of the name.
    pub async fn list_snapshots(
        &self,
        page: u32,
        limit: u32,
        name: Option<&str>,
        source: Option<&str>,
    ) -> Result<SnapshotPage> {
        let mut pairs = vec![("page", page.to_string()), ("limit", limit.to_string())];
        pairs.extend(name.map(|name| ("name", name.to_owned())));
        pairs.extend(source.map(|id| ("sourceSandboxId", id.to_owned())));
        let url = self.url(&format!("/snapshots{}", query(&pairs)));
        self.call(Request::new(Method::GET, url)).await
    }

    /// `GET /snapshots/{id}`: by id or name.
    pub async fn get_snapshot(&self, id: &str) -> Result<Snapshot> {
        self.call(Request::new(Method::GET, self.snapshot_url(id, "")))
            .await
    }

    /// `POST /snapshots`: the snapshot, which may still be `pending`.
    pub async fn create_snapshot(&self, create: &CreateSnapshot) -> Result<Snapshot> {
        self.call(Request::new(Method::POST, self.url("/snapshots")).json(create)?)
            .await
    }

    /// `POST /snapshots/import`, an extension of the engine: a snapshot of the tar archive that is the body.
    pub async fn import_snapshot(
        &self,
        create: &CreateSnapshot,
        archive: reqwest::Body,
    ) -> Result<Snapshot> {
        let size = |name, size: Option<u32>| size.map(|size| (name, size.to_string()));
        let mut pairs = vec![("name", create.name.clone())];
        pairs.extend(size("cpu", create.cpu));
        pairs.extend(size("memory", create.memory));
        pairs.extend(size("disk", create.disk));
        let url = self.url(&format!("/snapshots/import{}", query(&pairs)));
        let response = self
            .stream(Method::POST, &url, Some((archive, super::files::BYTES)))
            .await?;
        decode(&url, response).await
    }

    /// `DELETE /snapshots/{id}`: by id only.
    pub async fn delete_snapshot(&self, id: &str, permit: &Permit) -> Result<()> {
        self.tell(Request::removal(
            Method::DELETE,
            self.snapshot_url(id, ""),
            permit,
        ))
        .await
    }

    /// `POST /snapshots/{id}/activate`.
    pub async fn activate_snapshot(&self, id: &str) -> Result<Snapshot> {
        let url = self.snapshot_url(id, "/activate");
        self.call(Request::new(Method::POST, url)).await
    }

    /// `POST /snapshots/{id}/deactivate`.
    pub async fn deactivate_snapshot(&self, id: &str) -> Result<()> {
        let url = self.snapshot_url(id, "/deactivate");
        self.tell(Request::new(Method::POST, url)).await
    }
}
