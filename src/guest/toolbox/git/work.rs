//! The files of a repository and its commits: status, history, add, commit, reset, restore.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;

use crate::api::types::{GitCommit, GitCommitInfo, GitStatus};

use super::super::failure::{Answer, Failure};
use super::super::http::Toolbox;
use super::super::params::Params;
use super::process::Git;
use super::{about, folder, optional, required, status as report};

pub(super) async fn status(
    State(toolbox): State<Arc<Toolbox>>,
    params: Params,
) -> Answer<Json<GitStatus>> {
    let output = Git::within(&toolbox, &folder(&params)?)
        .args(["status", "--porcelain=v2", "--branch", "-z"])
        .arg("--untracked-files=all")
        .run()
        .await?;
    Ok(Json(report::parse(&output)))
}

pub(super) async fn history(
    State(toolbox): State<Arc<Toolbox>>,
    params: Params,
) -> Answer<Json<Vec<GitCommitInfo>>> {
    let folder = folder(&params)?;
    let head = ["rev-parse", "--quiet", "--verify", "HEAD"];
    let (found, _, errors) = Git::within(&toolbox, &folder).args(head).attempt().await?;
    if found != Some(0) && errors.is_empty() {
        // No commit yet.
        return Ok(Json(Vec::new()));
    }
    let output = Git::within(&toolbox, &folder)
        .args(["log", "--format=tformat:%H%x00%an%x00%ae%x00%B%x00%aI%x00"])
        .run()
        .await?;
    let text = String::from_utf8_lossy(&output);
    let fields: Vec<&str> = text.split('\0').collect();
    let commits = fields.as_chunks::<5>().0.iter();
    Ok(Json(
        commits
            .map(|[hash, author, email, message, timestamp]| GitCommitInfo {
                hash: hash.trim().to_owned(),
                author: (*author).to_owned(),
                email: (*email).to_owned(),
                message: (*message).to_owned(),
                timestamp: (*timestamp).to_owned(),
            })
            .collect(),
    ))
}

pub(super) async fn add(State(toolbox): State<Arc<Toolbox>>, body: Bytes) -> Answer<StatusCode> {
    let (request, folder) = about(&body)?;
    if request.files.is_empty() {
        return Err(Failure::bad_request("files is required"));
    }
    Git::within(&toolbox, &folder)
        .args(["--literal-pathspecs", "add", "--"])
        .args(request.files)
        .run()
        .await?;
    Ok(StatusCode::OK)
}

pub(super) async fn commit(
    State(toolbox): State<Arc<Toolbox>>,
    body: Bytes,
) -> Answer<Json<GitCommit>> {
    let (request, folder) = about(&body)?;
    let author = required("author", &request.author)?;
    let email = required("email", &request.email)?;
    required("message", &request.message)?;
    let mut git = Git::within(&toolbox, &folder)
        .args(["commit", "--quiet", "--no-gpg-sign", "--file=-"])
        .env("GIT_AUTHOR_NAME", author)
        .env("GIT_AUTHOR_EMAIL", email)
        .env("GIT_COMMITTER_NAME", author)
        .env("GIT_COMMITTER_EMAIL", email);
    if request.allow_empty.unwrap_or(false) {
        git = git.arg("--allow-empty");
    }
    git.input(request.message.clone()).run().await?;
    let hash = Git::within(&toolbox, &folder)
        .args(["rev-parse", "HEAD"])
        .run()
        .await?;
    Ok(Json(GitCommit {
        hash: String::from_utf8_lossy(&hash).trim().to_owned(),
    }))
}

pub(super) async fn reset(State(toolbox): State<Arc<Toolbox>>, body: Bytes) -> Answer<StatusCode> {
    let (request, folder) = about(&body)?;
    let target = optional("target", request.target.as_ref())?.unwrap_or("HEAD");
    let mode = request.mode.as_deref().filter(|mode| !mode.is_empty());
    let mode = mode.unwrap_or("mixed");
    if !["soft", "mixed", "hard", "merge", "keep"].contains(&mode) {
        return Err(Failure::bad_request(format!("unknown mode: '{mode}'")));
    }
    let git = Git::within(&toolbox, &folder);
    if request.files.is_empty() {
        git.args(["reset", "--quiet"])
            .arg(format!("--{mode}"))
            .args([target, "--"])
    } else if mode == "mixed" {
        git.args(["--literal-pathspecs", "reset", "--quiet", target, "--"])
            .args(request.files)
    } else {
        return Err(Failure::bad_request(
            "files can be reset in mode mixed only",
        ));
    }
    .run()
    .await?;
    Ok(StatusCode::OK)
}

pub(super) async fn restore(
    State(toolbox): State<Arc<Toolbox>>,
    body: Bytes,
) -> Answer<StatusCode> {
    let (request, folder) = about(&body)?;
    if request.files.is_empty() {
        return Err(Failure::bad_request("files is required"));
    }
    let mut git =
        Git::within(&toolbox, &folder).args(["--literal-pathspecs", "restore", "--quiet"]);
    if let Some(source) = optional("source", request.source.as_ref())? {
        git = git.arg(format!("--source={source}"));
    }
    if request.staged.unwrap_or(false) {
        git = git.arg("--staged");
    }
    if request.worktree.unwrap_or(false) {
        git = git.arg("--worktree");
    }
    git.arg("--").args(request.files).run().await?;
    Ok(StatusCode::OK)
}
