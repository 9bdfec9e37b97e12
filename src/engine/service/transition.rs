//! The state machine. Each step is stored before it is taken, so that a crash anywhere can be finished.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::api::types::{Sandbox, State};
use crate::engine::random;
use crate::engine::runtime::contract::{Liveness, Spec, lacks};
use crate::engine::store::{Change, Row};
use crate::error::{Error, Kind, Result};

use super::branch::passing;
use super::trash::Fate;
use super::{Deleting, Service, Turn, for_a_while, in_progress, layers, not_found, to_the_end};

/// How long processes have to end before they are killed.
const GRACE: Duration = Duration::from_secs(10);

/// How long a build may take to be given up.
const GIVING_UP: Duration = Duration::from_secs(2);

/// A failure of the runtime, as who asked hears of it: what they can mend keeps its kind, all else is ours.
/// Never that the server is unavailable for now: clients ask again then, and it may have been done.
pub(super) fn runtime_failed(what: &'static str, error: Error) -> Error {
    let kind = match error.kind() {
        kind @ (Kind::Usage | Kind::Limit | Kind::Unsupported | Kind::Timeout) => kind,
        _ => Kind::Internal,
    };
    let hints = error.hints().to_vec();
    let failed = Error::new(kind, what).because(error);
    hints.into_iter().fold(failed, Error::hint)
}

/// How to stop a sandbox.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stop<'a> {
    /// Kill its processes instead of asking them.
    pub(crate) force: bool,
    /// Only where it is still there afterwards.
    pub(crate) keep: bool,
    /// Only where it is still as it was seen then: a revision.
    pub(crate) seen: Option<&'a str>,
}

impl Service {
    /// Starts a sandbox and waits until it runs; one that runs is left as it is.
    pub(crate) async fn start(&self, id_or_name: &str) -> Result<Sandbox> {
        let (turn, row) = self.turn(id_or_name).await?;
        let service = self.clone();
        to_the_end(async move {
            let _turn = turn;
            let row = match &row.state {
                State::Started => row,
                State::Stopped | State::Archived => service.restart(row).await?,
                State::Paused => service.resume(row).await?,
                state if state.is_failed() => {
                    return Err(Error::usage("Sandbox is in an errored state"));
                }
                _ => return Err(in_progress()),
            };
            Ok(service.view(row))
        })
        .await
    }

    /// Stops a sandbox; one that is stopped is left as it is, one that is ephemeral is deleted.
    #[cfg(test)]
    pub(crate) async fn stop(&self, id_or_name: &str, force: bool) -> Result<Sandbox> {
        let wanted = Stop {
            force,
            ..Stop::default()
        };
        self.stop_as(id_or_name, wanted).await
    }

    /// As [`Self::stop`], on conditions.
    pub(crate) async fn stop_as(&self, id_or_name: &str, wanted: Stop<'_>) -> Result<Sandbox> {
        let (turn, row) = self.turn(id_or_name).await?;
        self.expect(&row, wanted.seen).await?;
        if wanted.keep && row.auto_delete == 0 && self.protection(&row).is_none() {
            return Err(Error::new(
                Kind::Unconfirmed,
                format!("Sandbox {} is deleted when it stops", row.name),
            ));
        }
        let force = wanted.force;
        let service = self.clone();
        to_the_end(async move {
            let _turn = turn;
            let grace = if force { Duration::ZERO } else { GRACE };
            let row = match &row.state {
                State::Stopped => row,
                // Stopping, though it is nobody's turn: a stop that failed half-way is finished.
                State::Started | State::Stopping => service.halt(row, grace).await?,
                State::Paused => {
                    service.wake(&row).await?;
                    service.halt(row, grace).await?
                }
                state if state.is_transitional() => return Err(in_progress()),
                _ => return Err(Error::usage("Sandbox is not in a stoppable state")),
            };
            Ok(service.view(row))
        })
        .await
    }

    #[cfg(test)]
    pub(crate) async fn delete(&self, id_or_name: &str) -> Result<Sandbox> {
        self.delete_as(id_or_name, Deleting::default()).await
    }

    /// Deletes a sandbox: its name is free when this returns, and its files are in the trash unless all of it is to
    /// be gone.
    pub(crate) async fn delete_as(
        &self,
        id_or_name: &str,
        deletion: Deleting<'_>,
    ) -> Result<Sandbox> {
        let (turn, row) = self.turn_to_delete(id_or_name).await?;
        self.expect_unprotected(&row)?;
        self.expect(&row, deletion.seen).await?;
        let fate = if deletion.permanent {
            Fate::Gone
        } else {
            self.fate(&row)
        };
        let service = self.clone();
        to_the_end(async move {
            let _turn = turn;
            let row = service.destroy(row, fate).await?;
            Ok(Sandbox {
                trashed: (fate == Fate::Trash).then_some(true),
                ..service.view(row)
            })
        })
        .await
    }

    /// As [`Self::turn`]: what is being built is given up first.
    async fn turn_to_delete(&self, id_or_name: &str) -> Result<(Turn, Row)> {
        let begun = Instant::now();
        loop {
            match self.turn(id_or_name).await {
                Err(error) if error.kind() == Kind::Conflict && begun.elapsed() < GIVING_UP => {
                    let id = self.find(id_or_name).await?.id;
                    if !self.give_up_build(&id) {
                        return Err(error);
                    }
                    sleep(Duration::from_millis(5)).await;
                }
                turn => return turn,
            }
        }
    }

    /// Archives a stopped sandbox; waits a while for its files to be compressed.
    pub(crate) async fn archive(&self, id_or_name: &str) -> Result<Sandbox> {
        let (turn, row) = self.turn(id_or_name).await?;
        if row.state != State::Stopped {
            return Err(Error::usage("Sandbox is not stopped"));
        }
        if row.auto_delete == 0 {
            return Err(Error::usage("Ephemeral sandboxes cannot be archived"));
        }
        let (service, id) = (self.clone(), row.id.clone());
        let archived = for_a_while(async move {
            let _turn = turn;
            service.store_away(row).await
        });
        match archived.await? {
            Some(row) => Ok(self.view(row)),
            None => self.get(&id).await,
        }
    }

    /// Compresses what a stopped sandbox wrote.
    pub(super) async fn store_away(&self, row: Row) -> Result<Row> {
        let runtime = self.runtime_of(&row)?;
        let archives = runtime
            .archives()
            .ok_or_else(|| lacks(runtime.name(), "archive sandboxes"))?;
        let mut change = passing(State::Archiving, &State::Archived);
        self.step(&row.id, change).await?;
        let packed = archives.archive(&row.id).await;
        change = match &packed {
            Ok(()) => passing(State::Archived, &State::Archived),
            Err(_) => passing(State::Stopped, &State::Stopped),
        };
        let row = self.step(&row.id, change).await?;
        packed.map_err(|error| Error::internal("Sandbox could not be archived").because(error))?;
        Ok(row)
    }

    /// Brings a sandbox that failed to start back to `stopped`, and starts it again unless told not to.
    pub(crate) async fn recover(&self, id_or_name: &str, skip_start: bool) -> Result<Sandbox> {
        let (turn, row) = self.turn(id_or_name).await?;
        if row.state != State::Error || !row.recoverable {
            return Err(Error::usage("Sandbox is not in a recoverable state"));
        }
        let service = self.clone();
        to_the_end(async move {
            let _turn = turn;
            let change = Change::to(State::Stopped, State::Stopped);
            let mut row = service.step(&row.id, change).await?;
            if !skip_start {
                row = service.restart(row).await?;
            }
            Ok(service.view(row))
        })
        .await
    }

    async fn restart(&self, row: Row) -> Result<Row> {
        let state = match row.state {
            State::Archived => State::Restoring,
            _ => State::Starting,
        };
        let mut change = Change::to(state, State::Started);
        change.auth_token = Some(random::hex(16)?);
        let row = self.step(&row.id, change).await?;
        self.boot(row, true).await
    }

    /// Runs a sandbox whose row says that it is about to. Its handle is stored before it may do anything.
    pub(super) async fn boot(&self, row: Row, recoverable: bool) -> Result<Row> {
        match self.run(&row).await {
            Ok((row, handle)) => {
                self.watch(&row, handle);
                Ok(row)
            }
            Err(error) => {
                let mut change = Change::to(State::Error, State::Started).why(Some(error.text()));
                change.recoverable = recoverable;
                self.step(&row.id, change.ended()).await?;
                let failure = runtime_failed("Sandbox failed to start", error);
                // It exists, as with every Daytona: whoever made it must hear of it.
                let name = &row.name;
                Err(failure.hint(format!(
                    "it is kept in state error: `daytona delete {name}`"
                )))
            }
        }
    }

    async fn run(&self, row: &Row) -> Result<(Row, String)> {
        let runtime = self.runtime_of(row)?;
        let mut spec = spec(row)?;
        spec.env = self.environment(row).await?;
        spec.mounts = self.mounts(row).await?;
        let handle = runtime.create(&spec).await?;
        let ready = async {
            self.0.store.set_handle(&row.id, &handle).await?;
            runtime.start(&row.id, &handle).await?;
            let mut change = Change::to(State::Started, State::Started);
            change.active = true;
            self.step(&row.id, change).await
        };
        match ready.await {
            Ok(row) => Ok((row, handle)),
            Err(error) => {
                if let Err(more) = runtime.stop(&row.id, &handle, Duration::ZERO).await {
                    tracing::warn!(sandbox = row.id, "it failed to start, and to stop: {more}");
                }
                Err(error)
            }
        }
    }

    /// Stops what runs, whatever the row says now. An ephemeral sandbox is deleted.
    pub(super) async fn halt(&self, row: Row, grace: Duration) -> Result<Row> {
        if row.auto_delete == 0 && self.protection(&row).is_none() {
            return self.destroy_after(row, grace, Fate::Gone).await;
        }
        let row = self
            .step(&row.id, Change::to(State::Stopping, State::Stopped))
            .await?;
        if let Some(handle) = &row.handle
            && let Err(error) = self.runtime_of(&row)?.stop(&row.id, handle, grace).await
        {
            if !matches!(self.inspect(&row).await, Liveness::Ended(_)) {
                // It runs on as far as is known, and says so; who asked hears why.
                self.step(&row.id, Change::to(State::Started, State::Started))
                    .await?;
                self.watch(&row, handle.clone());
                return Err(Error::internal("Sandbox could not be stopped").because(error));
            }
            tracing::warn!(sandbox = row.id, "it stopped, but not cleanly: {error}");
        }
        let change = Change::to(State::Stopped, State::Stopped);
        self.step(&row.id, change.ended()).await
    }

    /// Ends a sandbox.
    pub(super) async fn destroy(&self, row: Row, fate: Fate) -> Result<Row> {
        self.destroy_after(row, Duration::ZERO, fate).await
    }

    async fn destroy_after(&self, row: Row, grace: Duration, fate: Fate) -> Result<Row> {
        let change = Change::to(State::Destroying, State::Destroyed);
        let before = row;
        let mut row = self.step(&before.id, change).await?;
        if let Err(error) = self.end_for_good(&row, grace, fate).await {
            // It must be possible to see and to delete it again: only its handle knows what still runs.
            let error = Error::internal("Sandbox could not be deleted").because(error);
            let change = Change::to(State::Error, State::Destroyed).why(Some(error.text()));
            self.step(&row.id, change).await?;
            return Err(error);
        }
        match fate {
            Fate::Gone => self.0.store.delete(&row.id).await?,
            Fate::Trash => self.discard(before).await?,
        }
        self.forget(&row.id);
        self.drop_log(&row.id);
        self.loosen_layers();
        row.state = State::Destroyed;
        row.handle = None;
        self.tell_state(&row, State::Destroying);
        Ok(row)
    }

    async fn end_for_good(&self, row: &Row, grace: Duration, fate: Fate) -> Result<()> {
        let runtime = self.runtime_of(row)?;
        if let Some(handle) = &row.handle {
            // What is halted does not end, not even when killed.
            if let Some(pauses) = runtime.pauses() {
                let _ = pauses.resume(&row.id, handle).await;
            }
            runtime.stop(&row.id, handle, grace).await?;
        }
        match fate {
            Fate::Gone => runtime.remove(&row.id).await,
            Fate::Trash => Ok(()),
        }
    }

    pub(super) async fn step(&self, id: &str, change: Change) -> Result<Row> {
        let changed = self.0.store.change(id, change, self.now()).await?;
        let changed = changed.ok_or_else(|| not_found(id))?;
        self.tell_changed(&changed);
        Ok(changed.row)
    }
}

fn spec(row: &Row) -> Result<Spec> {
    Ok(Spec {
        id: row.id.clone(),
        hostname: hostname(row),
        image: layers::image(row.image.as_deref())?,
        env: row.env.clone(),
        cpu: row.cpu,
        memory: row.memory,
        disk: row.disk,
        mounts: Vec::new(),
    })
}

/// The name as far as it can be a host name, or else the id.
fn hostname(row: &Row) -> String {
    let mut host = String::new();
    for character in row.name.chars().take(63) {
        match character {
            'a'..='z' | '0'..='9' => host.push(character),
            'A'..='Z' => host.push(character.to_ascii_lowercase()),
            _ if host.ends_with('-') => {}
            _ => host.push('-'),
        }
    }
    let host = host.trim_matches('-');
    if host.is_empty() { &row.id } else { host }.to_owned()
}
