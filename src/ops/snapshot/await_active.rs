//! A bounded wait for a snapshot to become usable.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::api::Client;
use crate::api::types::Snapshot;
use crate::error::{Error, Kind, Result};
use crate::ops::Ctx;

const SHORTEST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(1);

/// Asks until the snapshot is active. One that failed or was switched off ends the wait.
pub async fn await_active(
    ctx: &Ctx,
    client: &Client,
    id: &str,
    timeout: Duration,
) -> Result<Snapshot> {
    let deadline = Instant::now() + timeout;
    let mut pause = SHORTEST;
    loop {
        let snapshot = client.get_snapshot(id).await?;
        let name = &snapshot.name;
        match snapshot.state.as_str() {
            "active" => return Ok(snapshot),
            "error" | "build_failed" => {
                let why = snapshot.error_reason.as_deref();
                let why = why.unwrap_or("the server gives no reason");
                let message = format!("snapshot `{name}` could not be made: {why}");
                return Err(Error::new(Kind::Other, message)
                    .hint(format!("delete it: `daytona snapshot delete {name}`")));
            }
            state @ ("inactive" | "removing") => {
                let message = format!("snapshot `{name}` is {state}, and will not become active");
                return Err(Error::new(Kind::Conflict, message));
            }
            state => {
                let how = snapshot.progress.as_deref().unwrap_or(state);
                ctx.tell(&format!("making `{name}`: {how}"));
            }
        }
        let now = Instant::now();
        if now >= deadline {
            let message = format!(
                "snapshot `{name}` is still {} after {} s",
                snapshot.state,
                timeout.as_secs()
            );
            return Err(Error::new(Kind::Timeout, message)
                .hint(format!("see how far it is: `daytona snapshot info {name}`")));
        }
        sleep(pause.min(deadline - now)).await;
        pause = (pause * 3 / 2).min(LONGEST);
    }
}
