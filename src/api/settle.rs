//! Requests about a sandbox that is changing its state: servers refuse them until it has.

use std::time::Duration;

use reqwest::Response;
use tokio::time::{Instant, sleep};

use crate::error::{Kind, Result};

use super::client::Client;
use super::transport::Request;

/// How long a change of state may take that somebody else asked for.
const LONGEST_CHANGE: Duration = Duration::from_secs(90);
const PAUSE: Duration = Duration::from_millis(250);

impl Client {
    /// Sends a request again that was refused with 409 (`Sandbox state change in progress`), once the sandbox has
    /// come to rest. Nothing was done then, so that any request may be repeated. Our engine lets requests wait for
    /// their turn itself.
    pub(super) async fn send_settled(&self, id: &str, request: Request) -> Result<Response> {
        let deadline = Instant::now() + LONGEST_CHANGE;
        loop {
            let error = match self.send(request.clone()).await {
                Err(error) if error.kind() == Kind::Conflict && !self.is_engine() => error,
                outcome => return outcome,
            };
            if !self.comes_to_rest(id, deadline).await {
                return Err(error);
            }
        }
    }

    /// Whether the sandbox was changing its state, and has come to rest now.
    async fn comes_to_rest(&self, id: &str, deadline: Instant) -> bool {
        let mut changing = false;
        while let Ok(sandbox) = self.get_sandbox(id).await {
            if !sandbox.state.is_transitional() {
                return changing;
            }
            if Instant::now() > deadline {
                return false;
            }
            changing = true;
            sleep(PAUSE).await;
        }
        changing
    }
}
