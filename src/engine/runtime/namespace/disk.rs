//! The runtime's folder: a folder for each sandbox, layers shared by them, sockets, and what is to go.

use std::fmt::Write as _;
use std::fs::{self, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::Path;

use crate::engine::{identity, tree};
use anyhow::{Context as _, Result};

/// A folder for each sandbox, named by its id.
pub(super) const SANDBOXES: &str = "sandboxes";
/// Read-only layers, named by what they hold.
pub(super) const LAYERS: &str = "layers";
/// Volumes, named by their ids: they outlive sandboxes.
pub(super) const VOLUMES: &str = "volumes";
/// The guests' sockets; no sandbox can reach them.
pub(super) const SOCKETS: &str = "sockets";
/// The processes of the sandboxes' networks.
pub(super) const NETWORKS: &str = "networks";
/// Folders that are being deleted.
const DOOMED: &str = "doomed";
/// In a sandbox's folder: its layers, the uppermost first, one a line.
const LIST: &str = "layers";
/// What stands before each name there.
const PREFIX: &str = "layers/";

/// Makes the folders, and goes on with deleting what was doomed.
pub(super) fn prepare(folder: &Path) -> Result<()> {
    // The sandbox's user must pass through to its layers, but may list nothing on the way.
    for (name, mode) in [
        ("", 0o711),
        (SANDBOXES, 0o711),
        (LAYERS, 0o711),
        (VOLUMES, 0o711),
        (SOCKETS, 0o700),
        (NETWORKS, 0o700),
        (DOOMED, 0o700),
    ] {
        let place = folder.join(name);
        fs::create_dir_all(&place).with_context(|| format!("cannot make {}", place.display()))?;
        fs::set_permissions(&place, Permissions::from_mode(mode))?;
    }
    let doomed = folder.join(DOOMED);
    std::thread::spawn(move || {
        for entry in fs::read_dir(doomed).into_iter().flatten().flatten() {
            let _ = tree::delete(&entry.path());
        }
    });
    Ok(())
}

/// Makes a sandbox's folder out of those layers unless it is there; returns the layers that it has.
pub(super) fn make(folder: &Path, id: &str, names: &[String]) -> Result<Vec<String>> {
    let place = folder.join(SANDBOXES).join(id);
    if !place.join(LIST).exists() {
        for name in ["", "upper", "work", "root"] {
            part(&place, name)?;
        }
        // Written last: a folder without it is not finished.
        set_layers(&place, names)?;
    }
    layers(&place)
}

/// Makes a part of a sandbox's folder, for its user, unless it is there.
pub(super) fn part(place: &Path, name: &str) -> Result<()> {
    let part = place.join(name);
    match fs::create_dir(&part) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            return Err(error).with_context(|| format!("cannot make {}", part.display()));
        }
        _ => {}
    }
    fs::set_permissions(&part, Permissions::from_mode(0o755))?;
    if identity::takes_ids() && !name.is_empty() {
        let (user, group) = identity::outside();
        chown(&part, Some(user), Some(group))?;
    }
    Ok(())
}

/// The layers of a sandbox's disk, the uppermost first.
pub(super) fn layers(place: &Path) -> Result<Vec<String>> {
    Ok(fs::read_to_string(place.join(LIST))?
        .lines()
        .map(|line| line.strip_prefix(PREFIX).unwrap_or(line).to_owned())
        .collect())
}

/// Replaces the list of a sandbox's layers in one step.
pub(super) fn set_layers(place: &Path, names: &[String]) -> Result<()> {
    let mut lines = String::new();
    for name in names {
        let _ = writeln!(lines, "{PREFIX}{name}");
    }
    let draft = place.join("layers.draft");
    fs::write(&draft, lines)?;
    Ok(fs::rename(draft, place.join(LIST))?)
}

/// Makes a volume's folder unless it is there, and gives it to the sandboxes' user.
pub(super) fn make_volume(folder: &Path, id: &str) -> Result<()> {
    let place = folder.join(VOLUMES).join(id);
    match fs::create_dir(&place) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            return Err(error).with_context(|| format!("cannot make {}", place.display()));
        }
        // What sandboxes set on it later is theirs to keep.
        Err(_) => {}
        Ok(()) => fs::set_permissions(&place, Permissions::from_mode(0o755))?,
    }
    if identity::takes_ids() {
        let (user, group) = identity::outside();
        chown(&place, Some(user), Some(group))?;
    }
    Ok(())
}

/// Takes a sandbox's folder away at once; its content is deleted in the background.
pub(super) fn remove(folder: &Path, id: &str) -> Result<()> {
    doom(folder, &folder.join(SANDBOXES).join(id), id)
        .with_context(|| format!("cannot remove the disk of {id}"))
}

/// Takes a volume's folder away at once; its content is deleted in the background.
pub(super) fn remove_volume(folder: &Path, id: &str) -> Result<()> {
    doom(folder, &folder.join(VOLUMES).join(id), id)
        .with_context(|| format!("cannot remove the files of {id}"))
}

/// Takes a tree away at once, if it is there; its content is deleted in the background.
pub(super) fn doom(folder: &Path, tree: &Path, name: &str) -> std::io::Result<()> {
    let doomed = folder
        .join(DOOMED)
        .join(format!("{name}-{}", uuid::Uuid::new_v4()));
    match fs::rename(tree, &doomed) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        renamed => renamed?,
    }
    std::thread::spawn(move || tree::delete(&doomed));
    Ok(())
}

/// The ids of all sandboxes that have a folder.
pub(super) fn list(folder: &Path) -> Result<Vec<String>> {
    let mut ids = Vec::new();
    for entry in fs::read_dir(folder.join(SANDBOXES))? {
        ids.extend(entry?.file_name().to_str().map(str::to_owned));
    }
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_keeps_the_layers_that_it_was_made_with() {
        let top = tempfile::tempdir().unwrap();
        prepare(top.path()).unwrap();
        assert_eq!(make(top.path(), "x", &["one".into()]).unwrap(), ["one"]);
        assert_eq!(make(top.path(), "x", &["two".into()]).unwrap(), ["one"]);
        assert_eq!(list(top.path()).unwrap(), ["x"]);
        remove(top.path(), "x").unwrap();
        assert!(list(top.path()).unwrap().is_empty());
        remove(top.path(), "x").unwrap();
    }
}
