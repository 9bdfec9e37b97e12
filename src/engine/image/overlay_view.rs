//! Layers seen as one tree, as an overlay shows them: who is on top, what is deleted, where links lead.

use std::fs;
use std::io;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::engine::archive as layer;

/// The most links on the way to a file, as in the kernel.
const MOST_LINKS: usize = 40;

/// Layers, the uppermost first.
pub(super) struct Stack {
    layers: Vec<PathBuf>,
}

/// What is in a place.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Found {
    Nothing,
    /// The folders that are shown as one, the uppermost first.
    Folder(Vec<PathBuf>),
    File(PathBuf),
    Link(PathBuf),
    /// A device, a pipe.
    Other(PathBuf),
}

impl Stack {
    pub(super) fn new(layers: Vec<PathBuf>) -> Self {
        Self { layers }
    }

    /// What is in a place, where a link is a link.
    pub(super) fn look(&self, names: &[&str]) -> Result<Found> {
        let mut folders = self.layers.clone();
        for (depth, name) in names.iter().enumerate() {
            match within(&folders, name.as_ref())? {
                Found::Folder(inner) => folders = inner,
                found if depth + 1 == names.len() => return Ok(found),
                _ => return Ok(Found::Nothing),
            }
        }
        Ok(Found::Folder(folders))
    }

    /// A file's content; links are followed as inside of a sandbox.
    pub(super) fn read(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let mut at: Vec<String> = Vec::new();
        let mut left: Vec<String> = path.split('/').rev().map(str::to_owned).collect();
        let mut links = 0;
        while let Some(name) = left.pop() {
            match name.as_str() {
                "" | "." => continue,
                ".." => {
                    at.pop();
                    continue;
                }
                _ => at.push(name),
            }
            let names: Vec<_> = at.iter().map(String::as_str).collect();
            match self.look(&names)? {
                Found::Folder(_) => {}
                Found::Link(place) if links < MOST_LINKS => {
                    links += 1;
                    at.pop();
                    let target = fs::read_link(place)?.to_string_lossy().into_owned();
                    if target.starts_with('/') {
                        at.clear();
                    }
                    left.extend(target.split('/').rev().map(str::to_owned));
                }
                Found::File(place) if left.is_empty() => {
                    return fs::read(&place)
                        .map(Some)
                        .with_context(|| format!("cannot read the image's {path}"));
                }
                _ => return Ok(None),
            }
        }
        Ok(None)
    }
}

/// What several folders, the uppermost first, show together under a name.
pub(super) fn within(folders: &[PathBuf], name: &Path) -> Result<Found> {
    let mut inner = Vec::new();
    for folder in folders {
        let place = folder.join(name);
        let meta = match fs::symlink_metadata(&place) {
            Ok(meta) => meta,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => {
                return Err(error).with_context(|| format!("cannot look at {}", place.display()));
            }
        };
        let kind = meta.file_type();
        if meta.is_dir() {
            let last = layer::is_opaque(&place);
            inner.push(place);
            if last {
                break;
            }
        } else if !inner.is_empty() || kind.is_char_device() && meta.rdev() == 0 {
            break;
        } else if meta.is_file() {
            return Ok(Found::File(place));
        } else if meta.is_symlink() {
            return Ok(Found::Link(place));
        } else {
            return Ok(Found::Other(place));
        }
    }
    Ok(if inner.is_empty() {
        Found::Nothing
    } else {
        Found::Folder(inner)
    })
}
