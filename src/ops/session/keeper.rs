//! Signs of life for the session's own sandbox, for as long as the session lives.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::ops::{Ctx, lease};

use super::{ClientSession, lock};

/// How often the sandbox is said to be in use: its auto-stop interval must not end it under an agent that
/// thinks, or waits for a person.
const BEAT: Duration = Duration::from_mins(1);
/// How long to wait for a lease before the sandbox is made.
const WAIT_FOR_LEASE: Duration = Duration::from_secs(2);

impl ClientSession {
    /// Starts the signs of life. Of our engine a lease is held before anything is made, so that nothing is
    /// left over even where this process is killed in the next moment.
    pub(super) async fn keep_alive(&self, ctx: &Ctx, engine: bool) {
        if self.choices.keep || lock(&self.keeper).is_some() {
            return;
        }
        let (held, holding) = oneshot::channel();
        let (ctx, session) = (ctx.clone(), self.id.clone());
        let own = Arc::clone(&self.kept_alive);
        let keeper = tokio::spawn(async move {
            let beating = async {
                loop {
                    tokio::time::sleep(BEAT).await;
                    let id = lock(&own).clone();
                    if let Some(id) = id
                        && let Some(client) = ctx.last_client()
                        && let Err(error) = client.touch_sandbox(&id).await
                    {
                        tracing::warn!(sandbox = id, "no sign of life was taken: {error}");
                    }
                }
            };
            let leasing = async {
                if engine {
                    lease::hold(&ctx, &session, held).await;
                }
            };
            tokio::join!(beating, leasing);
        });
        *lock(&self.keeper) = Some(keeper);
        if engine && tokio::time::timeout(WAIT_FOR_LEASE, holding).await.is_err() {
            tracing::warn!("the engine gave no lease; intervals end what is left over");
        }
    }
}
