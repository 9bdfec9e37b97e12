//! Git in one sandbox: its repositories, through the toolbox.

use std::time::Duration;

use reqwest::Method;
use serde::Serialize;
use serde_json::Value;

use crate::error::Result;

use super::client::Client;
use super::path::query;
use super::transport::Request;
use super::types::{ExecuteRequest, GitBranches, GitCommit, GitConfig, GitStatus};

/// How long what waits for another server may take, unless said otherwise.
const REMOTE: Duration = Duration::from_mins(10);

/// The way to another server: what is not there is chosen by git.
#[derive(Clone, Default, Serialize)]
pub struct GitRemoteAccess {
    /// The remote; `origin` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote: Option<String>,
    /// The branch; the one that is checked out where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// For the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// For the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// Remember where the branch was pushed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set_upstream: Option<bool>,
}

impl Client {
    /// `POST /git/clone`, which takes as long as the repository is large; the body says what.
    pub async fn git_clone(&self, toolbox: &str, body: &Value, patience: Duration) -> Result<()> {
        let url = format!("{toolbox}/git/clone");
        self.tell(
            Request::new(Method::POST, url)
                .json(body)?
                .timeout(patience),
        )
        .await
    }

    /// `GET /git/status`.
    pub async fn git_status(&self, toolbox: &str, path: &str) -> Result<GitStatus> {
        let url = format!("{toolbox}/git/status{}", at(path));
        self.call(Request::new(Method::GET, url)).await
    }

    /// `GET /git/branches`: the local ones.
    pub async fn git_branches(&self, toolbox: &str, path: &str) -> Result<GitBranches> {
        let url = format!("{toolbox}/git/branches{}", at(path));
        self.call(Request::new(Method::GET, url)).await
    }

    /// `POST /git/branches`: makes a branch and checks it out.
    pub async fn git_create_branch(&self, toolbox: &str, path: &str, name: &str) -> Result<()> {
        let body = serde_json::json!({ "path": path, "name": name });
        self.git_post(toolbox, "branches", &body).await
    }

    /// `POST /git/checkout`: a branch or a commit.
    pub async fn git_checkout(&self, toolbox: &str, path: &str, branch: &str) -> Result<()> {
        let body = serde_json::json!({ "path": path, "branch": branch });
        self.git_post(toolbox, "checkout", &body).await
    }

    /// `POST /git/add`: files, relative to the repository.
    pub async fn git_add(&self, toolbox: &str, path: &str, files: &[String]) -> Result<()> {
        let body = serde_json::json!({ "path": path, "files": files });
        self.git_post(toolbox, "add", &body).await
    }

    /// `POST /git/commit` of what is staged.
    pub async fn git_commit(
        &self,
        toolbox: &str,
        path: &str,
        message: &str,
        who: (&str, &str),
    ) -> Result<GitCommit> {
        let (author, email) = who;
        let body = serde_json::json!({
            "path": path, "message": message, "author": author, "email": email,
        });
        let url = format!("{toolbox}/git/commit");
        self.call(Request::new(Method::POST, url).json(&body)?)
            .await
    }

    /// `POST /git/push`.
    pub async fn git_push(&self, toolbox: &str, path: &str, to: &GitRemoteAccess) -> Result<()> {
        self.git_remote(toolbox, "push", path, to).await
    }

    /// `POST /git/pull`: forward only.
    pub async fn git_pull(&self, toolbox: &str, path: &str, from: &GitRemoteAccess) -> Result<()> {
        self.git_remote(toolbox, "pull", path, from).await
    }

    /// A setting of a repository, or the user's own: `GET /git/config`, which servers up to 0.190 lack.
    pub async fn git_config(
        &self,
        toolbox: &str,
        path: Option<&str>,
        key: &str,
    ) -> Result<Option<String>> {
        const ROUTE: &str = "/git/config";
        if !self.lacking.lacks(ROUTE) {
            let mut pairs = vec![("key", key.to_owned())];
            pairs.extend(path.map(|path| ("path", path.to_owned())));
            let url = format!("{toolbox}{ROUTE}{}", query(&pairs));
            match self.call::<GitConfig>(Request::new(Method::GET, url)).await {
                Err(error) if self.lacking.learnt(ROUTE, &error) => {}
                config => return Ok(config?.value.filter(|value| !value.is_empty())),
            }
        }
        self.git_config_by_git(toolbox, path, key).await
    }

    /// The same by Git itself; a setting that is not there is told by its exit code.
    async fn git_config_by_git(
        &self,
        toolbox: &str,
        path: Option<&str>,
        key: &str,
    ) -> Result<Option<String>> {
        let request = ExecuteRequest {
            command: format!("git config --get '{key}'"),
            cwd: path.map(str::to_owned),
            ..ExecuteRequest::default()
        };
        let ran = self.execute(toolbox, &request).await?;
        let value = ran.result.trim();
        Ok((ran.exit_code == 0 && !value.is_empty()).then(|| value.to_owned()))
    }

    async fn git_remote(
        &self,
        toolbox: &str,
        verb: &str,
        path: &str,
        access: &GitRemoteAccess,
    ) -> Result<()> {
        #[derive(Serialize)]
        struct Body<'a> {
            path: &'a str,
            #[serde(flatten)]
            access: &'a GitRemoteAccess,
        }
        let url = format!("{toolbox}/git/{verb}");
        let request = Request::new(Method::POST, url).json(&Body { path, access })?;
        self.tell(request.timeout(REMOTE)).await
    }

    async fn git_post(&self, toolbox: &str, verb: &str, body: &Value) -> Result<()> {
        let url = format!("{toolbox}/git/{verb}");
        self.tell(Request::new(Method::POST, url).json(body)?).await
    }
}

fn at(path: &str) -> String {
    query(&[("path", path.to_owned())])
}
