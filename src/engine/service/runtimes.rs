//! The runtimes of an engine by name: a sandbox keeps the one that it was made with.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex};

use crate::engine::runtime::contract::{
    Connection, Images, Layers, Liveness, Pauses, Runtime, lacks,
};
use crate::engine::store::Row;
use crate::error::{Error, Kind, Result};

use super::{Service, lock};

/// Runtimes by the name that is stored with each sandbox, and which of them new sandboxes get.
pub(crate) struct Runtimes {
    by_name: BTreeMap<&'static str, Arc<dyn Runtime>>,
    usual: Arc<dyn Runtime>,
    /// Why a sandbox's runtime could not tell of it when it was last asked, by the sandbox's id.
    unreachable: Mutex<HashMap<String, String>>,
    /// The sandboxes that could not be settled after a restart, because they were out of reach.
    unsettled: Mutex<HashSet<String>>,
}

impl Runtimes {
    /// New sandboxes get the first one.
    pub(crate) fn new(usual: Arc<dyn Runtime>, others: Vec<Arc<dyn Runtime>>) -> Self {
        let all = others.into_iter().chain([Arc::clone(&usual)]);
        Self {
            by_name: all.map(|runtime| (runtime.name(), runtime)).collect(),
            usual,
            unreachable: Mutex::default(),
            unsettled: Mutex::default(),
        }
    }
}

/// The guest of a sandbox that runs: how it is reached.
#[derive(Clone)]
pub(crate) struct Guest {
    /// The sandbox's id.
    pub(crate) id: String,
    runtime: Arc<dyn Runtime>,
    handle: String,
}

impl Guest {
    /// A connection to its toolbox API, which speaks HTTP/1.1.
    pub(crate) async fn connect(&self) -> Result<Connection> {
        self.runtime.connect(&self.id, &self.handle).await
    }
}

impl Service {
    /// The runtime that new sandboxes get.
    pub(super) fn usual_runtime(&self) -> &Arc<dyn Runtime> {
        &self.0.runtimes.usual
    }

    /// Every runtime of this engine.
    pub(super) fn all_runtimes(&self) -> impl Iterator<Item = &Arc<dyn Runtime>> {
        self.0.runtimes.by_name.values()
    }

    /// The runtime that a sandbox was made with; unsupported where this engine does not have it.
    pub(super) fn runtime_of(&self, row: &Row) -> Result<&Arc<dyn Runtime>> {
        let runtime = self.0.runtimes.by_name.get(row.runtime.as_str());
        runtime.ok_or_else(|| {
            Error::new(
                Kind::Unsupported,
                format!(
                    "Sandbox {} was made with the runtime {}, which this engine does not run",
                    row.name, row.runtime
                ),
            )
        })
    }

    /// The layers of the runtime that a sandbox was made with.
    pub(super) fn layers_of(&self, row: &Row) -> Result<&dyn Layers> {
        let runtime = self.runtime_of(row)?;
        let layers = runtime.layers();
        layers.ok_or_else(|| lacks(runtime.name(), "keep the disk of a sandbox for others"))
    }

    /// How a sandbox is halted where it is.
    pub(super) fn pauses_of(&self, row: &Row) -> Result<&dyn Pauses> {
        let runtime = self.runtime_of(row)?;
        let pauses = runtime.pauses();
        pauses.ok_or_else(|| lacks(runtime.name(), "halt sandboxes that run"))
    }

    /// Where images are made: in the runtime that new sandboxes get.
    pub(super) fn images(&self) -> Result<&dyn Images> {
        let runtime = self.usual_runtime();
        let images = runtime.images();
        images.ok_or_else(|| lacks(runtime.name(), "make images"))
    }

    /// The reference of the image that a short name stands for, where it stands for one.
    pub(super) fn alias(&self, name: &str) -> Result<Option<String>> {
        let images = self.usual_runtime().images();
        images.map_or(Ok(None), |images| images.resolve_alias(name))
    }

    /// The runtime of that name; the usual one where none is named.
    pub(super) fn chosen_runtime(&self, name: Option<&str>) -> Result<&Arc<dyn Runtime>> {
        let runtimes = &self.0.runtimes;
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            return Ok(&runtimes.usual);
        };
        runtimes.by_name.get(name).ok_or_else(|| {
            let names: Vec<_> = runtimes.by_name.keys().copied().collect();
            Error::usage(format!("there is no runtime {name:?} here"))
                .hint(format!("this engine has: {}", names.join(", ")))
        })
    }

    /// How the guest of a sandbox with a run is reached.
    pub(super) fn guest_of(&self, row: Row) -> Result<Guest> {
        let runtime = Arc::clone(self.runtime_of(&row)?);
        let handle = row
            .handle
            .ok_or_else(|| Error::usage(format!("Sandbox {} is not started", row.name)))?;
        Ok(Guest {
            id: row.id,
            runtime,
            handle,
        })
    }

    /// Whether a sandbox's run goes on; what cannot be told is remembered, for showing it.
    pub(super) async fn inspect(&self, row: &Row) -> Liveness {
        let liveness = match self.runtime_of(row) {
            Ok(runtime) => runtime.inspect(&row.id, row.handle.as_deref()).await,
            Err(error) => Liveness::Unknown(error.text()),
        };
        match &liveness {
            Liveness::Unknown(why) => self.note_unreachable(&row.id, why),
            _ => self.note_reachable(&row.id),
        }
        liveness
    }

    /// Refuses to change a sandbox of which nothing is known now: nothing is written, nothing removed.
    pub(super) async fn expect_reachable(&self, row: &Row) -> Result<()> {
        self.runtime_of(row)?;
        match self.inspect(row).await {
            Liveness::Unknown(why) => Err(Error::new(
                Kind::Unavailable,
                format!(
                    "Sandbox {} is out of reach: {why}; nothing was changed",
                    row.name
                ),
            )),
            _ => Ok(()),
        }
    }

    /// Remembers that a sandbox's runtime cannot tell of it; whether that is news.
    pub(super) fn note_unreachable(&self, id: &str, why: &str) {
        let before = lock(&self.0.runtimes.unreachable).insert(id.to_owned(), why.to_owned());
        if before.is_none() {
            tracing::warn!(sandbox = id, "it is out of reach: {why}");
        }
    }

    /// Forgets that a sandbox was out of reach.
    pub(super) fn note_reachable(&self, id: &str) {
        if lock(&self.0.runtimes.unreachable).remove(id).is_some() {
            tracing::info!(sandbox = id, "it is in reach again");
        }
    }

    /// Why a sandbox is out of reach, where it is.
    pub(super) fn unreachable(&self, id: &str) -> Option<String> {
        lock(&self.0.runtimes.unreachable).get(id).cloned()
    }

    /// Remembers that a sandbox is to be settled once it is in reach.
    pub(super) fn settle_later(&self, id: &str) {
        lock(&self.0.runtimes.unsettled).insert(id.to_owned());
    }

    /// Settles the sandboxes that were out of reach before, as far as they are in reach now.
    pub(super) async fn settle_unsettled(&self) {
        let unsettled: Vec<_> = lock(&self.0.runtimes.unsettled).iter().cloned().collect();
        for id in unsettled {
            let settled = match self.turn(&id).await {
                Ok((_turn, row)) => self.settle(row, false).await,
                Err(error) => Err(error),
            };
            match settled {
                Err(error) if matches!(error.kind(), Kind::Unavailable | Kind::Conflict) => {}
                settled => {
                    lock(&self.0.runtimes.unsettled).remove(&id);
                    if let Err(error) = settled {
                        tracing::warn!(sandbox = id, "it could not be reconciled: {error}");
                    }
                }
            }
        }
    }
}
