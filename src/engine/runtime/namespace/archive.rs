//! Archives: what a sandbox wrote as one compressed file, and back.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::disk::{self, SANDBOXES};
use crate::engine::archive::{pack as write_layer, unpack as read_layer};
use crate::engine::identity;

/// In a sandbox's folder, in place of its upper.
pub(super) const ARCHIVE: &str = "upper.tar.zst";
/// The fastest level: most of what sandboxes write is small text or compressed already.
const LEVEL: i32 = 1;

/// Compresses the upper of a stopped sandbox; nothing to do where that was done.
pub(super) fn pack(folder: &Path, id: &str) -> Result<()> {
    super::layers::finish(folder, id)?;
    let place = folder.join(SANDBOXES).join(id);
    let upper = place.join("upper");
    if upper.exists() {
        let draft = place.join("archive.draft");
        let packed =
            compress(&upper, &draft).and_then(|()| Ok(fs::rename(&draft, place.join(ARCHIVE))?));
        if packed.is_err() {
            // Where the disk is full, half an archive takes what others need.
            let _ = fs::remove_file(&draft);
        }
        packed?;
        disk::doom(folder, &upper, id)?;
    }
    Ok(())
}

fn compress(upper: &Path, draft: &Path) -> Result<()> {
    let mut output = zstd::Encoder::new(File::create(draft)?, LEVEL)?;
    write_layer(upper, &mut output)
        .map(drop)
        .context("cannot compress its files")?;
    Ok(output.finish()?.sync_all()?)
}

/// Brings an upper back that was compressed.
pub(super) fn unpack(folder: &Path, id: &str) -> Result<()> {
    let place = folder.join(SANDBOXES).join(id);
    let (archive, upper) = (place.join(ARCHIVE), place.join("upper"));
    let file = match File::open(&archive) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        file => file?,
    };
    // With its upper still there, it was being made: that is as good, and newer.
    if !upper.exists() {
        let draft = place.join("upper.draft");
        if draft.exists() {
            crate::engine::tree::delete(&draft)?;
        }
        disk::part(&place, "upper.draft")?;
        let owner = identity::takes_ids().then(identity::outside);
        let expanded = zstd::Decoder::new(file)
            .map_err(anyhow::Error::from)
            .and_then(|content| read_layer(content, &draft, owner))
            .context("cannot expand its files");
        if expanded.is_err() {
            let _ = crate::engine::tree::delete(&draft);
        }
        expanded?;
        fs::rename(&draft, &upper)?;
    }
    Ok(fs::remove_file(archive)?)
}
