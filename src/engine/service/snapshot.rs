//! Snapshots: what sandboxes start from, taken from sandboxes or made from images.

use uuid::Uuid;

use crate::api::types::{Said, Sandbox, Snapshot, SnapshotPage, State, check_title};
use crate::engine::clock::stamp;
use crate::engine::runtime::contract::Image;
use crate::engine::store::{SnapshotQuery, SnapshotRow};
use crate::error::{Error, Kind, Result};

use super::events::Event;
use super::pull::said;
use super::{ORGANIZATION, REGION, RESOURCES, SNAPSHOT, Service, for_a_while, layers};

/// The id of the snapshot that is always there.
pub(crate) const HOST_ID: &str = "00000000-0000-4000-8000-000000000002";
const ACTIVE: &str = "active";
const INACTIVE: &str = "inactive";
/// Of one that could not be made.
const FAILED: [&str; 2] = ["error", "build_failed"];

/// What a sandbox is made from, and with which sizes.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) image: Image,
    pub(super) sizes: (u32, u32, u32),
    /// The runtime that has the image's layers; none where it has none.
    pub(super) runtime: Option<String>,
}

impl Source {
    /// Of a snapshot that is not there yet.
    pub(super) fn to_come(name: String) -> Self {
        Self {
            name,
            image: Image::default(),
            sizes: RESOURCES,
            runtime: None,
        }
    }
}

impl Service {
    /// One page of the snapshots that match; the one of this host comes last.
    pub(crate) async fn snapshots(
        &self,
        query: SnapshotQuery,
        page: usize,
        limit: usize,
    ) -> Result<SnapshotPage> {
        let hosts = query.source_sandbox_id.is_none()
            && query
                .name
                .as_ref()
                .is_none_or(|name| SNAPSHOT.contains(&name.to_lowercase()));
        let rows = self.0.store.snapshots(query).await?;
        let mut items = Vec::with_capacity(rows.len() + 1);
        for row in rows {
            items.push(self.shown(row)?);
        }
        if hosts {
            items.push(self.host());
        }
        let total = items.len();
        let first = page.saturating_sub(1).saturating_mul(limit);
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        Ok(SnapshotPage {
            items: items.into_iter().skip(first).take(limit).collect(),
            total: count(total),
            page: count(page),
            total_pages: count(total.div_ceil(limit)),
        })
    }

    /// The snapshot of that id or name.
    pub(crate) async fn snapshot(&self, id_or_name: &str) -> Result<Snapshot> {
        if [HOST_ID, SNAPSHOT].contains(&id_or_name) {
            return Ok(self.host());
        }
        if let Some(row) = self.0.store.snapshot(id_or_name).await? {
            return self.shown(row);
        }
        let sizes = self.sizes_of_theirs(id_or_name);
        let (cpu, memory, disk) = sizes.ok_or_else(|| no_snapshot("name", id_or_name))?;
        Ok(Snapshot {
            name: id_or_name.to_owned(),
            cpu: cpu.into(),
            mem: memory.into(),
            disk: disk.into(),
            ..self.host()
        })
    }

    /// Takes a snapshot of a sandbox; waits a while for it. The sandbox as it is then.
    pub(crate) async fn take_snapshot(&self, id_or_name: &str, name: String) -> Result<Sandbox> {
        let (turn, row) = self.turn(id_or_name).await?;
        self.check_branch(&row, "to be snapshotted")?;
        self.0.store.room().check()?;
        let snapshot = SnapshotRow {
            source_sandbox_id: Some(row.id.clone()),
            cpu: row.cpu,
            memory: row.memory,
            disk: row.disk,
            runtime: row.runtime.clone(),
            ..self.new_snapshot(name, "snapshotting")?
        };
        let (service, id) = (self.clone(), row.id.clone());
        let taken = for_a_while(async move {
            let _turn = turn;
            service.add_snapshot(snapshot.clone()).await?;
            let _kept = service.keep_layers().await;
            let image = async {
                let mut image = service.branch(&row, State::Snapshotting).await?;
                image.bytes = service.layers_of(&row)?.size(&image.layers).await?;
                Ok(image)
            };
            service
                .finish_snapshot(&snapshot.id, image.await, "error")
                .await
        });
        taken.await?;
        self.get(&id).await
    }

    /// Deletes a snapshot. Sandboxes that were made from it keep what they need of it.
    pub(crate) async fn delete_snapshot(&self, id: &str) -> Result<()> {
        if id == HOST_ID {
            let message = "Snapshot host is this machine's own and cannot be deleted";
            return Err(Error::usage(message));
        }
        if Uuid::parse_str(id).is_err() {
            return Err(Error::usage("Validation failed (uuid is expected)"));
        }
        let row = self.0.store.delete_snapshot(id).await?;
        let row = row.ok_or_else(|| no_snapshot("id", id))?;
        self.drop_log(id);
        self.tell(|| Ok(Event::SnapshotRemoved(shown(row)?)));
        self.loosen_layers();
        Ok(())
    }

    /// Lets sandboxes be made from a snapshot that was switched off.
    pub(crate) async fn activate_snapshot(&self, id: &str) -> Result<Snapshot> {
        let row = self.own_snapshot(id).await?;
        if row.state != INACTIVE {
            let message = format!("Snapshot {} is {}, not inactive", row.name, row.state);
            return Err(Error::usage(message));
        }
        self.set_state(&row.id, ACTIVE).await
    }

    /// Lets no sandbox be made from a snapshot until it is activated again.
    pub(crate) async fn deactivate_snapshot(&self, id: &str) -> Result<Snapshot> {
        let row = self.own_snapshot(id).await?;
        match row.state.as_str() {
            ACTIVE => self.set_state(&row.id, INACTIVE).await,
            INACTIVE => self.shown(row),
            state => Err(Error::usage(format!(
                "Snapshot {} is {state}, not active",
                row.name
            ))),
        }
    }

    /// What a new sandbox of that snapshot is made from; none where it has to be pulled first. Layers
    /// must be kept until its disk is made.
    pub(super) async fn source(&self, snapshot: &str) -> Result<Option<Source>> {
        let host = |name: &str, sizes| {
            Some(Source {
                name: name.to_owned(),
                image: Image::default(),
                sizes,
                runtime: None,
            })
        };
        if snapshot.is_empty() || [HOST_ID, SNAPSHOT].contains(&snapshot) {
            return Ok(host(SNAPSHOT, RESOURCES));
        }
        let row = self.0.store.snapshot(snapshot).await?;
        if row.is_none()
            && let Some(sizes) = self.sizes_of_theirs(snapshot)
        {
            return Ok(host(snapshot, sizes));
        }
        match row {
            Some(row) if row.state == "pulling" && self.is_built_in(&row)? => Ok(None),
            Some(row) => self.used(row).await.map(Some),
            None if self.alias(snapshot)?.is_some() => Ok(None),
            None => Err(Error::usage(format!("Snapshot {snapshot} not found"))),
        }
    }

    /// As [`Self::source`], of a short name whose image is pulled now.
    pub(super) async fn pulled(&self, snapshot: &str) -> Result<Source> {
        let row = self.built_in(snapshot).await?;
        self.used(row).await
    }

    fn is_built_in(&self, row: &SnapshotRow) -> Result<bool> {
        Ok(row.image_name.is_some() && self.alias(&row.name)? == row.image_name)
    }

    pub(super) async fn used(&self, row: SnapshotRow) -> Result<Source> {
        if row.state != ACTIVE {
            let why = row.error_reason.map(|why| format!(": {why}"));
            return Err(Error::usage(format!(
                "Snapshot {} is {}{}",
                row.name,
                row.state,
                why.unwrap_or_default()
            )));
        }
        self.0.store.touch_snapshot(&row.id, self.now()).await?;
        let mut image = layers::image(row.image.as_deref())?;
        if let Some(words) = &row.entrypoint {
            image.entrypoint = serde_json::from_str(words).unwrap_or_default();
        }
        Ok(Source {
            runtime: (!image.layers.is_empty()).then_some(row.runtime),
            image,
            sizes: (row.cpu, row.memory, row.disk),
            name: row.name,
        })
    }

    /// A row for a snapshot that is about to be made.
    pub(super) fn new_snapshot(&self, name: String, state: &str) -> Result<SnapshotRow> {
        check_title(&name)?;
        if name.is_empty() {
            return Err(Error::usage("name should not be empty"));
        }
        if name == SNAPSHOT {
            return Err(taken(&name));
        }
        let now = self.now();
        let (cpu, memory, disk) = RESOURCES;
        Ok(SnapshotRow {
            id: Uuid::new_v4().to_string(),
            name,
            state: state.to_owned(),
            error_reason: None,
            image_name: None,
            image: None,
            entrypoint: None,
            cpu,
            memory,
            disk,
            source_sandbox_id: None,
            runtime: self.usual_runtime().name().to_owned(),
            created_at: now,
            updated_at: now,
            last_used_at: None,
            build_info: None,
        })
    }

    pub(super) async fn add_snapshot(&self, row: SnapshotRow) -> Result<()> {
        let (store, name) = (&self.0.store, row.name.clone());
        let mut added = store.insert_snapshot(row.clone()).await?;
        if !added && let Some(holder) = store.snapshot(&name).await? {
            // One that could not be made is of no use to anybody: its name is free.
            if holder.name == name && FAILED.contains(&holder.state.as_str()) {
                self.delete_snapshot(&holder.id).await?;
                added = store.insert_snapshot(row.clone()).await?;
            }
        }
        if !added {
            return Err(taken(&name));
        }
        self.tell(|| Ok(Event::SnapshotCreated(shown(row)?)));
        Ok(())
    }

    /// Writes down what became of a snapshot.
    pub(super) async fn finish_snapshot(
        &self,
        id: &str,
        image: Result<Image>,
        failed: &'static str,
    ) -> Result<()> {
        let now = self.now();
        let (state, why, image) = match &image {
            Ok(made) => (ACTIVE, None, Some(made)),
            Err(error) => (failed, Some(said(error)), None),
        };
        let entrypoint = image
            .filter(|image| !image.entrypoint.is_empty())
            .and_then(|image| serde_json::to_string(&image.entrypoint).ok());
        let text = image.map(layers::text).transpose()?.flatten();
        let store = &self.0.store;
        let set = store.set_snapshot(id, state, why.clone(), text, entrypoint, now);
        match set.await? {
            Some((before, row)) => self.tell_snapshot(before, row),
            // It was deleted meanwhile.
            None => self.loosen_layers(),
        }
        match why {
            None => Ok(()),
            Some(why) => Err(Error::usage(format!("Snapshot could not be made: {why}"))),
        }
    }

    async fn set_state(&self, id: &str, state: &'static str) -> Result<Snapshot> {
        let store = &self.0.store;
        let set = store.set_snapshot(id, state, None, None, None, self.now());
        let (before, row) = set.await?.ok_or_else(|| no_snapshot("id", id))?;
        self.tell_snapshot(before, row.clone());
        self.shown(row)
    }

    fn shown(&self, row: SnapshotRow) -> Result<Snapshot> {
        let progress = self.progress(&row.id);
        Ok(Snapshot {
            said: Said::default(),
            progress,
            ..shown(row)?
        })
    }

    async fn own_snapshot(&self, id: &str) -> Result<SnapshotRow> {
        if id == HOST_ID {
            let message = "Snapshot host is this machine's own and always active";
            return Err(Error::usage(message));
        }
        self.find_snapshot(id).await
    }

    async fn find_snapshot(&self, id_or_name: &str) -> Result<SnapshotRow> {
        let row = self.0.store.snapshot(id_or_name).await?;
        row.ok_or_else(|| no_snapshot("name", id_or_name))
    }

    fn host(&self) -> Snapshot {
        let (cpu, memory, disk) = RESOURCES;
        Snapshot {
            id: HOST_ID.to_owned(),
            general: true,
            name: SNAPSHOT.to_owned(),
            image_name: Some(String::new()),
            state: ACTIVE.to_owned(),
            cpu: cpu.into(),
            mem: memory.into(),
            disk: disk.into(),
            created_at: stamp(self.0.since),
            updated_at: stamp(self.0.since),
            region_ids: vec![REGION.to_owned()],
            sandbox_class: Some("container".to_owned()),
            ..Snapshot::default()
        }
    }
}

pub(super) fn taken(name: &str) -> Error {
    let message = format!("Snapshot with name {name} already exists");
    Error::new(Kind::Conflict, message)
}

fn no_snapshot(by: &str, what: &str) -> Error {
    let message = format!("Snapshot with {by} {what} not found");
    Error::new(Kind::NotFound, message)
}

pub(super) fn shown(row: SnapshotRow) -> Result<Snapshot> {
    let image = row.image.as_deref().map(layers::parse).transpose()?;
    Ok(Snapshot {
        said: Said::default(),
        id: row.id,
        organization_id: Some(ORGANIZATION.to_owned()),
        general: false,
        name: row.name,
        image_name: Some(row.image_name.unwrap_or_default()),
        state: row.state,
        size: image.as_ref().map(gib),
        entrypoint: row
            .entrypoint
            .and_then(|entrypoint| serde_json::from_str(&entrypoint).ok()),
        cpu: row.cpu.into(),
        gpu: 0,
        mem: row.memory.into(),
        disk: row.disk.into(),
        error_reason: row.error_reason,
        created_at: stamp(row.created_at),
        updated_at: stamp(row.updated_at),
        last_used_at: row.last_used_at.map(stamp),
        region_ids: vec![REGION.to_owned()],
        reference: image.and_then(|image| image.digest),
        source_sandbox_id: row.source_sandbox_id,
        sandbox_class: Some("container".to_owned()),
        progress: None,
        build_info: row
            .build_info
            .and_then(|info| serde_json::from_str(&info).ok()),
    })
}

/// The size in GiB, to the MiB.
fn gib(image: &Image) -> f64 {
    let mib = u32::try_from(image.bytes >> 20).unwrap_or(u32::MAX);
    f64::from(mib) / 1024.0
}
