//! Resizing: what may grow, and when.

use crate::api::types::{Resize, Sandbox, State};
use crate::engine::runtime::contract::lacks;
use crate::engine::store::Row;
use crate::error::{Error, Result};

use super::branch::passing;
use super::create::check_sizes;
use super::transition::runtime_failed;
use super::{Service, in_progress, not_found, to_the_end};

impl Service {
    /// Changes the sizes of a started or stopped sandbox. What runs can only be given more.
    pub(crate) async fn resize(&self, id_or_name: &str, request: Resize) -> Result<Sandbox> {
        let (turn, row) = self.turn(id_or_name).await?;
        let sizes = check(&row, &request)?;
        check_sizes(&**self.runtime_of(&row)?, request.cpu, request.memory)?;
        let service = self.clone();
        to_the_end(async move {
            let _turn = turn;
            let (id, state) = (row.id.clone(), row.state.clone());
            if let Some(handle) = &row.handle {
                let runtime = service.runtime_of(&row)?;
                let limits = runtime.resizes().ok_or_else(|| {
                    lacks(runtime.name(), "resize what runs: stop the sandbox first")
                })?;
                let meanwhile = passing(State::Resizing, &state);
                service.step(&id, meanwhile).await?;
                let resized = limits.resize(&id, handle, sizes.0, sizes.1).await;
                let after = service.step(&id, passing(state.clone(), &state)).await?;
                service.watch_if_ended(&after).await;
                resized.map_err(|error| runtime_failed("Sandbox could not be resized", error))?;
            }
            let row = service.0.store.set_sizes(&id, sizes, service.now()).await?;
            Ok(service.view(row.ok_or_else(|| not_found(&id))?))
        })
        .await
    }
}

/// CPU cores, memory and disk in GiB after the change, or why it cannot be.
fn check(row: &Row, request: &Resize) -> Result<(u32, u32, u32)> {
    let started = match &row.state {
        State::Started => true,
        State::Stopped => false,
        state if state.is_transitional() => return Err(in_progress()),
        _ => {
            return Err(Error::usage(
                "Sandbox must be started or stopped to be resized",
            ));
        }
    };
    for (name, asked) in [
        ("cpu", request.cpu),
        ("memory", request.memory),
        ("disk", request.disk),
    ] {
        if asked == Some(0) {
            return Err(Error::usage(format!("{name} must not be less than 1")));
        }
    }
    let now = (row.cpu, row.memory, row.disk);
    let wanted = (
        request.cpu.unwrap_or(now.0),
        request.memory.unwrap_or(now.1),
        request.disk.unwrap_or(now.2),
    );
    if wanted == now {
        return Err(Error::usage("No resource changes specified"));
    }
    if started && (wanted.0 < now.0 || wanted.1 < now.1) {
        return Err(Error::usage(
            "CPU and memory of a started sandbox can only be increased: stop it first",
        ));
    }
    if started && wanted.2 != now.2 {
        return Err(Error::usage(
            "Disk can only be resized while the sandbox is stopped",
        ));
    }
    if wanted.2 < now.2 {
        return Err(Error::usage("Disk can only be increased"));
    }
    Ok(wanted)
}
