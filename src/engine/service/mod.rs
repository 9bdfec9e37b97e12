//! The rules of sandboxes: what may be asked of them, when, and what then happens. No HTTP, no SQL.

mod activity;
mod branch;
mod build_log;
mod create;
mod dockerfile;
mod events;
mod fork;
mod image;
mod keys;
mod layers;
mod lease;
mod name;
mod network;
mod official;
mod pause;
mod preview;
mod preview_address;
mod protection;
mod pull;
mod reconcile;
mod resize;
mod revision;
mod runtimes;
mod secrets;
mod settings;
mod snapshot;
mod sweep;
mod transition;
mod trash;
mod usage;
mod view;
mod volumes;
mod watch;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_account;
#[cfg(test)]
mod tests_of_disks;
#[cfg(test)]
mod tests_of_images;
#[cfg(test)]
mod tests_of_reach;
#[cfg(test)]
mod tests_of_runtimes;
#[cfg(test)]
mod tests_of_time;
#[cfg(test)]
mod tests_of_trash;

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::sync::atomic::{AtomicI64, AtomicU64};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::api::types::{Sandbox, SandboxPage, State};
use crate::engine::clock::Clock;
use crate::engine::store::{Row, Store};
use crate::error::{Error, Kind, Result};

use activity::Seen;
use build_log::BuildLogs;
use events::Hub;
use layers::Layers;

pub(crate) use crate::engine::store::{
    Bound, Bounded, Filter, Interval, SnapshotOrder, SnapshotQuery, Sort,
};
pub(crate) use activity::Held;
pub(crate) use build_log::BuildLog;
pub(crate) use events::{Event, Heard};
pub(crate) use keys::{ACCOUNT, Known, OWNER, masked};
pub(crate) use official::is_region;
pub(crate) use preview::{Door, Opens};
pub(crate) use runtimes::{Guest, Runtimes};
pub(crate) use secrets::{MOST, MOST_IN_SANDBOX, SecretQuery, SecretSort};
pub(crate) use snapshot::HOST_ID;
pub(crate) use transition::Stop;
pub(crate) use trash::Deleting;
pub(crate) use view::ORGANIZATION;

/// The only region of the engine, its id and its name.
pub(crate) const REGION: &str = "local";
/// The snapshot that sandboxes start from: this machine's own programs, read-only.
pub(crate) const SNAPSHOT: &str = "host";
/// The longest auto-archive interval in minutes.
pub(crate) const MAX_ARCHIVE: i64 = 43_200;
/// CPU cores, memory and disk in GiB of a sandbox that asks for none.
pub(crate) const RESOURCES: (u32, u32, u32) = (1, 1, 3);

/// The engine's rules over a store and a runtime. A handle: clones are the same service.
#[derive(Clone)]
pub(crate) struct Service(Arc<Inner>);

struct Inner {
    store: Store,
    runtimes: Runtimes,
    clock: Clock,
    /// The sandboxes that are on their way from one state to another.
    busy: Mutex<HashSet<String>>,
    seen: Mutex<HashMap<String, Seen>>,
    layers: Layers,
    /// Settings of networks are changed one after the other, and counted.
    network_turn: tokio::sync::Mutex<()>,
    network_changes: AtomicU64,
    /// How far the snapshots are that are being made, by id.
    progress: Mutex<HashMap<String, String>>,
    /// What is told of builds.
    build_logs: Mutex<BuildLogs>,
    /// The builds of sandboxes that go on, by id: each can be given up.
    builds: Mutex<HashMap<String, CancellationToken>>,
    /// Whose turn it is to ask a registry, by reference.
    pulls: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
    /// Until when the trash is left alone after something in it could not be removed.
    trash_rests: AtomicI64,
    /// Who is told what changes.
    hub: Hub,
    /// How many connections hold each session of an agent.
    leases: Mutex<HashMap<String, usize>>,
    /// The engine ends: no lease holds it up, and none that ends with it ends a session.
    ending: CancellationToken,
    /// When the engine was first set up.
    since: i64,
    /// This run of the engine.
    epoch: uuid::Uuid,
}

impl Service {
    /// A service that has done nothing yet: see [`Self::reconcile`].
    /// `since` is when the engine was first set up, in milliseconds since 1970.
    pub(crate) fn new(store: Store, runtimes: Runtimes, clock: Clock, since: i64) -> Self {
        Self(Arc::new(Inner {
            store,
            runtimes,
            clock,
            busy: Mutex::default(),
            seen: Mutex::default(),
            layers: Layers::default(),
            network_turn: tokio::sync::Mutex::default(),
            network_changes: AtomicU64::new(0),
            progress: Mutex::default(),
            build_logs: Mutex::default(),
            builds: Mutex::default(),
            pulls: Mutex::default(),
            trash_rests: AtomicI64::new(0),
            hub: Hub::default(),
            leases: Mutex::default(),
            ending: CancellationToken::new(),
            since,
            epoch: uuid::Uuid::new_v4(),
        }))
    }

    /// The sandbox of that id or name.
    pub(crate) async fn get(&self, id_or_name: &str) -> Result<Sandbox> {
        Ok(self.view(self.find(id_or_name).await?))
    }

    /// One page of the sandboxes that match.
    pub(crate) async fn list(&self, filter: Filter) -> Result<SandboxPage> {
        let page = self.0.store.list(filter).await?;
        Ok(SandboxPage {
            items: page.rows.into_iter().map(|row| self.view(row)).collect(),
            next_cursor: page.next,
        })
    }

    /// The guest of a sandbox that runs; otherwise an error that says what to do.
    pub(crate) async fn running(&self, id_or_name: &str) -> Result<Guest> {
        let known = self.network_changes();
        let row = self.find(id_or_name).await?;
        match &row.state {
            State::Started => {
                self.connect(&row, known).await;
                self.guest_of(row)
            }
            state if state.is_failed() => Err(Error::usage(format!(
                "Sandbox {} is in state {state}{}",
                row.name,
                row.error_reason
                    .map(|why| format!(": {why}"))
                    .unwrap_or_default()
            ))),
            state if state.is_transitional() => Err(Error::usage(format!(
                "Sandbox {} is in state {state}: wait until it is started",
                row.name
            ))),
            state => Err(Error::usage(format!(
                "Sandbox {} is in state {state}: start it first",
                row.name
            ))),
        }
    }

    /// The time for replies.
    pub(crate) fn now(&self) -> i64 {
        self.0.clock.now()
    }

    fn view(&self, row: Row) -> Sandbox {
        let report = self
            .runtime_of(&row)
            .map(|runtime| runtime.report(row.handle.as_deref()));
        let unreachable = self.unreachable(&row.id);
        view::sandbox(row, report.ok(), unreachable)
    }

    async fn find(&self, id_or_name: &str) -> Result<Row> {
        self.0
            .store
            .find(id_or_name)
            .await?
            .ok_or_else(|| not_found(id_or_name))
    }

    /// The sandbox, and the right to change its state: nobody else can until the turn is dropped.
    async fn turn(&self, id_or_name: &str) -> Result<(Turn, Row)> {
        let id = self.find(id_or_name).await?.id;
        let turn = self.reserve(&id)?;
        // Read again: it may have moved on before the turn was ours.
        let row = self
            .0
            .store
            .find(&id)
            .await?
            .ok_or_else(|| not_found(id_or_name))?;
        self.expect_reachable(&row).await?;
        Ok((turn, row))
    }

    fn reserve(&self, id: &str) -> Result<Turn> {
        if lock(&self.0.busy).insert(id.to_owned()) {
            Ok(Turn {
                service: self.clone(),
                id: id.to_owned(),
            })
        } else {
            Err(in_progress())
        }
    }
}

/// The right to change one sandbox's state.
struct Turn {
    service: Service,
    id: String,
}

impl Drop for Turn {
    fn drop(&mut self) {
        lock(&self.service.0.busy).remove(&self.id);
    }
}

fn not_found(id_or_name: &str) -> Error {
    Error::new(
        Kind::NotFound,
        format!("Sandbox with ID or name {id_or_name} not found"),
    )
}

fn in_progress() -> Error {
    Error::new(Kind::Conflict, "Sandbox state change in progress")
}

/// What these maps hold stays consistent between any two statements, so a panic elsewhere does no harm.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long a request waits for work that may take long; the API's own limit.
const PATIENCE: Duration = if cfg!(test) {
    Duration::from_millis(300)
} else {
    Duration::from_secs(30)
};

/// As [`to_the_end`], but none where it takes longer than requests wait; it goes on then.
async fn for_a_while<T: Send + 'static>(
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<Option<T>> {
    match tokio::time::timeout(PATIENCE, tokio::spawn(work)).await {
        Ok(Ok(outcome)) => outcome.map(Some),
        Ok(Err(error)) => Err(Error::internal("the operation broke off").because(error)),
        Err(_) => Ok(None),
    }
}

/// Runs to its end even where the client hangs up: half a transition would be worse than either state.
async fn to_the_end<T: Send + 'static>(
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    tokio::spawn(work)
        .await
        .unwrap_or_else(|error| Err(Error::internal("the operation broke off").because(error)))
}

/// What fuzz targets call: a Dockerfile.
#[cfg(fuzzing)]
pub fn fuzz_dockerfile(text: &str) {
    let info = serde_json::json!({ "dockerfileContent": text });
    if let Ok(recipe) = dockerfile::Recipe::of(&info) {
        let _ = recipe.over(crate::engine::runtime::contract::Image::default());
    }
}
