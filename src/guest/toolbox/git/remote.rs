//! Other repositories: push, pull, and the names that they have here.

use std::path::Path;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;

use crate::api::types::{GitRemote, GitRemotes, GitRequest};

use super::super::failure::{Answer, Failure};
use super::super::http::Toolbox;
use super::super::params::Params;
use super::credentials::{Credentials, address};
use super::process::{Git, redacted};
use super::{about, branch, folder, name, optional, required};

/// The remote of a request, and the credentials for its server.
async fn reach<'a>(
    toolbox: &Toolbox,
    folder: &Path,
    request: &'a GitRequest,
    way: &[&'static str],
) -> Answer<(&'a str, Option<Credentials>)> {
    let remote = optional("remote", request.remote.as_ref())?.unwrap_or("origin");
    let url = Git::within(toolbox, folder)
        .args(["remote", "get-url"])
        .args(way.iter().copied())
        .args(["--", remote])
        .run()
        .await?;
    let url = String::from_utf8_lossy(&url);
    let (username, password) = (request.username.clone(), request.password.clone());
    Ok((remote, Credentials::of(url.trim(), username, password)?))
}

/// The branch of a request, or the one that is checked out.
async fn branch_of(toolbox: &Toolbox, folder: &Path, request: &GitRequest) -> Answer<String> {
    if let Some(branch) = optional("branch", request.branch.as_ref())? {
        return Ok(branch.to_owned());
    }
    branch::current(toolbox, folder)
        .await?
        .ok_or_else(|| Failure::bad_request("no branch is checked out: say which one"))
}

pub(super) async fn push(State(toolbox): State<Arc<Toolbox>>, body: Bytes) -> Answer<StatusCode> {
    let (request, folder) = about(&body)?;
    let (remote, credentials) = reach(&toolbox, &folder, &request, &["--push"]).await?;
    let branch = branch_of(&toolbox, &folder, &request).await?;
    let mut git = Git::within(&toolbox, &folder).args(["push", "--quiet"]);
    if request.set_upstream.unwrap_or(false) {
        git = git.arg("--set-upstream");
    }
    git.args(["--", remote, branch.as_str()])
        .credentials(credentials.as_ref())
        .run()
        .await?;
    Ok(StatusCode::OK)
}

pub(super) async fn pull(State(toolbox): State<Arc<Toolbox>>, body: Bytes) -> Answer<StatusCode> {
    let (request, folder) = about(&body)?;
    let (remote, credentials) = reach(&toolbox, &folder, &request, &[]).await?;
    let branch = branch_of(&toolbox, &folder, &request).await?;
    Git::within(&toolbox, &folder)
        .args(["pull", "--quiet", "--ff-only", "--no-rebase", "--"])
        .args([remote, branch.as_str()])
        .credentials(credentials.as_ref())
        .run()
        .await?;
    Ok(StatusCode::OK)
}

pub(super) async fn list(
    State(toolbox): State<Arc<Toolbox>>,
    params: Params,
) -> Answer<Json<GitRemotes>> {
    let output = Git::within(&toolbox, &folder(&params)?)
        .args(["remote", "--verbose"])
        .run()
        .await?;
    let text = String::from_utf8_lossy(&output);
    let remotes = text
        .lines()
        .filter_map(|line| line.strip_suffix(" (fetch)")?.split_once('\t'))
        .map(|(name, url)| GitRemote {
            name: name.to_owned(),
            url: redacted(url, None),
        });
    Ok(Json(GitRemotes {
        remotes: remotes.collect(),
    }))
}

pub(super) async fn add(State(toolbox): State<Arc<Toolbox>>, body: Bytes) -> Answer<StatusCode> {
    let (request, folder) = about(&body)?;
    let remote = name("name", &request.name)?;
    let (url, user, password) = address(required("url", &request.url)?);
    let url = name("url", &url)?;
    if user.is_some() || password.is_some() {
        return Err(Failure::bad_request(
            "the url must not hold credentials: they would be stored with it",
        ));
    }
    let known = ["remote", "get-url", "--", remote];
    let (known, ..) = Git::within(&toolbox, &folder).args(known).attempt().await?;
    let there = known == Some(0);
    let verb = match (there, request.overwrite.unwrap_or(false)) {
        (true, false) => return Err(Failure::conflict(format!("remote {remote} already exists"))),
        (true, true) => "set-url",
        (false, _) => "add",
    };
    Git::within(&toolbox, &folder)
        .args(["remote", verb, "--", remote, url])
        .run()
        .await?;
    if request.fetch.unwrap_or(false) {
        Git::within(&toolbox, &folder)
            .args(["fetch", "--quiet", "--", remote])
            .run()
            .await?;
    }
    Ok(StatusCode::CREATED)
}
