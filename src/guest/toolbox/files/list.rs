//! `GET /files` and `GET /files/info`: what is there.

use std::fs;
use std::path::{Path, PathBuf};

use axum::Json;

use crate::api::types::FileInfo;

use super::super::failure::{Answer, Failure};
use super::super::params::Params;
use super::{failure, info, inside, on_disk};

pub(super) async fn list(params: Params) -> Answer<Json<Vec<FileInfo>>> {
    let path = params.path("path").unwrap_or_else(|| PathBuf::from("."));
    let depth: u32 = params.number("depth")?.unwrap_or(1);
    if depth == 0 {
        return Err(Failure::bad_request("depth must be at least 1"));
    }
    on_disk(move || {
        let mut found = Vec::new();
        walk(&path, depth, &mut found).map_err(|error| failure::of(&path, &error))?;
        Ok(Json(found))
    })
    .await?
}

fn walk(folder: &Path, depth: u32, found: &mut Vec<FileInfo>) -> std::io::Result<()> {
    let mut names: Vec<_> = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.file_name()))
        .collect();
    names.sort();
    for name in names {
        let path = inside(folder, &name);
        // A link that leads nowhere is left out.
        let Ok(meta) = fs::metadata(&path) else {
            continue;
        };
        found.push(info::describe(&path, &meta));
        // Links are shown as what they lead to, but not entered: they may lead back.
        let deeper = depth > 1 && meta.is_dir() && !path.is_symlink();
        if deeper {
            // What may not be read below is shown as empty.
            let _ = walk(&path, depth - 1, found);
        }
    }
    Ok(())
}

pub(super) async fn info(params: Params) -> Answer<Json<FileInfo>> {
    let path = params.required_path("path")?;
    on_disk(move || match fs::metadata(&path) {
        Ok(meta) => Ok(Json(info::describe(&path, &meta))),
        Err(error) => Err(failure::of(&path, &error)),
    })
    .await?
}
