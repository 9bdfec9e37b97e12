//! A file as gzip, made while it arrives.

use std::io::Write as _;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::{Stream, StreamExt as _};

use crate::error::{Context as _, Kind, Result};

/// The compressed bytes; nothing where they are more than `most`.
pub(super) async fn gzip(
    chunks: impl Stream<Item = Result<Bytes>>,
    most: u64,
) -> Result<Option<Vec<u8>>> {
    let mut chunks = std::pin::pin!(chunks);
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let broken = || "cannot compress the file".to_owned();
    while let Some(chunk) = chunks.next().await {
        encoder.write_all(&chunk?).context(Kind::Internal, broken)?;
        if encoder.get_ref().len() as u64 > most {
            return Ok(None);
        }
    }
    encoder.finish().context(Kind::Internal, broken).map(Some)
}
