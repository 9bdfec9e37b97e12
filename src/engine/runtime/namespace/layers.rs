//! The layers of sandboxes' disks: what a sandbox wrote becomes one, many become one, unused ones go.

use std::collections::HashSet;
use std::fs::{self, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::copy_layer::{How, lay, weigh};
use super::disk::{self, LAYERS, SANDBOXES};

/// What was written in a sandbox; other layers are named by where they come from.
const WRITTEN: &str = "written-";
/// Layers that are being made; nothing refers to one.
pub(super) const DRAFT: &str = "draft-";
/// The most layers of a disk before those that sandboxes wrote are merged: each costs every look-up.
const DEEPEST: usize = 32;
/// In a sandbox's folder while its upper becomes a layer: that layer's name.
const JOURNAL: &str = "restack";

/// The layers of a sandbox's disk as it is now, which is then an empty upper over them. The upper of
/// one that runs is copied instead, and must not change meanwhile.
pub(super) fn branch(folder: &Path, id: &str, running: bool) -> Result<Vec<String>> {
    let place = folder.join(SANDBOXES).join(id);
    finish(folder, id)?;
    if !running {
        // A crash while it was archived leaves a stopped sandbox without an upper.
        super::archive::unpack(folder, id)?;
    }
    let mut names = disk::layers(&place)?;
    if fs::read_dir(place.join("upper"))?.next().is_some() {
        let name = format!("{WRITTEN}{}", uuid::Uuid::new_v4());
        if running {
            make(folder, &name, |draft| {
                lay(&place.join("upper"), draft, How::Copy)
            })?;
            names.insert(0, name);
        } else {
            fs::write(place.join(JOURNAL), &name)?;
            fs::rename(place.join("upper"), folder.join(LAYERS).join(&name))?;
            finish(folder, id)?;
            names = disk::layers(&place)?;
        }
    }
    if names.len() > DEEPEST {
        names = merge(folder, names)?;
        if !running {
            disk::set_layers(&place, &names)?;
        }
    }
    Ok(names)
}

/// Goes on where a crash interrupted: the upper is a layer already, or still is the upper.
pub(super) fn finish(folder: &Path, id: &str) -> Result<()> {
    let place = folder.join(SANDBOXES).join(id);
    let journal = place.join(JOURNAL);
    let name = match fs::read_to_string(&journal) {
        Ok(name) => name,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    if name.starts_with(WRITTEN) && folder.join(LAYERS).join(&name).exists() {
        let mut names = disk::layers(&place)?;
        if names.first() != Some(&name) {
            names.insert(0, name);
            disk::set_layers(&place, &names)?;
        }
        disk::part(&place, "upper")?;
    }
    Ok(fs::remove_file(journal)?)
}

/// Merges the layers that sandboxes wrote. Their files get one more name each, and are not copied.
fn merge(folder: &Path, names: Vec<String>) -> Result<Vec<String>> {
    let layers = folder.join(LAYERS);
    let written = names.iter().take_while(|name| name.starts_with(WRITTEN));
    let written = written.count();
    if written < 2 {
        return Ok(names);
    }
    let name = format!("{WRITTEN}{}", uuid::Uuid::new_v4());
    make(folder, &name, |draft| {
        names[..written]
            .iter()
            .rev()
            .try_for_each(|name| lay(&layers.join(name), draft, How::Link))
    })?;
    Ok(std::iter::once(name)
        .chain(names[written..].iter().cloned())
        .collect())
}

/// Makes a layer: it is there whole under its name, or not at all.
fn make(folder: &Path, name: &str, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let layers = folder.join(LAYERS);
    let draft = layers.join(format!("{DRAFT}{}", uuid::Uuid::new_v4()));
    fs::create_dir(&draft).context("cannot make a layer")?;
    fs::set_permissions(&draft, Permissions::from_mode(0o755))?;
    let made = fill(&draft).and_then(|()| Ok(fs::rename(&draft, layers.join(name))?));
    if made.is_err() {
        let _ = crate::engine::tree::delete(&draft);
    }
    made
}

/// The bytes that layers take on disk.
pub(super) fn size(folder: &Path, names: &[String]) -> u64 {
    names
        .iter()
        .map(|name| weigh(&folder.join(LAYERS).join(name)))
        .sum()
}

/// Removes the layers that no sandbox has, but those in `used`, and what was never finished.
pub(super) fn collect(folder: &Path, mut used: HashSet<String>) -> Result<()> {
    for id in disk::list(folder)? {
        let place = folder.join(SANDBOXES).join(&id);
        // A disk that cannot be read may have any layer.
        used.extend(disk::layers(&place).or_else(|error| {
            let missing = error
                .downcast_ref::<std::io::Error>()
                .is_some_and(|error| error.kind() == ErrorKind::NotFound);
            if missing { Ok(Vec::new()) } else { Err(error) }
        })?);
        used.extend(fs::read_to_string(place.join(JOURNAL)));
    }
    for entry in fs::read_dir(folder.join(LAYERS))? {
        let name = entry?.file_name();
        let Some(name) = name.to_str() else { continue };
        if !used.contains(name) {
            tracing::info!(layer = name, "removing a layer that nothing needs");
            disk::doom(folder, &folder.join(LAYERS).join(name), name)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sandbox(folder: &Path, id: &str, layers: &[String]) -> std::path::PathBuf {
        disk::make(folder, id, layers).unwrap();
        folder.join(SANDBOXES).join(id)
    }

    fn prepared() -> tempfile::TempDir {
        let top = tempfile::tempdir().unwrap();
        disk::prepare(top.path()).unwrap();
        fs::create_dir(top.path().join("layers/host-1")).unwrap();
        top
    }

    #[test]
    fn what_a_sandbox_wrote_becomes_a_layer_once() {
        let top = prepared();
        let place = sandbox(top.path(), "a", &["host-1".into()]);
        assert_eq!(branch(top.path(), "a", false).unwrap(), ["host-1"]);
        fs::write(place.join("upper/file"), "x").unwrap();
        let names = branch(top.path(), "a", false).unwrap();
        assert_eq!(names.len(), 2);
        assert!(
            top.path()
                .join("layers")
                .join(&names[0])
                .join("file")
                .exists()
        );
        assert!(!place.join("upper/file").exists());
        assert_eq!(branch(top.path(), "a", false).unwrap(), names);
        fs::write(place.join("upper/more"), "y").unwrap();
        let copied = branch(top.path(), "a", true).unwrap();
        assert_eq!(copied.len(), 3);
        assert!(place.join("upper/more").exists(), "it runs on with its own");
        assert_eq!(disk::layers(&place).unwrap(), names);
    }

    #[test]
    fn a_crash_at_any_step_of_a_restack_loses_nothing() {
        for crash in 0..4 {
            let top = prepared();
            let place = sandbox(top.path(), "a", &["host-1".into()]);
            fs::write(place.join("upper/file"), "x").unwrap();
            let name = format!("{WRITTEN}1");
            let layer = top.path().join("layers").join(&name);
            fs::write(place.join(JOURNAL), &name).unwrap();
            if crash > 0 {
                fs::rename(place.join("upper"), &layer).unwrap();
            }
            if crash > 1 {
                disk::set_layers(&place, &[name, "host-1".into()]).unwrap();
            }
            if crash > 2 {
                disk::part(&place, "upper").unwrap();
            }
            collect(top.path(), HashSet::new()).unwrap();
            finish(top.path(), "a").unwrap();
            assert!(place.join("upper").is_dir() && !place.join(JOURNAL).exists());
            let file = if crash == 0 {
                place.join("upper/file")
            } else {
                layer.join("file")
            };
            assert!(file.exists(), "crash {crash}");
            assert_eq!(
                disk::layers(&place).unwrap().len(),
                1 + usize::from(crash > 0)
            );
        }
    }

    #[test]
    fn a_crash_while_it_was_archived_hides_nothing_from_a_fork() {
        let top = prepared();
        let place = sandbox(top.path(), "a", &["host-1".into()]);
        fs::write(place.join("upper/file"), "x").unwrap();
        super::super::archive::pack(top.path(), "a").unwrap();
        assert!(!place.join("upper").exists());
        let names = branch(top.path(), "a", false).unwrap();
        assert!(
            top.path()
                .join("layers")
                .join(&names[0])
                .join("file")
                .exists()
        );
    }

    #[test]
    fn a_deep_disk_is_merged_and_unused_layers_go() {
        let top = prepared();
        let place = sandbox(top.path(), "a", &["host-1".into()]);
        let mut deepest = 0;
        for step in 0..40 {
            fs::write(place.join(format!("upper/{step}")), "x").unwrap();
            deepest = deepest.max(branch(top.path(), "a", false).unwrap().len());
        }
        assert!(deepest <= DEEPEST, "{deepest}");
        let names = disk::layers(&place).unwrap();
        let found = names
            .iter()
            .filter(|name| top.path().join("layers").join(name).join("0").exists());
        assert_eq!(found.count(), 1);
        fs::create_dir(top.path().join("layers/draft-1")).unwrap();
        collect(top.path(), HashSet::from(["kept".to_owned()])).unwrap();
        let left = fs::read_dir(top.path().join("layers")).unwrap().count();
        assert_eq!(left, names.len());
    }
}
