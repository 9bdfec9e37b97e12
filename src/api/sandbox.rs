//! The sandbox operations of the control plane. `id` is an id or a name everywhere.

use std::collections::BTreeMap;

use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::error::{Kind, Result};

use super::client::Client;
use super::path::{encode, query};
use super::permit::Permit;
use super::reply::{decode, ignore};
use super::transport::Request;
use super::types::{
    CreateSandbox, Resize, Revision, Sandbox, SandboxPage, SortField, SortOrder, State,
};

/// The filters, order and page of `GET /sandbox`.
#[derive(Clone, Debug, Default)]
pub struct ListQuery {
    /// Where the page starts.
    pub cursor: Option<String>,
    /// 1 to 200; the server's default is 100.
    pub limit: Option<u32>,
    /// Prefix of the name, whatever the case.
    pub name: Option<String>,
    /// Any of these.
    pub states: Vec<State>,
    /// All of these.
    pub labels: BTreeMap<String, String>,
    /// The server's default is the last activity.
    pub sort: Option<SortField>,
    /// The server's default is descending.
    pub order: Option<SortOrder>,
}

impl ListQuery {
    fn text(&self) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        let mut put = |key, value: Option<String>| pairs.extend(value.map(|value| (key, value)));
        put("cursor", self.cursor.clone());
        put("limit", self.limit.map(|limit| limit.to_string()));
        put("name", self.name.clone());
        for state in &self.states {
            put("states", Some(state.to_string()));
        }
        if !self.labels.is_empty() {
            put("labels", Some(json!(self.labels).to_string()));
        }
        let word = |value: serde_json::Value| value.as_str().map(str::to_owned);
        put("sort", self.sort.and_then(|sort| word(json!(sort))));
        put("order", self.order.and_then(|order| word(json!(order))));
        query(&pairs)
    }
}

/// A sandbox whose deletion was accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct Going {
    /// Its state from then on.
    pub state: State,
    /// Whether it can be had back from the trash.
    pub trashed: bool,
}

impl Client {
    fn sandbox(&self, id: &str, rest: &str) -> String {
        self.url(&format!("/sandbox/{}{rest}", encode(id)))
    }

    /// `GET /sandbox`: one page.
    pub async fn list_sandboxes(&self, list: &ListQuery) -> Result<SandboxPage> {
        self.call(Request::new(
            Method::GET,
            self.url(&format!("/sandbox{}", list.text())),
        ))
        .await
    }

    /// `GET /sandbox/{id}`.
    pub async fn get_sandbox(&self, id: &str) -> Result<Sandbox> {
        self.call(Request::new(Method::GET, self.sandbox(id, "")))
            .await
    }

    /// `POST /sandbox`. The reply may still say `creating`: see [`Self::get_sandbox`].
    pub async fn create_sandbox(&self, create: &CreateSandbox) -> Result<Sandbox> {
        self.call(Request::new(Method::POST, self.url("/sandbox")).json(create)?)
            .await
    }

    /// `POST /sandbox/{id}/start`; ok for a sandbox that runs.
    pub async fn start_sandbox(&self, id: &str) -> Result<Sandbox> {
        let url = self.sandbox(id, "/start");
        self.settled(id, Request::new(Method::POST, url).wakes())
            .await
    }

    /// `POST /sandbox/{id}/stop`; `force` kills instead of asking. One that goes when it stops is refused by
    /// our engine; other servers delete it: see [`Self::stop_for_good`].
    pub async fn stop_sandbox(&self, id: &str, force: bool) -> Result<Sandbox> {
        let rest = match (force, self.is_engine()) {
            (true, true) => "/stop?force=true&keep=true",
            (true, false) => "/stop?force=true",
            (false, true) => "/stop?keep=true",
            (false, false) => "/stop",
        };
        self.change(id, rest).await
    }

    /// Sends a request about a sandbox once that has come to rest, and decodes the reply.
    async fn settled<T: DeserializeOwned>(&self, id: &str, request: Request) -> Result<T> {
        let url = request.url().to_owned();
        decode(&url, self.send_settled(id, request).await?).await
    }

    async fn change(&self, id: &str, rest: &str) -> Result<Sandbox> {
        self.settled(id, Request::new(Method::POST, self.sandbox(id, rest)))
            .await
    }

    /// `POST /sandbox/{id}/stop` of a sandbox that goes when it stops.
    pub async fn stop_for_good(&self, id: &str, force: bool, permit: &Permit) -> Result<Sandbox> {
        let rest = if force { "/stop?force=true" } else { "/stop" };
        let url = self.sandbox(id, rest);
        self.settled(id, Request::removal(Method::POST, url, permit))
            .await
    }

    /// `GET /sandbox/{id}/revision` of our engine: what it is just now, for a [`Permit`].
    pub async fn revision(&self, id: &str) -> Result<String> {
        let request = Request::new(Method::GET, self.sandbox(id, "/revision"));
        Ok(self.call::<Revision>(request).await?.revision)
    }

    /// `DELETE /sandbox/{id}`: what became of it, or none where it was not there. Where a server has a trash, the
    /// sandbox goes there unless it is to be gone (an extension of the engine), or was just made.
    pub async fn delete_sandbox(
        &self,
        id: &str,
        permanent: bool,
        permit: &Permit,
    ) -> Result<Option<Going>> {
        if permanent {
            // Whether the server has a trash must be known.
            self.server_config().await?;
        }
        let engine = self.endpoint().socket.is_some() || self.is_engine();
        let rest = if engine && (permanent || permit.is_undo()) {
            "?permanent=true"
        } else {
            ""
        };
        let request = Request::removal(Method::DELETE, self.sandbox(id, rest), permit);
        let url = request.url().to_owned();
        match self.send_settled(id, request).await {
            Ok(response) if response.content_length() == Some(0) => Ok(Some(Going {
                state: State::Destroying,
                trashed: false,
            })),
            Ok(response) => {
                let sandbox = decode::<Sandbox>(&url, response).await?;
                Ok(Some(Going {
                    trashed: sandbox.trashed == Some(true),
                    state: sandbox.state,
                }))
            }
            Err(error) if error.kind() == Kind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// `POST /sandbox/{id}/pause`.
    pub async fn pause_sandbox(&self, id: &str) -> Result<Sandbox> {
        self.change(id, "/pause").await
    }

    /// `POST /sandbox/{id}/archive`.
    pub async fn archive_sandbox(&self, id: &str) -> Result<Sandbox> {
        self.change(id, "/archive").await
    }

    /// `POST /sandbox/{id}/recover`.
    pub async fn recover_sandbox(&self, id: &str, skip_start: bool) -> Result<Sandbox> {
        let rest = format!("/recover?skipStart={skip_start}");
        self.change(id, &rest).await
    }

    /// `POST /sandbox/{id}/resize`.
    pub async fn resize_sandbox(&self, id: &str, sizes: Resize) -> Result<Sandbox> {
        let url = self.sandbox(id, "/resize");
        self.settled(id, Request::new(Method::POST, url).json(&sizes)?)
            .await
    }

    /// `POST /sandbox/{id}/fork`: the fork, which may still be `creating`.
    pub async fn fork_sandbox(&self, id: &str, name: Option<&str>) -> Result<Sandbox> {
        let body = name.map_or_else(|| json!({}), |name| json!({ "name": name }));
        let url = self.sandbox(id, "/fork");
        self.settled(id, Request::new(Method::POST, url).json(&body)?)
            .await
    }

    /// `POST /sandbox/{id}/snapshot`: the sandbox, which may still be `snapshotting`.
    pub async fn snapshot_sandbox(&self, id: &str, name: &str) -> Result<Sandbox> {
        let body = json!({ "name": name });
        let url = self.sandbox(id, "/snapshot");
        self.settled(id, Request::new(Method::POST, url).json(&body)?)
            .await
    }

    /// `POST /sandbox/{id}/last-activity`: it was used just now.
    pub async fn touch_sandbox(&self, id: &str) -> Result<()> {
        self.tell(Request::new(Method::POST, self.sandbox(id, "/last-activity")).wakes())
            .await
    }

    /// `GET /agent-session/{id}/lease` of our engine: holds a session until the reply is dropped; this
    /// returns when the server ends it.
    pub async fn hold_session(&self, session: &str, held: impl FnOnce() + Send) -> Result<()> {
        let url = self.url(&format!("/agent-session/{}/lease", encode(session)));
        let mut response = self.stream(Method::GET, &url, None).await?;
        held();
        while let Ok(Some(_)) = response.chunk().await {}
        Ok(())
    }

    /// `POST /sandbox/{id}/{setting}/{value}`: `autostop`, `autopause`, `autoarchive`, `autodelete`
    /// (minutes), `public`. Intervals remove: they need a permit.
    pub async fn set_sandbox(
        &self,
        id: &str,
        setting: &str,
        value: &str,
        permit: Option<&Permit>,
    ) -> Result<()> {
        let url = self.sandbox(id, &format!("/{setting}/{}", encode(value)));
        let request = match permit {
            Some(permit) => Request::removal(Method::POST, url.clone(), permit),
            None => Request::new(Method::POST, url.clone()),
        };
        ignore(&url, self.send_settled(id, request).await?).await
    }

    /// `PUT /sandbox/{id}/labels`: replaces all of them.
    pub async fn set_labels(&self, id: &str, labels: &BTreeMap<String, String>) -> Result<()> {
        self.tell(
            Request::new(Method::PUT, self.sandbox(id, "/labels"))
                .json(&json!({ "labels": labels }))?,
        )
        .await
    }
}
