//! After a restart: what the store says is made true again, and what nobody knows of is removed.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use crate::api::types::State;
use crate::engine::runtime::contract::Liveness;
use crate::engine::store::{Change, Row};
use crate::error::{Kind, Result};

use super::Service;
use super::trash::Fate;

impl Service {
    /// Adopts what runs, finishes what was begun, records what ended. Before any request is served.
    pub(crate) async fn reconcile(&self) -> Result<()> {
        let rebooted = self.rebooted().await?;
        let mut known = HashSet::new();
        let mut running = Vec::new();
        for row in self.0.store.all().await? {
            let id = row.id.clone();
            known.insert(id.clone());
            if self.runtime_of(&row).is_err() {
                continue;
            }
            if row.handle.is_some() && self.inspect(&row).await.is_running() {
                running.push(row.clone());
            }
            // One sandbox that cannot be settled must not keep all others from being served.
            if let Err(error) = self.settle(row, rebooted).await {
                tracing::warn!(sandbox = id, "it could not be reconciled: {error}");
            }
        }
        known.extend(self.0.store.trash_ids().await?);
        self.reconnect(running);
        self.end_lost_sessions().await?;
        if self.0.store.is_fresh() {
            // A database that was lost knows nothing: what is on the disk is all that is left.
            for runtime in self.all_runtimes() {
                for id in runtime.disks().await? {
                    tracing::error!(
                        sandbox = id,
                        "the database does not know this sandbox: it was lost or emptied"
                    );
                    if let Err(error) = self.take_up(&**runtime, id.clone()).await {
                        tracing::error!(sandbox = id, "it could not be taken up: {error}");
                    }
                }
            }
            return Ok(());
        }
        // Snapshots that were being made are not made by anybody now.
        self.0.store.break_off_snapshots(self.now()).await?;
        self.loosen_layers();
        for runtime in self.all_runtimes() {
            // What a runtime that is out of reach has stays.
            let disks = match runtime.disks().await {
                Ok(disks) => disks,
                Err(error) if error.kind() == Kind::Unavailable => continue,
                Err(error) => return Err(error),
            };
            for id in disks.into_iter().filter(|id| !known.contains(id)) {
                tracing::info!(sandbox = id, "removing a disk that no sandbox has");
                if let Err(error) = runtime.remove(&id).await {
                    tracing::warn!(sandbox = id, "its disk could not be removed: {error}");
                }
            }
        }
        self.finish_volumes().await
    }

    /// Ends what runs in every sandbox: their files are gone.
    pub(crate) async fn abandon_all(&self) {
        for row in self.0.store.all().await.unwrap_or_default() {
            let Ok(runtime) = self.runtime_of(&row) else {
                continue;
            };
            if let Err(error) = runtime.abandon(&row.id).await {
                tracing::error!(sandbox = row.id, "it could not be ended: {error}");
            }
        }
    }

    /// Brings one row and its processes to agree. Where nothing is known of them, nothing changes; the
    /// sweep comes back to it.
    pub(super) async fn settle(&self, row: Row, rebooted: bool) -> Result<()> {
        let running = match self.inspect(&row).await {
            Liveness::Running => row.handle.clone(),
            Liveness::Ended(_) => None,
            Liveness::Unknown(_) => {
                self.settle_later(&row.id);
                return Ok(());
            }
        };
        if running.is_none() {
            self.tidy_up(&row);
        }
        match (&row.state, running) {
            // A process that was halted for the step that broke off.
            (
                State::Forking
                | State::Snapshotting
                | State::Resizing
                | State::Pausing
                | State::Resuming,
                Some(handle),
            ) => {
                let desired = row.desired_state.clone();
                let paused = desired == State::Paused && row.state != State::Pausing;
                if !paused {
                    self.wake(&row).await?;
                }
                let state = if paused {
                    State::Paused
                } else {
                    State::Started
                };
                self.step(&row.id, Change::to(state.clone(), state)).await?;
                self.watch(&row, handle);
                Ok(())
            }
            (State::Paused, Some(handle)) => {
                self.watch(&row, handle);
                Ok(())
            }
            (State::Forking | State::Snapshotting | State::Resizing | State::Archiving, None) => {
                let mut change = Change::to(State::Stopped, State::Stopped).ended();
                change.same_rest = row.handle.is_none();
                self.step(&row.id, change).await.map(drop)
            }
            (State::PendingBuild | State::BuildingSnapshot, _) => {
                let why = "the engine ended while its image was being pulled";
                let change = Change::to(State::BuildFailed, State::Started);
                let change = change.why(Some(why.to_owned()));
                self.step(&row.id, change.ended()).await.map(drop)
            }
            // Nobody was ever told of one that was being made.
            (State::Creating | State::PullingSnapshot, _) => {
                self.destroy(row, Fate::Gone).await.map(drop)
            }
            (State::Destroying, _) => {
                let fate = self.fate(&row);
                self.destroy(row, fate).await.map(drop)
            }
            (State::Error, _) if row.desired_state == State::Destroyed => {
                let fate = self.fate(&row);
                self.destroy(row, fate).await.map(drop)
            }
            (State::Started | State::Starting | State::Restoring, Some(handle)) => {
                if row.state != State::Started {
                    let mut change = Change::to(State::Started, State::Started);
                    change.active = true;
                    self.step(&row.id, change).await?;
                }
                self.watch(&row, handle);
                Ok(())
            }
            (State::Started | State::Paused, None) => {
                let why = (!rebooted).then(|| "it ended while the engine was away".to_owned());
                let change = Change::to(State::Stopped, State::Stopped).why(why);
                self.step(&row.id, change.ended()).await.map(drop)
            }
            (State::Starting | State::Restoring | State::Pausing | State::Resuming, None) => {
                let change = Change::to(State::Stopped, State::Stopped);
                self.step(&row.id, change.ended()).await.map(drop)
            }
            // The stop was asked for long ago: no grace a second time.
            (State::Stopping, _) => self.halt(row, Duration::ZERO).await.map(drop),
            _ => Ok(()),
        }
    }

    /// Ends what is left of a run that ended while no engine was there: the next run has its own.
    fn tidy_up(&self, row: &Row) {
        let (Some(handle), Ok(runtime)) = (row.handle.clone(), self.runtime_of(row)) else {
            return;
        };
        let (runtime, id) = (Arc::clone(runtime), row.id.clone());
        tokio::spawn(async move { runtime.wait(&id, &handle).await });
    }

    /// Whether the machine was started anew since the engine last ran, as far as it can be known.
    async fn rebooted(&self) -> Result<bool> {
        let Ok(boot) = std::fs::read_to_string("/proc/sys/kernel/random/boot_id") else {
            return Ok(false);
        };
        let boot = boot.trim().to_owned();
        let before = self.0.store.swap_fact("boot", boot.clone()).await?;
        Ok(before.is_some_and(|before| before != boot))
    }
}
