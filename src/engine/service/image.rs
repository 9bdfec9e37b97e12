//! Snapshots out of images: pulled from a registry or read from what was sent, each once.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::api::types::{CreateSnapshot, Snapshot};
use crate::engine::runtime::contract::Material;
use crate::engine::store::SnapshotRow;
use crate::error::{Error, Kind, Result};

use super::create::{check_place, check_sizes};
use super::dockerfile::{Recipe, built_from};
use super::events::Event;
use super::pull::said;
use super::snapshot::shown;
use super::{Service, lock, to_the_end};

/// How often a pull of somebody else's is looked at.
const POLL: Duration = Duration::from_millis(50);

impl Service {
    /// Makes a snapshot of an image of a registry; goes on with it when this has returned.
    pub(crate) async fn create_snapshot(&self, request: CreateSnapshot) -> Result<Snapshot> {
        let image = request.image_name.clone().unwrap_or_default();
        let recipe = match &request.build_info {
            Some(_) if !image.is_empty() => {
                return Err(Error::usage(
                    "Cannot specify an image name when using a build info entry",
                ));
            }
            Some(info) => Recipe::of(info)?,
            None if image.is_empty() => {
                return Err(Error::usage(
                    "Must specify either an image name or a build info entry",
                ));
            }
            None => {
                check_image(&image)?;
                Recipe::plain(image)
            }
        };
        let image = recipe.from.clone();
        let build_info = request.build_info.as_ref();
        let build_info = build_info.and_then(|info| built_from(info, self.now()));
        let mut row = SnapshotRow {
            image_name: Some(image.clone()),
            build_info,
            ..self.requested(request)?
        };
        if row.build_info.is_some() {
            "building".clone_into(&mut row.state);
        }
        self.begin(row, Material::Reference(image), recipe, None)
            .await
    }

    /// Makes a snapshot of a file that is deleted afterwards; goes on with it when this has returned.
    pub(crate) async fn import_snapshot(
        &self,
        request: CreateSnapshot,
        file: tempfile::TempPath,
    ) -> Result<Snapshot> {
        let row = self.requested(request)?;
        let path: PathBuf = file.to_path_buf();
        let plain = Recipe::default();
        self.begin(row, Material::File(path), plain, Some(file))
            .await
    }

    /// Adds a snapshot and begins to make it: both, even where the client hangs up in between.
    async fn begin(
        &self,
        row: SnapshotRow,
        from: Material,
        recipe: Recipe,
        file: Option<tempfile::TempPath>,
    ) -> Result<Snapshot> {
        let (service, id) = (self.clone(), row.id.clone());
        to_the_end(async move {
            service.add_snapshot(row.clone()).await?;
            tokio::spawn(async move {
                // What became of it is in its row.
                let _ = service.make(&row, from, recipe).await;
                drop(file);
            });
            Ok(())
        })
        .await?;
        self.snapshot(&id).await
    }

    /// Refuses a snapshot before anything of it is sent.
    pub(crate) async fn check_new_snapshot(&self, request: &CreateSnapshot) -> Result<()> {
        let row = self.requested(request.clone())?;
        if self.0.store.snapshot(&row.name).await?.is_some() {
            return Err(super::snapshot::taken(&row.name));
        }
        Ok(())
    }

    /// The snapshot of an image that a short name stands for, pulled on first use; whoever comes
    /// meanwhile waits for the same pull.
    pub(super) async fn built_in(&self, name: &str) -> Result<SnapshotRow> {
        let image = self.alias(name)?;
        let image = image.ok_or_else(|| Error::internal("a name that stands for nothing"))?;
        let fresh = SnapshotRow {
            image_name: Some(image.clone()),
            ..self.new_snapshot(name.to_owned(), "pulling")?
        };
        if self.0.store.insert_snapshot(fresh.clone()).await? {
            let created = fresh.clone();
            self.tell(|| Ok(Event::SnapshotCreated(shown(created)?)));
            let plain = Recipe::default();
            let made = self.make(&fresh, Material::Reference(image), plain).await;
            if let Err(error) = made {
                // The next one is to try again, not to find the old failure.
                self.delete_snapshot(&fresh.id).await?;
                return Err(error.hint(format!(
                    "without a network: `daytona snapshot create {name} --from ARCHIVE`, of what `docker save` wrote elsewhere"
                )));
            }
        }
        loop {
            match self.0.store.snapshot(name).await? {
                Some(row) if row.state == "pulling" => tokio::time::sleep(POLL).await,
                Some(row) => return Ok(row),
                None => {
                    let message = format!("Snapshot {name} could not be pulled");
                    return Err(Error::new(Kind::Unavailable, message));
                }
            }
        }
    }

    fn requested(&self, request: CreateSnapshot) -> Result<SnapshotRow> {
        check_place(request.region_id.as_deref(), request.gpu)?;
        check_sizes(&**self.usual_runtime(), request.cpu, request.memory)?;
        let usual = self.new_snapshot(request.name, "pulling")?;
        let size = |asked: Option<u32>, usual| asked.filter(|size| *size > 0).unwrap_or(usual);
        Ok(SnapshotRow {
            cpu: size(request.cpu, usual.cpu),
            memory: size(request.memory, usual.memory),
            disk: size(request.disk, usual.disk),
            entrypoint: request
                .entrypoint
                .and_then(|words| serde_json::to_string(&words).ok()),
            ..usual
        })
    }

    /// Makes the image of a snapshot, and says how far it is.
    async fn make(&self, row: &SnapshotRow, from: Material, recipe: Recipe) -> Result<()> {
        let _kept = self.keep_layers().await;
        let log = self.begin_log(&row.id);
        let (service, id, told) = (self.clone(), row.id.clone(), log.clone());
        let progress = move |text: &str| {
            lock(&service.0.progress).insert(id.clone(), text.to_owned());
        };
        let image = match from {
            Material::Reference(reference) => self.fetched_anew(&reference, &log, progress).await,
            Material::File(ref path) => {
                let sent = format!("the image {}", path.display());
                let progress = Arc::new(move |text: String| {
                    told.say(&text);
                    progress(&text);
                });
                let image = self.images()?.build(from, progress).await;
                // Where it was kept meanwhile is nobody's business.
                image.map_err(|error| {
                    let text = error.text().replace(&sent, "the archive that was sent");
                    said_again(&error, text)
                })
            }
        };
        let image = image.map(|image| recipe.over(image));
        lock(&self.0.progress).remove(&row.id);
        match &image {
            Ok(_) => {
                log.end("the snapshot can be used");
                tracing::info!(snapshot = row.name, "it can be used");
            }
            Err(error) => {
                log.end(&said(error));
                tracing::warn!(snapshot = row.name, "it could not be made: {error}");
            }
        }
        let failed = image.as_ref().err();
        let failed = failed.map(|error| said_again(error, error.text()));
        let state = if row.build_info.is_some() {
            "build_failed"
        } else {
            "error"
        };
        let finished = self.finish_snapshot(&row.id, image, state).await;
        failed.map_or(finished, Err)
    }

    /// How far a snapshot that is being made is.
    pub(super) fn progress(&self, id: &str) -> Option<String> {
        lock(&self.0.progress).get(id).cloned()
    }
}

/// An error of the same kind with the same hints, in those words.
fn said_again(error: &Error, text: String) -> Error {
    let hints = error.hints().iter().cloned();
    hints.fold(Error::new(error.kind(), text), Error::hint)
}

/// What the API asks of a reference: a version, and not one that means another image tomorrow.
fn check_image(image: &str) -> Result<()> {
    if image.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(Error::usage("Image name must not contain spaces"));
    }
    let name = image.rsplit('/').next().unwrap_or(image);
    if name.contains('@') {
        return Ok(());
    }
    match name.split_once(':') {
        None => Err(Error::usage(
            "Image name must include a tag (e.g., ubuntu:22.04) or a digest",
        )),
        Some((_, "latest")) => Err(Error::usage(
            "Image tag \"latest\" is not allowed: name a version",
        )),
        Some(_) => Ok(()),
    }
}
