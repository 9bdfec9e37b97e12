//! What all sandboxes use together.

use crate::error::Result;

use super::Store;

/// Sums over the store.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Totals {
    /// Cores of sandboxes that run or are about to.
    pub(crate) cpu: i64,
    /// GiB of memory of sandboxes that run or are about to.
    pub(crate) memory: i64,
    /// GiB of disk of all.
    pub(crate) disk: i64,
    pub(crate) volumes: i64,
    pub(crate) snapshots: i64,
}

impl Store {
    /// What is in use now.
    pub(crate) async fn totals(&self) -> Result<Totals> {
        self.call(|connection| {
            connection.query_row(
                "SELECT coalesce(sum(cpu) FILTER (WHERE handle IS NOT NULL), 0),
                        coalesce(sum(memory) FILTER (WHERE handle IS NOT NULL), 0),
                        coalesce(sum(disk), 0),
                        (SELECT count(*) FROM volumes WHERE NOT deleting),
                        (SELECT count(*) FROM snapshots)
                 FROM sandboxes",
                [],
                |row| {
                    Ok(Totals {
                        cpu: row.get(0)?,
                        memory: row.get(1)?,
                        disk: row.get(2)?,
                        volumes: row.get(3)?,
                        snapshots: row.get(4)?,
                    })
                },
            )
        })
        .await
    }
}
