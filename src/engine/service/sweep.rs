//! The timers. None lives in memory: each sweep asks the store what is due.

use std::time::Duration;

use crate::engine::store::Due;
use crate::error::{Kind, Result};

use super::{Service, to_the_end};

impl Service {
    /// Sweeps for ever.
    pub(crate) async fn keep_sweeping(self, every: Duration) {
        let mut ticks = tokio::time::interval(every);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(error) = self.sweep().await {
                tracing::warn!("the timers could not be read: {error}");
            }
        }
    }

    /// Begins what is due now, each in its own task; the tasks' ends can be awaited.
    pub(crate) async fn sweep(&self) -> Result<Vec<tokio::task::JoinHandle<()>>> {
        self.touch_held().await;
        self.settle_unsettled().await;
        self.0.store.sweep_preview_tokens(self.now()).await?;
        self.sweep_trash().await?;
        self.collect_layers().await?;
        let due = self.0.store.due(self.now(), None).await?;
        Ok(due
            .into_iter()
            .map(|(id, _)| {
                let service = self.clone();
                tokio::spawn(async move {
                    match service.act(&id).await {
                        Ok(()) => {}
                        // Somebody is at it, or was; or it is out of reach, which is told elsewhere.
                        Err(error)
                            if matches!(
                                error.kind(),
                                Kind::Conflict | Kind::NotFound | Kind::Unavailable
                            ) => {}
                        Err(error) => tracing::warn!(sandbox = id, "its timer failed: {error}"),
                    }
                })
            })
            .collect())
    }

    async fn act(&self, id: &str) -> Result<()> {
        let (turn, row) = self.turn(id).await?;
        let service = self.clone();
        to_the_end(async move {
            let _turn = turn;
            // Asked again now that nobody else can act: it may have been used or started meanwhile.
            let due = service.0.store.due(service.now(), Some(&row.id)).await?;
            let Some((_, due)) = due.first() else {
                return Ok(());
            };
            // Its deletion comes when its protection ends.
            if *due == Due::Delete && service.protection(&row).is_some() {
                return Ok(());
            }
            tracing::info!(sandbox = row.id, "timer: {due:?}");
            match due {
                Due::Stop => service.halt(row, Duration::from_secs(10)).await.map(drop),
                Due::Pause => service.halt_where_it_is(row).await.map(drop),
                Due::Archive => service.store_away(row).await.map(drop),
                Due::Delete => {
                    let fate = service.fate(&row);
                    service.destroy(row, fate).await.map(drop)
                }
                Due::Settle => service.settle(row, false).await,
            }
        })
        .await
    }
}
