//! The trash: deleted sandboxes keep their disks for a while, and can be had back.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::api::types::{Sandbox, State, TRASH_DAYS, TrashPage, Trashed, check_name};
use crate::engine::clock::{MINUTE, stamp};
use crate::engine::store::{Row, TrashRow};
use crate::error::{Error, Kind, Result};

use super::{Service, not_found, to_the_end};

/// How long a deleted sandbox is kept, in minutes.
const RETENTION: i64 = TRASH_DAYS * 24 * 60;
/// The most bytes that deleted sandboxes may have written together; beyond it the oldest goes.
const MOST_BYTES: u64 = 20 << 30;
/// With fewer free bytes than this on the disk the oldest goes.
const LOW: u64 = 1 << 30;
/// How many are looked at in one sweep.
const AT_ONCE: usize = 100;
/// How long a request that finds the disk full waits for what the trash gives up.
const EMPTYING: Duration = Duration::from_secs(5);

/// How a sandbox is to be deleted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Deleting<'a> {
    /// Whether nothing of it is kept.
    pub(crate) permanent: bool,
    /// The revision that it must still have.
    pub(crate) seen: Option<&'a str>,
}

/// What becomes of the disk of a sandbox that ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Fate {
    /// It is kept for a while.
    Trash,
    /// It is removed at once.
    Gone,
}

impl Fate {
    /// Where nothing else was said: what was made to be gone by now, or when it ends, or never came to be, is gone.
    fn of(row: &Row, now: i64) -> Self {
        let never_ran = matches!(
            row.state,
            State::Creating
                | State::PullingSnapshot
                | State::PendingBuild
                | State::BuildingSnapshot
                | State::BuildFailed
        );
        let its_time = row.auto_destroy_at.is_some_and(|at| at <= now);
        if never_ran || row.auto_delete == 0 || its_time {
            Self::Gone
        } else {
            Self::Trash
        }
    }
}

impl Service {
    /// One page of the trash, what was deleted last first. Pages are counted from 1.
    pub(crate) async fn trash(&self, page: usize, limit: usize) -> Result<TrashPage> {
        let offset = page.saturating_sub(1).saturating_mul(limit);
        let (rows, total) = self.0.store.trash(offset, limit).await?;
        let count = usize::try_from(total.count).unwrap_or(usize::MAX);
        Ok(TrashPage {
            items: rows.into_iter().map(shown).collect(),
            total: total.count,
            bytes: total.bytes,
            page,
            total_pages: count.div_ceil(limit.max(1)),
        })
    }

    /// One deleted sandbox; of several with that name the one that was deleted last.
    pub(crate) async fn trashed(&self, id_or_name: &str) -> Result<Trashed> {
        let mut found = self.0.store.find_in_trash(id_or_name).await?;
        if found.is_empty() {
            return Err(not_in_trash(id_or_name));
        }
        Ok(shown(found.swap_remove(0)))
    }

    /// Has a deleted sandbox back, under another name where one is given: stopped, or archived as it was.
    pub(crate) async fn restore(&self, id_or_name: &str, name: Option<&str>) -> Result<Sandbox> {
        check_name(name.unwrap_or_default())?;
        let found = self.0.store.find_in_trash(id_or_name).await?;
        let found = found.into_iter().next();
        let TrashRow { sandbox, .. } = found.ok_or_else(|| not_in_trash(id_or_name))?;
        // Nobody may empty it meanwhile.
        let turn = self.reserve(&sandbox.id)?;
        self.runtime_of(&sandbox)?;
        for mounted in &sandbox.volumes {
            self.volume(&mounted.volume_id).await.map_err(|error| {
                let message = format!(
                    "Sandbox {} cannot be restored: a volume that it has at {} was deleted",
                    sandbox.name, mounted.mount_path
                );
                Error::new(Kind::Conflict, message).because(error)
            })?;
        }
        let row = restored(sandbox, name, self.now());
        let service = self.clone();
        to_the_end(async move {
            let _turn = turn;
            if service.0.store.find_in_trash(&row.id).await?.is_empty() {
                return Err(not_in_trash(&row.name));
            }
            if !service.0.store.restore(row.clone()).await? {
                let message = format!("the name {} is taken", row.name);
                return Err(Error::new(Kind::Conflict, message));
            }
            service.tell_added(&row);
            Ok(service.view(row))
        })
        .await
    }

    /// Removes one deleted sandbox for good. A name that several have is refused.
    pub(crate) async fn erase(&self, id_or_name: &str) -> Result<()> {
        let found = self.0.store.find_in_trash(id_or_name).await?;
        let named = found.iter().all(|one| one.sandbox.id != id_or_name);
        if named && found.len() > 1 {
            let message = format!("{} deleted sandboxes are called {id_or_name}", found.len());
            return Err(Error::new(Kind::Conflict, message).hint("say which by its id"));
        }
        match found.into_iter().next() {
            Some(row) => self.erase_row(row.sandbox).await,
            None => Err(not_in_trash(id_or_name)),
        }
    }

    /// Removes every deleted sandbox for good; how many there were. One that cannot be removed stays.
    pub(crate) async fn empty_trash(&self) -> Result<u64> {
        let mut gone = 0;
        for id in self.0.store.trash_ids().await? {
            match self.erase(&id).await {
                Ok(()) => gone += 1,
                // Somebody else was quicker, or has it back.
                Err(error) if matches!(error.kind(), Kind::NotFound | Kind::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(gone)
    }

    /// What becomes of a sandbox of whose files nothing was said.
    pub(super) fn fate(&self, row: &Row) -> Fate {
        Fate::of(row, self.now())
    }

    /// Moves a sandbox whose processes have ended to the trash.
    pub(super) async fn discard(&self, mut row: Row) -> Result<()> {
        row.handle = None;
        let (id, runtime) = (row.id.clone(), self.runtime_of(&row)?.clone());
        if !self.0.store.discard(row, self.now()).await? {
            return Ok(());
        }
        let service = self.clone();
        // A large disk takes a while to be looked through.
        tokio::spawn(async move {
            let Some(layers) = runtime.layers() else {
                return;
            };
            let weighed = match layers.written(&id).await {
                Ok(written) => service.0.store.weigh_in_trash(&id, written.bytes).await,
                Err(error) => Err(error),
            };
            if let Err(error) = weighed {
                tracing::debug!(sandbox = id, "it could not be weighed: {error}");
            }
        });
        Ok(())
    }

    /// Empties the trash as far as age, size and the disk ask for it, the oldest first. What cannot be removed is
    /// passed over, and tried again a minute later.
    pub(super) async fn sweep_trash(&self) -> Result<()> {
        let now = self.now();
        if now < self.0.trash_rests.load(Ordering::Relaxed) {
            return Ok(());
        }
        let oldest = self.0.store.oldest_in_trash(AT_ONCE).await?;
        if oldest.is_empty() {
            return Ok(());
        }
        let (_, total) = self.0.store.trash(0, 0).await?;
        let free = self.0.store.room().free_bytes();
        let mut short = total.bytes > MOST_BYTES || free.is_some_and(|free| free < LOW);
        for row in oldest {
            let aged = row.deleted_at + RETENTION * MINUTE <= now;
            if !aged && !short {
                break;
            }
            let id = row.sandbox.id.clone();
            match self.erase_row(row.sandbox).await {
                // Space comes back a little later: not more than needed is given up at once.
                Ok(()) => {
                    tracing::info!(sandbox = id, "it is gone from the trash");
                    short = false;
                }
                // Somebody is at it, or was.
                Err(error) if matches!(error.kind(), Kind::Conflict | Kind::NotFound) => {}
                Err(error) => {
                    tracing::warn!(sandbox = id, "it stays in the trash: {error}");
                    self.0.trash_rests.store(now + MINUTE, Ordering::Relaxed);
                }
            }
        }
        Ok(())
    }

    /// Refuses what would make a full disk fuller; what is in the trash makes room first.
    pub(super) async fn make_room(&self) -> Result<()> {
        let (room, begun) = (self.0.store.room(), Instant::now());
        let mut emptied = false;
        loop {
            let Err(full) = room.check() else {
                return Ok(());
            };
            for oldest in self.0.store.oldest_in_trash(1).await? {
                emptied |= self.erase_row(oldest.sandbox).await.is_ok();
            }
            // Disks are deleted in the background: space comes back a little later.
            if !emptied || begun.elapsed() > EMPTYING {
                return Err(full);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn erase_row(&self, row: Row) -> Result<()> {
        let turn = self.reserve(&row.id)?;
        let service = self.clone();
        to_the_end(async move {
            let _turn = turn;
            // It may have been had back before the turn was ours.
            if service.0.store.find_in_trash(&row.id).await?.is_empty() {
                return Err(not_in_trash(&row.name));
            }
            service.runtime_of(&row)?.remove(&row.id).await?;
            service.0.store.forget_in_trash(&row.id).await?;
            service.loosen_layers();
            Ok(())
        })
        .await
    }
}

/// A deleted sandbox as it comes back.
fn restored(mut row: Row, name: Option<&str>, now: i64) -> Row {
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        name.clone_into(&mut row.name);
    }
    row.state = match row.state {
        State::Archived | State::Error => row.state,
        _ => State::Stopped,
    };
    row.desired_state = row.state.clone();
    row.error_reason = row.error_reason.filter(|_| row.state == State::Error);
    // A time to live that ended meanwhile would end it at once.
    row.auto_destroy_at = row.auto_destroy_at.filter(|at| *at > now);
    row.recoverable |= row.state == State::Error;
    (row.updated_at, row.state_changed_at, row.last_activity_at) = (now, now, now);
    row
}

fn shown(row: TrashRow) -> Trashed {
    let TrashRow {
        sandbox,
        deleted_at,
        bytes,
    } = row;
    Trashed {
        id: sandbox.id,
        name: sandbox.name,
        state: sandbox.state,
        snapshot: sandbox.snapshot,
        labels: sandbox.labels,
        created_at: stamp(sandbox.created_at),
        deleted_at: stamp(deleted_at),
        expires_at: stamp(deleted_at + RETENTION * MINUTE),
        bytes,
    }
}

fn not_in_trash(id_or_name: &str) -> Error {
    let error = not_found(id_or_name);
    Error::new(Kind::NotFound, format!("{} in the trash", error.text()))
}
