//! A lease of our engine: what is labelled with it is deleted once nobody holds it any more.

use std::time::Duration;

use tokio::sync::oneshot;

use super::Ctx;

/// How long until a lost lease is asked for again.
const AGAIN: Duration = Duration::from_millis(500);

/// Holds the lease for as long as this is polled, again wherever it is lost, and tells when it is held at first.
pub(crate) async fn hold(ctx: &Ctx, lease: &str, held: oneshot::Sender<()>) {
    let mut held = Some(held);
    loop {
        if let Some(client) = ctx.last_client() {
            let told = held.take();
            let said = move || {
                if let Some(held) = told {
                    let _ = held.send(());
                }
            };
            let _ = client.hold_session(lease, said).await;
        }
        tokio::time::sleep(AGAIN).await;
    }
}
