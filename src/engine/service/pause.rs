//! Pauses: the processes are halted where they are, and go on later; memory is kept.

use crate::api::types::{Sandbox, State};
use crate::engine::store::{Change, Row};
use crate::error::{Error, Kind, Result};

use super::{Service, in_progress, to_the_end};

impl Service {
    /// Pauses a running sandbox; one that is paused is left as it is.
    pub(crate) async fn pause(&self, id_or_name: &str) -> Result<Sandbox> {
        let (turn, row) = self.turn(id_or_name).await?;
        let service = self.clone();
        to_the_end(async move {
            let _turn = turn;
            let row = match &row.state {
                State::Paused => row,
                State::Started => service.halt_where_it_is(row).await?,
                state if state.is_transitional() => return Err(in_progress()),
                _ => return Err(Error::usage("Sandbox is not started")),
            };
            Ok(service.view(row))
        })
        .await
    }

    pub(super) async fn halt_where_it_is(&self, row: Row) -> Result<Row> {
        let handle = running(&row)?;
        let pauses = self.pauses_of(&row)?;
        self.step(&row.id, Change::to(State::Pausing, State::Paused))
            .await?;
        match pauses.pause(&row.id, handle).await {
            Ok(()) => {
                let change = Change::to(State::Paused, State::Paused);
                let row = self.step(&row.id, change).await?;
                self.watch_if_ended(&row).await;
                Ok(row)
            }
            Err(error) => {
                let change = Change::to(State::Started, State::Started);
                let row = self.step(&row.id, change).await?;
                self.watch_if_ended(&row).await;
                tracing::warn!(sandbox = row.id, "it could not be paused: {error}");
                Err(Error::new(Kind::Unsupported, "Sandbox could not be paused").because(error))
            }
        }
    }

    /// Lets a paused sandbox go on.
    pub(super) async fn resume(&self, row: Row) -> Result<Row> {
        self.step(&row.id, Change::to(State::Resuming, State::Started))
            .await?;
        if let Err(error) = self.wake(&row).await {
            let change = Change::to(State::Paused, State::Paused);
            let row = self.step(&row.id, change).await?;
            self.watch_if_ended(&row).await;
            return Err(error);
        }
        let mut change = Change::to(State::Started, State::Started);
        change.active = true;
        let row = self.step(&row.id, change).await?;
        self.watch_if_ended(&row).await;
        Ok(row)
    }

    /// Lets processes that may be halted go on: only then do they hear that they are to end.
    pub(super) async fn wake(&self, row: &Row) -> Result<()> {
        self.pauses_of(row)?.resume(&row.id, running(row)?).await
    }
}

fn running(row: &Row) -> Result<&str> {
    row.handle
        .as_deref()
        .ok_or_else(|| Error::usage("Sandbox is not started"))
}
