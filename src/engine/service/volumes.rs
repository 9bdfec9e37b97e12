//! Volumes: made, found and deleted, and where sandboxes may show them.

use std::collections::HashSet;

use uuid::Uuid;

use crate::api::types::{Said, SandboxVolume, Volume, check_name};
use crate::engine::clock::stamp;
use crate::engine::runtime::contract::Mount;
use crate::engine::store::{Deletion, Row, VolumeRow};
use crate::error::{Error, Kind, Result};

use super::events::Event;
use super::view::ORGANIZATION;
use super::{Service, to_the_end};

/// Folders that are not a volume's to cover, and what is below them.
const RESERVED: [&str; 9] = [
    "/proc", "/sys", "/dev", "/boot", "/etc", "/bin", "/sbin", "/lib", "/lib64",
];
/// The longest path that is taken: what the system's calls take.
const LONGEST_PATH: usize = 4095;

impl Service {
    /// Makes a volume. Its folder is made when a sandbox first shows it.
    pub(crate) async fn create_volume(&self, name: &str) -> Result<Volume> {
        check_name(name)?;
        let id = Uuid::new_v4().to_string();
        let row = VolumeRow {
            name: if name.is_empty() { &id } else { name }.to_owned(),
            id,
            created_at: self.now(),
            last_used_at: None,
        };
        if !self.0.store.add_volume(row.clone()).await? {
            let message = format!("Volume with name {name} already exists");
            return Err(Error::usage(message));
        }
        let volume = shown(row);
        self.tell(|| Ok(Event::VolumeCreated(volume.clone())));
        Ok(volume)
    }

    /// Every volume, the newest first.
    pub(crate) async fn volumes(&self) -> Result<Vec<Volume>> {
        let rows = self.0.store.volumes().await?;
        Ok(rows.into_iter().map(shown).collect())
    }

    /// The volume of that id.
    pub(crate) async fn volume(&self, id: &str) -> Result<Volume> {
        let row = self.0.store.volume(id).await?.filter(|row| row.id == id);
        row.map(shown).ok_or_else(|| no_volume("ID", id))
    }

    /// The volume of that name.
    pub(crate) async fn volume_by_name(&self, name: &str) -> Result<Volume> {
        // A name that is another volume's id would be hidden behind it.
        let row = self.0.store.volumes().await?.into_iter();
        let row = row.into_iter().find(|row| row.name == name);
        row.map(shown).ok_or_else(|| no_volume("name", name))
    }

    /// Deletes a volume with its files, unless a sandbox has it.
    pub(crate) async fn delete_volume(&self, id: &str) -> Result<()> {
        let (service, id) = (self.clone(), id.to_owned());
        to_the_end(async move {
            let row = service.0.store.volume(&id).await?;
            match service.0.store.condemn_volume(&id).await? {
                Deletion::Missing => return Err(no_volume("ID", &id)),
                Deletion::InUse(names) => {
                    return Err(Error::new(
                        Kind::Conflict,
                        format!(
                            "Volume cannot be deleted because it is in use by one or more sandboxes (e.g. {})",
                            names.join(", ")
                        ),
                    ));
                }
                Deletion::Done => {}
            }
            // From here on no sandbox can start with it, and nobody finds it.
            let erased = service.erase_volume(&id).await;
            if let Some(row) = row {
                service.tell_volume_gone(&shown(row));
            }
            erased
        })
        .await
    }

    /// The volumes of a new sandbox, checked, and by their ids.
    pub(super) async fn resolve_volumes(
        &self,
        asked: Vec<SandboxVolume>,
    ) -> Result<Vec<SandboxVolume>> {
        let (mut places, mut resolved) = (HashSet::new(), Vec::new());
        for volume in asked {
            let path = check_mount_path(&volume.mount_path)?;
            if !places.insert(path.to_owned()) {
                let message = format!("Invalid mount path {path} (it is there twice)");
                return Err(Error::usage(message));
            }
            let subpath = volume.subpath.filter(|subpath| !subpath.is_empty());
            let subpath = subpath.as_deref().map(check_subpath).transpose()?;
            let wanted = &volume.volume_id;
            let row = self.0.store.volume(wanted).await?;
            let row = row.ok_or_else(|| {
                Error::new(Kind::NotFound, format!("Volume '{wanted}' not found"))
            })?;
            resolved.push(SandboxVolume {
                volume_id: row.id,
                mount_path: path.to_owned(),
                subpath: subpath.map(str::to_owned),
            });
        }
        Ok(resolved)
    }

    /// What the runtime shows of volumes in a sandbox that is about to start.
    pub(super) async fn mounts(&self, row: &Row) -> Result<Vec<Mount>> {
        if row.volumes.is_empty() {
            return Ok(Vec::new());
        }
        let ids = row.volumes.iter().map(|volume| volume.volume_id.clone());
        let gone = self.0.store.use_volumes(ids.collect(), self.now()).await?;
        if let Some(id) = gone {
            return Err(no_volume("ID", &id));
        }
        let mut mounts: Vec<Mount> = row
            .volumes
            .iter()
            .cloned()
            .map(|volume| Mount {
                volume: volume.volume_id,
                path: volume.mount_path,
                subpath: volume.subpath,
            })
            .collect();
        // What is below another must come after it.
        mounts.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(mounts)
    }

    /// Finishes the deletions that were cut off. A folder that no row has is left alone: it may be all
    /// that is left of a database that was lost.
    pub(super) async fn finish_volumes(&self) -> Result<()> {
        for id in self.0.store.condemned_volumes().await? {
            self.erase_volume(&id).await?;
        }
        Ok(())
    }

    async fn erase_volume(&self, id: &str) -> Result<()> {
        for volumes in self.all_runtimes().filter_map(|runtime| runtime.volumes()) {
            if let Err(error) = volumes.remove(id).await {
                // It is tried again at the next start.
                tracing::warn!(volume = id, "its files could not be deleted: {error}");
                return Ok(());
            }
        }
        self.0.store.forget_volume(id).await
    }
}

fn shown(row: VolumeRow) -> Volume {
    Volume {
        said: Said::default(),
        id: row.id,
        name: row.name,
        organization_id: ORGANIZATION.to_owned(),
        state: "ready".to_owned(),
        created_at: stamp(row.created_at),
        updated_at: stamp(row.created_at),
        last_used_at: row.last_used_at.map(stamp),
        error_reason: None,
    }
}

fn no_volume(by: &str, what: &str) -> Error {
    let message = format!("Volume with {by} {what} not found");
    Error::new(Kind::NotFound, message)
}

/// Where a volume is to be, without slashes at the end; or why it cannot be there.
fn check_mount_path(path: &str) -> Result<&str> {
    let wrong = |why: &str| {
        Err(Error::usage(format!(
            "Invalid mount path {} ({why})",
            path.escape_debug()
        )))
    };
    if !path.starts_with('/') {
        return wrong("must be absolute");
    }
    if let Some(why) = unclear(path) {
        return wrong(why);
    }
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() {
        return wrong("cannot mount to the root directory");
    }
    let below = |folder: &str| {
        path.strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if RESERVED.into_iter().any(below) {
        return wrong("cannot mount to a system directory");
    }
    Ok(path)
}

/// A folder of a volume; or why it cannot be one.
fn check_subpath(path: &str) -> Result<&str> {
    let why = if path.starts_with('/') {
        Some("must be relative to the volume")
    } else {
        unclear(path)
    };
    match why {
        Some(why) => Err(Error::usage(format!(
            "Invalid subpath {} ({why})",
            path.escape_debug()
        ))),
        None => Ok(path.strip_suffix('/').unwrap_or(path)),
    }
}

fn unclear(path: &str) -> Option<&'static str> {
    if path.len() > LONGEST_PATH || path.split('/').any(|part| part.len() > 255) {
        Some("too long")
    } else if path.chars().any(char::is_control) {
        Some("must not contain control characters")
    } else if path.contains("//") {
        Some("must not contain consecutive slashes")
    } else if path.split('/').any(|part| part == "." || part == "..") {
        Some("must not contain relative components")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{check_mount_path, check_subpath};

    #[test]
    fn mount_paths_are_absolute_and_not_the_systems() {
        assert_eq!(check_mount_path("/data").expect("a path"), "/data");
        assert_eq!(check_mount_path("/a/b c/").expect("a path"), "/a/b c");
        assert_eq!(check_mount_path("/etcetera").expect("a path"), "/etcetera");
        for path in [
            "",
            "relative",
            "/",
            "/etc",
            "/etc/x",
            "/proc/self",
            "/a//b",
            "/a/../etc",
            "/a/.",
            "/..",
            "/a\0b",
            "/lib64/",
            "/dev/shm",
        ] {
            assert!(check_mount_path(path).is_err(), "{path}");
        }
        let error = check_mount_path("relative").expect_err("relative");
        assert_eq!(
            error.text(),
            "Invalid mount path relative (must be absolute)"
        );
    }

    #[test]
    fn subpaths_stay_in_the_volume() {
        assert_eq!(check_subpath("a/b/").expect("a path"), "a/b");
        for path in ["/a", "..", "a/../b", "a//b", "./a", "a\nb"] {
            assert!(check_subpath(path).is_err(), "{path}");
        }
    }
}
