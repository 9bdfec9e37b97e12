//! A page of any file in a sandbox: bytes from an offset on, however long the file is.

use crate::error::Result;
use crate::ops::Ctx;
use crate::ops::inside::Inside;

use crate::document::clip;

/// A part of a file.
#[derive(Clone, Debug)]
pub struct Page {
    /// The bytes; of text, no character is cut in two at the end.
    pub bytes: Vec<u8>,
    /// How long the file is.
    pub size: u64,
    /// Whether they are text.
    pub text: bool,
    /// Where the next page begins; none at the end of the file.
    pub next: Option<u64>,
}

/// Up to `limit` bytes from `offset` on; a sandbox at rest is started.
pub async fn read(ctx: &Ctx, id: &str, path: &str, offset: u64, limit: u64) -> Result<Page> {
    let inside = Inside::of(ctx, id).await?;
    let size = inside.file(path).await?.size;
    if offset > 0 && offset >= size {
        return Ok(Page {
            bytes: Vec::new(),
            size,
            text: true,
            next: None,
        });
    }
    let part = inside.part(path, offset, limit).await?;
    let mut bytes = part.bytes;
    let text = !clip::is_binary(&bytes);
    if text {
        bytes.truncate(clip::whole(&bytes, true, !part.more).end);
    }
    Ok(Page {
        next: part.more.then_some(offset + bytes.len() as u64),
        bytes,
        text,
        size: part.total.unwrap_or(size),
    })
}
