//! Branches: listed, made, deleted, checked out.

use std::path::Path;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;

use crate::api::types::GitBranches;

use super::super::failure::Answer;
use super::super::http::Toolbox;
use super::super::params::Params;
use super::process::Git;
use super::{about, folder, name};

pub(super) async fn list(
    State(toolbox): State<Arc<Toolbox>>,
    params: Params,
) -> Answer<Json<GitBranches>> {
    let folder = folder(&params)?;
    let output = Git::within(&toolbox, &folder)
        .args(["for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads"])
        .run()
        .await?;
    let branches = String::from_utf8_lossy(&output);
    Ok(Json(GitBranches {
        branches: branches.lines().map(str::to_owned).collect(),
        current: current(&toolbox, &folder).await?,
    }))
}

/// The branch that is checked out; none where it is a commit.
pub(super) async fn current(toolbox: &Toolbox, folder: &Path) -> Answer<Option<String>> {
    let (status, output, _) = Git::within(toolbox, folder)
        .args(["symbolic-ref", "--quiet", "--short", "HEAD"])
        .attempt()
        .await?;
    let name = String::from_utf8_lossy(&output).trim().to_owned();
    Ok((status == Some(0)).then_some(name))
}

pub(super) async fn create(State(toolbox): State<Arc<Toolbox>>, body: Bytes) -> Answer<StatusCode> {
    let (request, folder) = about(&body)?;
    let branch = name("name", &request.name)?;
    Git::within(&toolbox, &folder)
        .args(["checkout", "--quiet", "-b", branch])
        .run()
        .await?;
    Ok(StatusCode::CREATED)
}

pub(super) async fn delete(State(toolbox): State<Arc<Toolbox>>, body: Bytes) -> Answer<StatusCode> {
    let (request, folder) = about(&body)?;
    let branch = name("name", &request.name)?;
    Git::within(&toolbox, &folder)
        .args(["branch", "--quiet", "-D", "--", branch])
        .run()
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn checkout(
    State(toolbox): State<Arc<Toolbox>>,
    body: Bytes,
) -> Answer<StatusCode> {
    let (request, folder) = about(&body)?;
    let branch = request.branch.unwrap_or_default();
    let branch = name("branch", &branch)?;
    Git::within(&toolbox, &folder)
        .args(["checkout", "--quiet", branch, "--"])
        .run()
        .await?;
    Ok(StatusCode::OK)
}
