//! Git: the routes `/git…`, by the `git` of the sandbox (toolbox API, git).

mod branch;
mod clone;
mod config;
mod credentials;
mod failure;
mod process;
mod remote;
mod status;
mod work;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::routing::{get, post};

use crate::api::types::GitRequest;

use super::failure::{Answer, Failure};
use super::http::{Toolbox, decode};
use super::params::Params;
use crate::guest::dirs;

pub(super) fn routes() -> Router<Arc<Toolbox>> {
    Router::new()
        .route("/git/clone", post(clone::clone))
        .route("/git/init", post(clone::init))
        .route("/git/status", get(work::status))
        .route("/git/history", get(work::history))
        .route("/git/add", post(work::add))
        .route("/git/commit", post(work::commit))
        .route("/git/reset", post(work::reset))
        .route("/git/restore", post(work::restore))
        .route(
            "/git/branches",
            get(branch::list)
                .post(branch::create)
                .delete(branch::delete),
        )
        .route("/git/checkout", post(branch::checkout))
        .route("/git/push", post(remote::push))
        .route("/git/pull", post(remote::pull))
        .route("/git/remotes", get(remote::list).post(remote::add))
        .route("/git/config", get(config::show).post(config::set))
        .route("/git/config/user", post(config::user))
        .route("/git/credentials", post(config::credentials))
}

/// The request, and the folder that it is about.
fn about(body: &Bytes) -> Answer<(GitRequest, PathBuf)> {
    let request: GitRequest = decode(body)?;
    let folder = dirs::work().join(required("path", &request.path)?);
    Ok((request, folder))
}

/// The folder that a request without a body is about.
fn folder(params: &Params) -> Answer<PathBuf> {
    Ok(dirs::work().join(params.required_path("path")?))
}

fn required<'a>(name: &str, text: &'a str) -> Answer<&'a str> {
    if text.is_empty() {
        return Err(Failure::bad_request(format!("{name} is required")));
    }
    Ok(text)
}

/// The name of something in a repository, which git must not take for a flag.
fn name<'a>(what: &str, text: &'a str) -> Answer<&'a str> {
    let text = required(what, text)?;
    if text.starts_with('-') || text.chars().any(char::is_control) {
        return Err(Failure::bad_request(format!(
            "{what} is not valid: '{text}'"
        )));
    }
    Ok(text)
}

/// The same where it may be missing.
fn optional<'a>(what: &str, text: Option<&'a String>) -> Answer<Option<&'a str>> {
    text.filter(|text| !text.is_empty())
        .map(|text| name(what, text))
        .transpose()
}
