//! A sandbox's disk as it is now, for a fork or a snapshot to start from.

use crate::api::types::State;
use crate::engine::runtime::contract::Image;
use crate::engine::store::{Change, Row};
use crate::error::{Error, Result};

use super::{Service, in_progress, layers};

impl Service {
    /// Refuses a sandbox that has no disk at rest and no processes to halt.
    pub(super) fn check_branch(&self, row: &Row, what: &str) -> Result<()> {
        self.layers_of(row)?;
        match &row.state {
            State::Started => self.pauses_of(row).map(drop),
            State::Stopped | State::Paused => Ok(()),
            state if state.is_transitional() => Err(in_progress()),
            state => Err(Error::usage(format!(
                "Sandbox is in state {state}: it must be started, paused or stopped {what}"
            ))),
        }
    }

    /// Shows `meanwhile` while the disk becomes layers; the sandbox is then what it was before.
    /// The processes of one that runs are halted, for as long as what it wrote takes to copy.
    pub(super) async fn branch(&self, before: &Row, meanwhile: State) -> Result<Image> {
        let (id, state) = (&before.id, &before.state);
        self.step(id, passing(meanwhile, state)).await?;
        let branched = self.branch_now(before).await;
        let after = self.step(id, passing(state.clone(), state)).await?;
        self.watch_if_ended(&after).await;
        let mut image = layers::image(before.image.as_deref())?;
        image.layers = branched?;
        image.digest = None;
        Ok(image)
    }

    async fn branch_now(&self, row: &Row) -> Result<Vec<String>> {
        let disks = self.layers_of(row)?;
        let Some(handle) = row.handle.as_deref() else {
            return disks.commit(&row.id, None).await;
        };
        if row.state == State::Paused {
            return disks.commit(&row.id, Some(handle)).await;
        }
        let pauses = self.pauses_of(row)?;
        pauses.pause(&row.id, handle).await?;
        let branched = disks.commit(&row.id, Some(handle)).await;
        let thawed = pauses.resume(&row.id, handle).await;
        let layers = branched?;
        thawed.map(|()| layers)
    }
}

/// Through a state and back: `desired` says where to, should the engine end on the way.
pub(super) fn passing(state: State, desired: &State) -> Change {
    let mut change = Change::to(state, desired.clone());
    change.same_rest = true;
    change
}
