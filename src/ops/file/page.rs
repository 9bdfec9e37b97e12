//! A page of a file in a sandbox: some bytes from an offset on, however long the file is.

use crate::error::{Error, Kind, Result};
use crate::ops::Ctx;
use crate::ops::sandbox::resolve;

/// A part of a file.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it begins.
    pub offset: u64,
    /// The bytes; fewer than asked for at the file's end, and no character is cut in two.
    pub bytes: Vec<u8>,
    /// How long the file is.
    pub size: u64,
}

/// Up to `limit` bytes from `offset` on; a sandbox at rest is started.
pub async fn read(ctx: &Ctx, id: &str, path: &str, offset: u64, limit: u64) -> Result<Page> {
    let sandbox = resolve::running(ctx, id, true).await?;
    let client = ctx.client().await?;
    let toolbox = client.toolbox(&sandbox).await?;
    let info = client.file_info(&toolbox, path).await?;
    if info.is_dir {
        return Err(Error::new(Kind::Conflict, format!("{path} is a folder"))
            .hint("list_files shows what is in it"));
    }
    if offset > 0 && offset >= info.size {
        return Ok(Page {
            offset,
            bytes: Vec::new(),
            size: info.size,
        });
    }
    let (bytes, size) = client
        .read_part(&toolbox, path, Some(offset), limit)
        .await?;
    let mut bytes = bytes.to_vec();
    if offset + (bytes.len() as u64) < size {
        bytes.truncate(whole_characters(&bytes));
    }
    Ok(Page {
        offset,
        bytes,
        size,
    })
}

/// How much of the bytes ends with a whole character; all where the end is no text anyway.
fn whole_characters(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => error.valid_up_to(),
        _ => bytes.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::whole_characters;

    #[test]
    fn no_character_is_cut_in_two() {
        assert_eq!(whole_characters(&"aü".as_bytes()[..2]), 1);
        assert_eq!(whole_characters("aü".as_bytes()), 3);
        assert_eq!(whole_characters(b"a\xFFb"), 3);
    }
}
