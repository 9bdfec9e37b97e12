//! What a sandbox is just now, in one short text: whoever wants to remove just that says so with the request,
//! and nothing happens where it has changed meanwhile.

use std::fmt::Write as _;

use ring::digest::{SHA256, digest};

use crate::engine::runtime::contract::Written;
use crate::engine::store::Row;
use crate::error::{Error, Kind, Result};

use super::{Service, lock, not_found};

impl Service {
    /// The revision of a sandbox: of its settings, its state, its files, and the changes asked for inside.
    /// Looks at it, and at time passing, change nothing.
    pub(crate) async fn revision(&self, id_or_name: &str) -> Result<String> {
        let row = self.find(id_or_name).await?;
        self.revision_of(&row).await
    }

    /// Something may be changed in a sandbox by a request that is passed on.
    pub(crate) fn note_change(&self, id: &str) {
        lock(&self.0.seen).entry(id.to_owned()).or_default().changes += 1;
    }

    /// Refuses to go on with a sandbox that is not any more as it was seen, where that was said.
    /// The turn must be the caller's.
    pub(super) async fn expect(&self, row: &Row, seen: Option<&str>) -> Result<()> {
        let Some(seen) = seen else { return Ok(()) };
        if seen == self.revision_of(row).await? {
            return Ok(());
        }
        Err(Error::new(
            Kind::Unconfirmed,
            format!("Sandbox {} has changed since it was looked at", row.name),
        ))
    }

    async fn revision_of(&self, row: &Row) -> Result<String> {
        // Where files cannot be looked at, the requests that may change them are counted all the same.
        let written = match self.runtime_of(row)?.layers() {
            Some(layers) => layers.written(&row.id).await?,
            None => Written::default(),
        };
        // Read after the files, which take longer: settings may have changed meanwhile.
        let row = self.0.store.find(&row.id).await?;
        let row = row.ok_or_else(|| not_found("of that id"))?;
        let changes = lock(&self.0.seen)
            .get(&row.id)
            .map_or(0, |seen| seen.changes);
        let seen = (
            // Changes are counted in memory: after a restart nothing that was seen before holds.
            self.0.epoch.as_u128(),
            (&row.id, &row.name, row.state.to_string()),
            (row.created_at, row.state_changed_at),
            (&row.labels, &row.volumes, row.public, changes, written),
            (row.auto_stop, row.auto_pause, row.auto_archive),
            (row.auto_delete, row.auto_destroy_at),
        );
        let text = serde_json::to_vec(&seen)
            .map_err(|error| Error::internal("cannot tell the revision").because(error))?;
        let mut hex = String::new();
        for byte in &digest(&SHA256, &text).as_ref()[..16] {
            let _ = write!(hex, "{byte:02x}");
        }
        Ok(hex)
    }
}
