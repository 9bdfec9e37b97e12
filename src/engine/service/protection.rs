//! Protected sandboxes: nothing deletes one, whoever asks, until its protection ends or is lifted.

use jiff::Timestamp;

use crate::api::types::Protection;
use crate::engine::store::Row;
use crate::error::{Error, Kind, Result};

use super::Service;

impl Service {
    /// What keeps a sandbox from being deleted now.
    pub(super) fn protection(&self, row: &Row) -> Option<Protection> {
        let now = Timestamp::from_millisecond(self.now()).unwrap_or(Timestamp::UNIX_EPOCH);
        Protection::of(&row.labels, now)
    }

    /// Refuses to delete a protected sandbox.
    pub(super) fn expect_unprotected(&self, row: &Row) -> Result<()> {
        let Some(protection) = self.protection(row) else {
            return Ok(());
        };
        let message = format!("Sandbox {} is {protection}; nothing was deleted", row.name);
        Err(Error::new(Kind::Conflict, message))
    }
}
