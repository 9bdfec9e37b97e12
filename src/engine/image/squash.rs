//! Several layers as one: an overlay takes only so many. Files are shared with the layers, not copied.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, FileTimes, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::overlay_view::{Found, within};
use crate::engine::identity;

/// Fills a folder with what layers, the uppermost first, show together. Nothing may be below it.
pub(super) fn fold(folders: &[PathBuf], into: &Path) -> Result<()> {
    let mut names: BTreeSet<OsString> = BTreeSet::new();
    for folder in folders {
        for entry in fs::read_dir(folder)? {
            names.insert(entry?.file_name());
        }
    }
    for name in names {
        let place = into.join(&name);
        match within(folders, name.as_ref())? {
            Found::Nothing => {}
            Found::Folder(inner) => {
                fs::create_dir(&place)?;
                fold(&inner, &place)?;
                dress(&inner[0], &place)?;
            }
            Found::File(from) | Found::Link(from) | Found::Other(from) => {
                fs::hard_link(&from, &place)
                    .with_context(|| format!("cannot link {}", from.display()))?;
            }
        }
    }
    Ok(())
}

/// Gives a folder the owner, mode and time of another.
fn dress(from: &Path, to: &Path) -> Result<()> {
    let meta = fs::metadata(from)?;
    if identity::takes_ids() {
        chown(to, Some(meta.uid()), Some(meta.gid()))?;
    }
    let opened = File::open(to)?;
    opened.set_permissions(Permissions::from_mode(meta.mode() & 0o7777))?;
    opened.set_times(FileTimes::new().set_modified(meta.modified()?))?;
    Ok(())
}
