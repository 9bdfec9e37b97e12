//! A bounded wait for a snapshot to become usable.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::api::Client;
use crate::api::types::{Snapshot, State};
use crate::error::{Command, Error, Kind, Result};
use crate::ops::Ctx;
use crate::ops::outage::Outage;

const SHORTEST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// How long a snapshot may be unknown that is made of a sandbox which is no longer seen to make one.
const UNKNOWN: Duration = Duration::from_secs(15);

/// Asks until the snapshot is active. One that failed or was switched off ends the wait. Servers may not know one
/// yet that is being made `of` a sandbox.
pub async fn await_active(
    ctx: &Ctx,
    client: &Client,
    id: &str,
    of: Option<&str>,
    timeout: Duration,
) -> Result<Snapshot> {
    let deadline = Instant::now() + timeout;
    let mut pause = SHORTEST_PAUSE;
    let mut outage = Outage::of(client);
    let mut resting = None;
    loop {
        let state = match client.get_snapshot(id).await {
            Ok(snapshot) if snapshot.state == "active" => return Ok(snapshot),
            Ok(snapshot) => {
                outage.over();
                goes_on(ctx, &snapshot)?;
                snapshot.state
            }
            Err(error) if outage.may_pass(&error) => "not to be asked about".to_owned(),
            Err(error) => {
                let (Kind::NotFound, Some(sandbox)) = (error.kind(), of) else {
                    return Err(error);
                };
                outage.over();
                if is_made(client, sandbox).await? {
                    resting = None;
                } else if resting.get_or_insert_with(Instant::now).elapsed() > UNKNOWN {
                    return Err(error.hint("the server accepted it and then lost it: try again"));
                }
                ctx.tell(&format!("making `{id}`"));
                "not there".to_owned()
            }
        };
        let now = Instant::now();
        if now >= deadline {
            let message = format!(
                "snapshot `{id}` is still {state} after {} s",
                timeout.as_secs()
            );
            return Err(Error::new(Kind::Timeout, message)
                .hint(Command::new("snapshot info").on(id).to("see how far it is")));
        }
        sleep(pause.min(deadline - now)).await;
        pause = (pause * 3 / 2).min(LONGEST_PAUSE);
    }
}

/// Whether a sandbox is still seen to make a snapshot; why not, where that failed.
async fn is_made(client: &Client, sandbox: &str) -> Result<bool> {
    let sandbox = client.get_sandbox(sandbox).await?;
    if sandbox.state.is_failed() {
        let why = sandbox.error_reason.as_deref();
        let why = why.unwrap_or("the server gives no reason");
        let message = format!("no snapshot of `{}` could be made: {why}", sandbox.name);
        return Err(Error::new(Kind::Other, message));
    }
    Ok(sandbox.state == State::Snapshotting)
}

/// Whether a snapshot that is not active may still become so.
fn goes_on(ctx: &Ctx, snapshot: &Snapshot) -> Result<()> {
    let name = &snapshot.name;
    match snapshot.state.as_str() {
        "error" | "build_failed" => {
            let why = snapshot.error_reason.as_deref();
            let why = why.unwrap_or("the server gives no reason");
            let message = format!("snapshot `{name}` could not be made: {why}");
            Err(Error::new(Kind::Other, message)
                .hint(Command::new("snapshot delete").on(name).to("delete it")))
        }
        state @ ("inactive" | "removing") => {
            let message = format!("snapshot `{name}` is {state}, and will not become active");
            Err(Error::new(Kind::Conflict, message))
        }
        state => {
            let how = snapshot.progress.as_deref().unwrap_or(state);
            ctx.tell(&format!("making `{name}`: {how}"));
            Ok(())
        }
    }
}
