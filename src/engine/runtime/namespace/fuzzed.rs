//! What fuzz targets call: readers of what images and programs send to the runtime.

use std::io::Read as _;

pub use super::network::fuzzed::names;
pub use crate::engine::image::fuzzed::{challenge, documents, reference, stream};

/// A tar stream, read to its end.
pub fn tar(data: &[u8]) {
    let mut reader = crate::engine::archive::Reader::new(data);
    let mut content = Vec::new();
    while let Ok(Some(_)) = reader.next() {
        content.clear();
        if (&mut reader)
            .take(1 << 20)
            .read_to_end(&mut content)
            .is_err()
        {
            return;
        }
    }
    let _ = reader.drain();
}

/// A tar stream, unpacked as a layer: nothing may be written outside of the folder.
pub fn layer(data: &[u8], folder: &std::path::Path) {
    let _ = crate::engine::archive::unpack(data, folder, None);
}
