//! Names of sandboxes for which nobody chose one: two words that a person can say and type.

use crate::engine::store::Row;
use crate::error::{Error, Kind, Result};

use super::Service;

/// How often another name is tried where one is taken.
const TRIES: u32 = 8;

/// A name of two words.
pub(super) fn random() -> String {
    petname::petname(2, "-").unwrap_or_else(|| uuid::Uuid::new_v4().to_string())
}

impl Service {
    /// Adds a sandbox. A name that somebody chose must be free; a random one that is taken is replaced.
    pub(super) async fn add_named(&self, row: &mut Row, chosen: bool) -> Result<()> {
        for left in (0..TRIES).rev() {
            if self.add(row.clone()).await? {
                return Ok(());
            }
            if chosen || left == 0 {
                break;
            }
            row.name = if left == 1 { row.id.clone() } else { random() };
        }
        Err(Error::new(
            Kind::Conflict,
            format!("Sandbox with name {} already exists", row.name),
        ))
    }
}
