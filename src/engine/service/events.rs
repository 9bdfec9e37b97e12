//! What changes, as it changes: told to whoever listens. Nobody waits for a listener.

use tokio::sync::broadcast;

use crate::api::types::{Sandbox, Snapshot, State, Volume};
use crate::engine::store::{Changed, Row, SnapshotRow};
use crate::error::Result;

use super::Service;
use super::snapshot::shown;

/// How many events a listener may be behind; one that is further behind has missed some.
const BEHIND: usize = 256;

/// One change. Sandboxes lack the address of their toolbox, which depends on who is told.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    SandboxCreated(Box<Sandbox>),
    SandboxState { sandbox: Box<Sandbox>, old: State },
    SandboxDesiredState { sandbox: Box<Sandbox>, old: State },
    SnapshotCreated(Snapshot),
    SnapshotState { snapshot: Snapshot, old: String },
    SnapshotRemoved(Snapshot),
    VolumeCreated(Volume),
    VolumeState { volume: Volume, old: String },
}

/// What a listener gets.
pub(crate) type Heard = broadcast::Receiver<Event>;

/// Where listeners are.
pub(super) struct Hub(broadcast::Sender<Event>);

impl Default for Hub {
    fn default() -> Self {
        Self(broadcast::channel(BEHIND).0)
    }
}

impl Service {
    /// Everything that changes from now on.
    pub(crate) fn listen(&self) -> Heard {
        self.0.hub.0.subscribe()
    }

    /// Resolves once the engine is about to end.
    pub(crate) async fn ends(&self) {
        self.0.ending.cancelled().await;
    }

    /// Adds a sandbox; false where its name is taken.
    pub(super) async fn add(&self, row: Row) -> Result<bool> {
        if !self.0.store.insert(row.clone()).await? {
            return Ok(false);
        }
        self.tell_added(&row);
        Ok(true)
    }

    /// Tells that there is a sandbox which was not there before.
    pub(super) fn tell_added(&self, row: &Row) {
        self.tell(|| Ok(Event::SandboxCreated(Box::new(self.view(row.clone())))));
    }

    /// Tells an event that is made only where somebody listens.
    pub(super) fn tell(&self, event: impl FnOnce() -> Result<Event>) {
        let hub = &self.0.hub.0;
        if hub.receiver_count() == 0 {
            return;
        }
        match event() {
            Ok(event) => drop(hub.send(event)),
            Err(error) => tracing::warn!("a change could not be told: {error}"),
        }
    }

    /// Tells a step of the state machine.
    pub(super) fn tell_changed(&self, changed: &Changed) {
        let (state, desired) = &changed.before;
        if *desired != changed.row.desired_state {
            self.tell(|| {
                Ok(Event::SandboxDesiredState {
                    sandbox: Box::new(self.view(changed.row.clone())),
                    old: desired.clone(),
                })
            });
        }
        if *state != changed.row.state {
            self.tell_state(&changed.row, state.clone());
        }
    }

    /// Tells that a sandbox is in another state than it was.
    pub(super) fn tell_state(&self, row: &Row, old: State) {
        self.tell(|| {
            let sandbox = Box::new(self.view(row.clone()));
            Ok(Event::SandboxState { sandbox, old })
        });
    }

    /// Tells that a snapshot is in another state than it was.
    pub(super) fn tell_snapshot(&self, old: String, row: SnapshotRow) {
        if old != row.state {
            self.tell(|| {
                let snapshot = shown(row)?;
                Ok(Event::SnapshotState { snapshot, old })
            });
        }
    }

    /// Tells that a volume is gone, as the API does: by way of `deleting`.
    pub(super) fn tell_volume_gone(&self, volume: &Volume) {
        let mut old = volume.state.clone();
        for state in ["deleting", "deleted"] {
            let volume = Volume {
                state: state.to_owned(),
                ..volume.clone()
            };
            let before = std::mem::replace(&mut old, volume.state.clone());
            self.tell(|| {
                Ok(Event::VolumeState {
                    volume,
                    old: before,
                })
            });
        }
    }
}
