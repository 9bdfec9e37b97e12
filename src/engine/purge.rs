//! The end of an engine's folder: everything that runs on it, and all that is in it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::error::{Context as _, Error, Kind, Result};

use super::runtime::contract::Runtime;
use super::serve::Claim;

/// How often the folder is tried: disks are removed in the background too.
const TRIES: u32 = 50;

/// Ends every sandbox on the folder and removes its disk, whatever the database says; then the folder, by
/// `delete`. How many sandboxes there were.
pub async fn purge(
    claim: Claim,
    runtime: Arc<dyn Runtime>,
    dir: &Path,
    delete: impl Fn(&Path) -> std::io::Result<()> + Send,
) -> Result<usize> {
    let sandboxes = runtime.disks().await?;
    for id in &sandboxes {
        runtime.abandon(id).await?;
        runtime.remove(id).await?;
    }
    drop(runtime);
    let mut why = None;
    for _ in 0..TRIES {
        match delete(dir) {
            Ok(()) => break,
            Err(error) => why = Some(error),
        }
        if !dir.exists() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    drop(claim);
    if !dir.exists() {
        return Ok(sandboxes.len());
    }
    let message = format!("{} could not be removed whole", dir.display());
    match why {
        Some(error) => Err(error).context(Kind::Other, || message),
        None => Err(Error::new(Kind::Other, message)),
    }
}
