//! `POST /git/clone` and `/git/init`: a repository where there was none.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;

use super::super::failure::{Answer, Failure};
use super::super::http::Toolbox;
use super::credentials::{Credentials, address};
use super::process::Git;
use super::{about, dirs, name, optional, required};

pub(super) async fn clone(State(toolbox): State<Arc<Toolbox>>, body: Bytes) -> Answer<StatusCode> {
    let (request, folder) = about(&body)?;
    let (url, user, password) = address(required("url", &request.url)?);
    let url = name("url", &url)?;
    let credentials = Credentials::of(
        url,
        request.username.filter(|text| !text.is_empty()).or(user),
        request
            .password
            .filter(|text| !text.is_empty())
            .or(password),
    )?;
    let branch = optional("branch", request.branch.as_ref())?;
    let commit = optional("commit_id", request.commit_id.as_ref())?;
    let there = folder.exists();
    if fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure::conflict(format!(
            "the folder is not empty: {}",
            folder.display()
        )));
    }
    let mut git = Git::anywhere(&toolbox, &dirs::work())
        .args(["clone", "--quiet", "--single-branch"])
        .credentials(credentials.as_ref());
    if let Some(branch) = branch {
        git = git.args(["--branch", branch]);
    }
    if let Some(depth) = request.depth.filter(|depth| *depth > 0) {
        git = git.arg("--depth").arg(depth.to_string());
    }
    let insecure = request.insecure_skip_tls.unwrap_or(false);
    if insecure {
        git = git.env("GIT_SSL_NO_VERIFY", "1");
    }
    git.args(["--", url]).arg(&folder).run().await?;
    follow(&toolbox, &folder).await?;
    if let Some(commit) = commit {
        let detached = detach(&toolbox, &folder, commit, credentials.as_ref(), insecure).await;
        if detached.is_err() && !there {
            // Half of what was asked for is nothing.
            let _ = tokio::task::spawn_blocking(move || fs::remove_dir_all(folder)).await;
        }
        detached?;
    }
    Ok(StatusCode::OK)
}

/// A clone of an empty repository has no branch to follow yet: it is to follow all that come.
async fn follow(toolbox: &Toolbox, folder: &Path) -> Answer<()> {
    let known = ["config", "--get", "remote.origin.fetch"];
    let (known, ..) = Git::within(toolbox, folder).args(known).attempt().await?;
    if known != Some(0) {
        Git::within(toolbox, folder)
            .args(["config", "remote.origin.fetch"])
            .arg("+refs/heads/*:refs/remotes/origin/*")
            .run()
            .await?;
    }
    Ok(())
}

async fn detach(
    toolbox: &Toolbox,
    folder: &Path,
    commit: &str,
    credentials: Option<&Credentials>,
    insecure: bool,
) -> Answer<()> {
    let checkout =
        || Git::within(toolbox, folder).args(["checkout", "--quiet", "--detach", commit]);
    let Err(missing) = checkout().run().await else {
        return Ok(());
    };
    // It may lie on another branch, or deeper.
    let mut fetch = Git::within(toolbox, folder)
        .args(["fetch", "--quiet", "origin", commit])
        .credentials(credentials);
    if insecure {
        fetch = fetch.env("GIT_SSL_NO_VERIFY", "1");
    }
    if fetch.run().await.is_err() {
        return Err(missing);
    }
    checkout().run().await.map(drop)
}

pub(super) async fn init(State(toolbox): State<Arc<Toolbox>>, body: Bytes) -> Answer<StatusCode> {
    let (request, folder) = about(&body)?;
    let mut git = Git::anywhere(&toolbox, &dirs::work()).args(["init", "--quiet"]);
    if request.bare.unwrap_or(false) {
        git = git.arg("--bare");
    }
    if let Some(branch) = optional("initial_branch", request.initial_branch.as_ref())? {
        git = git.args(["--initial-branch", branch]);
    }
    git.arg("--").arg(folder).run().await?;
    Ok(StatusCode::CREATED)
}
