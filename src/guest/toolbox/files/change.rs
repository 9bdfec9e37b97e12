//! Folders made, files moved, deleted, and given other permissions.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::Path;

use axum::http::StatusCode;

use super::super::failure::{Answer, Failure};
use super::super::params::Params;
use super::super::regular;
use super::{failure, info, on_disk, relocate as moving};

pub(super) async fn folder(params: Params) -> Answer<StatusCode> {
    let path = params.required_path("path")?;
    let mode = mode(&params)?.unwrap_or(0o755);
    on_disk(move || {
        let there = path.is_dir();
        fs::create_dir_all(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                failure::invalid(format!("not a directory: {}", path.display()))
            }
            _ => failure::of(&path, &error),
        })?;
        if !there {
            // Exactly what was asked for, whatever the mask is.
            fs::set_permissions(&path, Permissions::from_mode(mode))
                .map_err(|error| failure::of(&path, &error))?;
        }
        Ok(StatusCode::CREATED)
    })
    .await?
}

pub(super) async fn delete(params: Params) -> Answer<StatusCode> {
    let path = params.required_path("path")?;
    let recursive = params.flag("recursive");
    on_disk(move || {
        let meta = fs::symlink_metadata(&path).map_err(|error| failure::of(&path, &error))?;
        let removed = if !meta.is_dir() {
            fs::remove_file(&path)
        } else if recursive {
            fs::remove_dir_all(&path)
        } else {
            return Err(failure::invalid(format!(
                "is a directory: {}; delete it with recursive=true",
                path.display()
            )));
        };
        removed.map_err(|error| failure::of(&path, &error))?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await?
}

pub(super) async fn relocate(params: Params) -> Answer<StatusCode> {
    let source = params.required_path("source")?;
    let destination = params.required_path("destination")?;
    on_disk(move || moving::relocate(&source, &destination).map(|()| StatusCode::OK)).await?
}

pub(super) async fn permissions(params: Params) -> Answer<StatusCode> {
    let path = params.required_path("path")?;
    let mode = mode(&params)?;
    let (owner, group) = (params.text("owner"), params.text("group"));
    on_disk(move || {
        fs::metadata(&path).map_err(|error| failure::of(&path, &error))?;
        let user = owner
            .map(|name| number(&name, "/etc/passwd", "user"))
            .transpose()?;
        let group = group
            .map(|name| number(&name, "/etc/group", "group"))
            .transpose()?;
        if user.is_some() || group.is_some() {
            chown(&path, user, group).map_err(|error| not_owned(&path, &error))?;
        }
        // After the change of owner, which clears special bits.
        if let Some(mode) = mode {
            fs::set_permissions(&path, Permissions::from_mode(mode))
                .map_err(|error| failure::of(&path, &error))?;
        }
        Ok(StatusCode::OK)
    })
    .await?
}

/// Why an owner could not be changed: a sandbox has few numbers of users, and its user may give nothing away.
fn not_owned(path: &Path, error: &io::Error) -> Failure {
    let shown = path.display();
    match error.kind() {
        io::ErrorKind::InvalidInput => Failure::bad_request(format!(
            "cannot change the owner of {shown}: this sandbox has no user or group of that number"
        )),
        io::ErrorKind::PermissionDenied => Failure::new(
            StatusCode::FORBIDDEN,
            "FILE_ACCESS_DENIED",
            format!("cannot change the owner of {shown}: permission denied; only root may"),
        ),
        _ => failure::of(path, error),
    }
}

fn mode(params: &Params) -> Answer<Option<u32>> {
    params
        .text("mode")
        .map(|text| {
            info::parse_mode(&text).ok_or_else(|| Failure::bad_request("invalid mode format"))
        })
        .transpose()
}

/// The number of a user or group: its name is looked up in a file of the sandbox.
fn number(name: &str, file: &str, what: &str) -> Answer<u32> {
    if let Ok(number) = name.parse() {
        return Ok(number);
    }
    let table = regular::table(file);
    table
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>())
        .find(|fields| fields.first() == Some(&name))
        .and_then(|fields| fields.get(2)?.parse().ok())
        .ok_or_else(|| Failure::bad_request(format!("unknown {what}: {name}")))
}
